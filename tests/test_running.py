"""What docs/running.md and the Containerfile tell to run is what this repository has and runs."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from store.__main__ import main

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def plain(command: str) -> str:
    """A command without its Python's folder, its variable, and what only a container asks for."""
    command = command.replace("$(PY)", "python").replace(".venv/bin/python", "python")
    return " ".join(command.replace("--no-cache-dir ", "").split())


def test_the_container_installs_by_the_line_that_the_makefile_installs_by() -> None:
    (made,) = re.findall(r"\n\t@(\$\(PY\) -m pip install .* -r requirements\.txt)\n", MAKEFILE)
    (contained,) = re.findall(r"&& (\.venv/bin/python -m pip install .*)", CONTAINER)
    assert plain(contained) == plain(made)
    # So its pins are those of requirements.txt, each by ==, and no others.
    assert "COPY requirements.txt ." in CONTAINER
    assert len(re.findall(r"pip install", CONTAINER)) == 1


def test_the_container_starts_what_make_run_starts_and_is_nobody_of_rights() -> None:
    (made,) = re.findall(r"\n\t(\$\(PY\) -m ui .*)", MAKEFILE)
    (words,) = re.findall(r"(?m)^CMD \[(.*)\]$", CONTAINER)
    started = plain(words.replace('"', "").replace(",", ""))
    made = made.replace("$(PORT)", "8501").replace("$(ADDRESS)", "0.0.0.0")
    assert started == plain(made)
    before, _, after = CONTAINER.partition("\nUSER ledger\n")
    assert "RUN" in before and "RUN" not in after


def test_the_container_is_made_of_the_oldest_python_that_is_promised() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (promised,) = re.findall(r'requires-python = ">=([\d.]+)"', project)
    assert f"FROM docker.io/library/python:{promised}-slim\n" in CONTAINER


def test_what_the_container_copies_is_there_and_no_secret_is_among_it() -> None:
    for source in re.findall(r"(?m)^COPY (\S+) ", CONTAINER):
        assert (ROOT / source).exists()
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ".*" in ignored and ignored.index(".*") < ignored.index(".streamlit/secrets.toml")
    assert "data/*.db*" in ignored


def test_health_is_asked_where_make_run_says_it_is() -> None:
    assert "/_stcore/health" in MAKEFILE
    assert "http://127.0.0.1:8501/_stcore/health" in CONTAINER
    assert "http://127.0.0.1:8501/_stcore/health" in GUIDE


def test_the_image_is_built_in_the_format_that_keeps_the_health_check() -> None:
    assert "\nHEALTHCHECK " in CONTAINER
    built = re.findall(r"(?m)^ +(podman build .*)$", GUIDE)
    assert built and all("--format docker" in line for line in built)


def test_the_unit_starts_the_dashboard_as_a_user_without_rights() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(re.findall(r"```ini\n(.*?)```", GUIDE, re.DOTALL)[0])
    service = unit["Service"]
    start = service["ExecStart"].replace(service["WorkingDirectory"] + "/", "")
    (made,) = re.findall(r"\n\t(\$\(PY\) -m ui .*)", MAKEFILE)
    made = made.replace("$(PORT)", "8501").replace(" --server.address $(ADDRESS)", "")
    assert plain(start) == plain(made)
    assert service["User"] == "ledger" and service["ProtectSystem"] == "strict"
    assert f"/var/lib/{service['StateDirectory']}/" in service["Environment"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "crossing-ledger.service"
    text = re.findall(r"```ini\n(.*?)```", GUIDE, re.DOTALL)[0]
    # The program is looked for, and is not installed here.
    text = text.replace(
        "/srv/crossing-ledger/.venv/bin/python", shutil.which("true") or "/bin/true"
    )
    unit.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if unit.name in line] == []


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python -m store ([\w-]+)", GUIDE))))
def test_each_command_of_the_guide_is_one(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as told:
        main([command, "--help"])
    assert told.value.code == 0
    options = re.findall(rf"python -m store {command} ([^`\n]*)", GUIDE)
    named = {word for line in options for word in re.findall(r"--[\w-]+", line)}
    help_text = capsys.readouterr().out
    assert [option for option in named if option not in help_text] == []
