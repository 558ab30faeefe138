"""What the Containerfile copies is enough: from a copy that is not written to the page starts."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import port_to_use

ROOT = Path(__file__).parents[1]
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
START = 120  # seconds


def lines(name: str) -> list[str]:
    """The rules of a file of ignored names, without their slashes at the ends."""
    told = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line.strip("/") for line in told if line and not line.startswith("#")]


RULES = lines(".dockerignore")


def left_out(path: str) -> bool:
    """Whether the container is made without this file or folder: the last rule decides."""
    out = False
    for rule in RULES:
        name = rule.removeprefix("!")
        if fnmatch(path, name) or fnmatch(f"/{path}", f"*/{name.removeprefix('**/')}"):
            out = not rule.startswith("!")
        elif rule.startswith("!") and name.startswith(f"{path}/"):
            out = False  # the folder of a file that is taken in again
    return out


def of_the_context(folder: str, names: list[str]) -> set[str]:
    inside = Path(folder).relative_to(ROOT)
    return {name for name in names if left_out((inside / name).as_posix())}


@pytest.fixture
def image() -> Iterator[Path]:
    """A folder as `COPY . .` makes it, where nobody may write, in one that anybody may enter."""
    outer = Path(tempfile.mkdtemp(prefix="ledger-image-", dir="/tmp"))
    outer.chmod(0o755)
    app = outer / "app"
    shutil.copytree(ROOT, app, ignore=of_the_context)
    for path in [app, *app.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    (outer / "data").mkdir()
    yield outer
    for path in [app, *app.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(outer)


def as_nobody(data: Path) -> dict[str, Any]:
    """How a process of root is started as nobody, to whom the data are given.

    Nothing, where this is not root already, or where its Python lies behind a folder that only
    root may enter: there it is only seen that nothing was written outside of the data.
    """
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    try:
        subprocess.run(
            [sys.executable, "-c", "import streamlit"],
            cwd=data,
            check=True,
            capture_output=True,
            **options,
        )
    except (PermissionError, subprocess.CalledProcessError):
        return {}
    os.chown(data, nobody.pw_uid, nobody.pw_gid)
    return options


def content(folder: Path) -> dict[Path, int]:
    """Each file and folder below this one, and when it was last changed."""
    return {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}


def test_what_version_control_leaves_out_the_container_leaves_out_too() -> None:
    # A ledger, or what was worked out of one, must not be given away with an image.
    ignored = lines(".gitignore")
    assert ignored
    assert [name for name in ignored if not left_out(name.replace("*", "ledger"))] == []


def test_the_container_leaves_out_no_more_than_it_says(image: Path) -> None:
    app = image / "app"
    assert (app / ".streamlit" / "config.toml").is_file()
    assert {path.name for path in app.iterdir() if path.name.startswith(".")} == {".streamlit"}
    for needed in ("app.py", "requirements.txt", "store/migrations/env.py", "data/samples"):
        assert (app / needed).exists()
    assert not (app / "tests").exists() and not (app / "bench").exists()


def test_it_starts_from_what_is_copied_and_writes_nothing_but_its_data(image: Path) -> None:
    (words,) = re.findall(r"(?m)^CMD \[(.*)\]$", CONTAINER)
    command = [word.strip(' "') for word in words.split(",")]
    assert command[0] == ".venv/bin/python"
    (url,) = re.findall(r"(?m)^ENV DATABASE_URL=(\S+)$", CONTAINER)
    (check,) = re.findall(r'HEALTHCHECK .* CMD \[".venv/bin/python", "-c", "(.*)"\]', CONTAINER)
    port = port_to_use()
    command = [sys.executable, *command[1:]]
    command[command.index("8501")] = str(port)
    command[command.index("0.0.0.0")] = "127.0.0.1"
    options = as_nobody(image / "data")
    before = content(image / "app")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(image / "data"),
        "DATABASE_URL": url.replace("////data/", f"///{image}/data/"),
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",  # which it would not miss: there it may not write
    }
    with (image / "log").open("w") as out:
        server = subprocess.Popen(
            command, cwd=image / "app", env=environment, stdout=out, stderr=out, **options
        )
    try:
        until = time.monotonic() + START
        while server.poll() is None and time.monotonic() < until:
            try:
                exec(check.replace("8501", str(port)))
                break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail(f"it did not start:\n{(image / 'log').read_text()[-2000:]}")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            assert answer.status == 200
        # A first page opens the store: from this the ledger is made where it may be written.
        opened = "from store.ledger import Store; print(Store().version())"
        subprocess.run(
            [sys.executable, "-c", opened],
            cwd=image / "app",
            env=environment,
            check=True,
            capture_output=True,
            timeout=START,
            **options,
        )
        assert (image / "data" / "ledger.db").is_file()
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert content(image / "app") == before
