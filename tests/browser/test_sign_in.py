"""People sign in by OpenID Connect: an editor reviews under their own name, a reader looks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from extraction.reports import Report
from store.access import Access
from store.ledger import Store
from tests.browser.conftest import ROOT, wait_until_up
from tests.browser.identity_provider import CLIENT, Provider, provider
from tests.ui.conftest import DAY, RECORDS, TEXT

SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "a text that only this test knows, and long"
client_id = "{client}"
client_secret = "x"
server_metadata_url = "{provider}/.well-known/openid-configuration"
[roles]
editors = ["ana@example.org"]
"""


@pytest.fixture
def identities() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture
def address(free_port: int, own_ledger: str, tmp_path: Path, identities: Provider) -> Iterator[str]:
    """The dashboard over a ledger of one report, where visitors sign in; stopped by its id."""
    report = Report("rafah", TEXT, "A day at Rafah", DAY, "Wire desk")
    Store(own_ledger, Access()).add(report, RECORDS, extractor="by hand")
    address = f"http://127.0.0.1:{free_port}"
    secrets = tmp_path / "secrets.toml"
    told = SECRETS.format(address=address, client=CLIENT, provider=identities.address)
    secrets.write_text(told)
    command = [sys.executable, "-m", "ui", "--server.port", str(free_port)]
    command += ["--secrets.files", str(secrets)]
    log = (tmp_path / "server.log").open("w")
    environment = {**os.environ, "DATABASE_URL": own_ledger, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_until_up(process, address, tmp_path / "server.log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=15)
        log.close()


def sign_in(browser: Browser, address: str) -> Page:
    """A fresh session that has signed in as whoever the provider says, on the Review page."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{address}/doubts")
    page.get_by_role("button", name="Sign in").click(timeout=60_000)
    page.wait_for_url(f"{address}/**", timeout=30_000)
    expect(page.get_by_text("Reader:").or_(page.get_by_text("Editor:"))).to_be_visible(
        timeout=60_000
    )
    page.get_by_role("link", name="Review").click()
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_visible(timeout=30_000)
    return page


def test_an_editor_signs_what_they_do_and_a_reader_does_nothing(
    browser: Browser, address: str, identities: Provider, own_ledger: str
) -> None:
    store = Store(own_ledger, Access())
    identities.person = {"email": "bo@example.org", "email_verified": True, "name": "Bo"}
    page = sign_in(browser, address)
    expect(page.get_by_text("Reviewing is for editors")).to_be_visible(timeout=30_000)
    assert page.get_by_role("button", name="Accept").count() == 0
    page.keyboard.press("a")
    page.context.close()
    assert set(store.records()["review"]) == {"unreviewed"}

    identities.person = {"email": "ana@example.org", "email_verified": True, "name": "Ana"}
    page = sign_in(browser, address)
    page.get_by_role("button", name="Accept").click(timeout=30_000)
    expect(page.get_by_test_id("stToast").filter(has_text="Accepted")).to_be_visible()
    page.context.close()
    reviewed = store.records().query("review == 'accepted'")
    assert list(reviewed["reviewer"]) == ["Ana <ana@example.org>"]
