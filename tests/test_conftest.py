"""A missing browser skips a test and says why; with CI=true it fails instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import conftest

pytest_plugins = ["pytester"]

BROWSER_TEST = """
from tests.conftest import browser_path

def test_page(browser_path):
    assert browser_path
"""


@pytest.fixture
def bare(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A test that wants a browser, on a machine that has none."""
    monkeypatch.setenv("BROWSER_PATH", "no/such/browser")
    pytester.makepyfile(BROWSER_TEST)
    return pytester


def test_without_a_browser_the_test_is_skipped_with_the_reason(
    bare: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = bare.runpytest("-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*no Chromium or Chrome*"])


def test_without_a_browser_ci_fails(bare: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    bare.runpytest().assert_outcomes(errors=1)


def test_a_browser_is_found_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "chrome"
    named.touch()
    monkeypatch.setenv("BROWSER_PATH", str(named))
    assert conftest.find_browser() == str(named)
    monkeypatch.delenv("BROWSER_PATH")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(conftest, "MAC_CHROME", "no/such/browser")
    assert conftest.find_browser() is None
    (tmp_path / "google-chrome").touch(mode=0o755)
    assert conftest.find_browser() == str(tmp_path / "google-chrome")


def test_each_test_has_a_ledger_of_its_own(own_ledger: str) -> None:
    assert own_ledger.startswith("sqlite:///")
    assert "data/ledger.db" not in own_ledger
