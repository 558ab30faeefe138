"""The documents say what is there: targets, files, links and the example that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    ROOT / "tests" / "gold" / "README.md",
    ROOT / "data" / "samples" / "README.md",
]
TARGETS = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_document_names_only_files_and_targets_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []
    named = re.findall(r"(?:`|^    )make ([a-z-]+)", text, flags=re.MULTILINE)
    assert [target for target in named if target not in TARGETS] == []


def test_make_help_lists_every_target_that_a_user_needs() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"(?m)^([a-z-]+):.*## ", text))
    assert {"help", "install", "run", "test", "score", "bench", "lint"} <= listed


def test_the_readme_has_one_place_for_the_measured_accuracy() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("<!-- accuracy:begin -->") == text.count("<!-- accuracy:end -->") == 1


def test_the_worked_example_is_in_the_first_sample() -> None:
    sample = (ROOT / "data" / "samples" / "01-rafah-first-day.json").read_text(encoding="utf-8")
    method = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    quoted = re.search(r"(?m)^> (.+)$", method)
    assert quoted is not None
    pieces = [piece.strip() for piece in quoted[1].split("[…]") if piece.strip()]
    assert len(pieces) > 2
    assert [piece for piece in pieces if piece not in sample] == []
