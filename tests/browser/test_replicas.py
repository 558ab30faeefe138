"""Two dashboards on one PostgreSQL database behind the guide's proxy, and one of them dies."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from store.ledger import Store
from tests.browser import proxies
from tests.browser.conftest import ROOT, wait_until_up
from tests.browser.identity_provider import CLIENT, provider
from tests.conftest import port_to_use
from tests.postgres import Server
from tests.store.claims_made import record, report

LONG = 120_000  # milliseconds: two servers, two pages and a language model on a busy machine
OLD = "On Wednesday 361 foreigners crossed at Rafah."
NEW = "On Thursday, November 2, 2023, some 344 foreigners left Gaza for Egypt, an official said."
THIRD = "On Friday, November 3, 2023, some 95 foreigners left Gaza for Egypt, an official said."
SECRETS = """
[auth]
redirect_uri = "{address}oauth2callback"
cookie_secret = "a text that only these two servers know, and long"
client_id = "{client}"
client_secret = "x"
server_metadata_url = "{provider}/.well-known/openid-configuration"
[roles]
editors = ["ana@example.org"]
"""


@dataclass
class Replicas:
    """The servers by their ports, and the address of the proxy before them."""

    servers: dict[int, subprocess.Popen[bytes]]
    address: str
    store: Store

    def sessions(self) -> dict[int, int]:
        """How many pages each server has open."""
        told = {}
        for port in self.servers:
            url = f"http://127.0.0.1:{port}/ledger/_stcore/metrics?families=active_sessions"
            with urllib.request.urlopen(url, timeout=30) as answer:
                (count,) = re.findall(r"(?m)^active_sessions (\d+)", answer.read().decode())
            told[port] = int(count)
        return told

    def wait_for_reports(self, count: int) -> None:
        """Wait until the database holds so many."""
        until = time.monotonic() + 120
        while len(self.store.reports()) < count and time.monotonic() < until:
            time.sleep(0.05)
        assert len(self.store.reports()) == count


@pytest.fixture(params=proxies.KINDS)
def replicas(
    request: pytest.FixtureRequest, postgres: Server, tmp_path: Path
) -> Iterator[Replicas]:
    """Two servers where Ana signs in, behind a proxy, over a ledger of one report."""
    proxies.program(request.param)
    url = postgres.new_database()
    store = Store(url)
    store.add(report(OLD, title="The first"), [record(OLD, "361")], extractor="1")
    ports = [port_to_use(), port_to_use()]
    proxy = proxies.start(request.param, tmp_path, ports)
    environment = {**os.environ, "DATABASE_URL": url, "OMP_NUM_THREADS": "1"}
    servers: dict[int, subprocess.Popen[bytes]] = {}
    with provider() as identities:
        identities.person = {"email": "ana@example.org", "email_verified": True, "name": "Ana"}
        told = SECRETS.format(address=proxy.address, client=CLIENT, provider=identities.address)
        secrets = tmp_path / "secrets.toml"
        secrets.write_text(told)
        try:
            for port in ports:
                command = [sys.executable, "-m", "ui", "--server.port", str(port)]
                command += ["--server.baseUrlPath", "ledger", "--secrets.files", str(secrets)]
                with (tmp_path / f"{port}.log").open("w") as out:
                    servers[port] = subprocess.Popen(
                        command, cwd=ROOT, env=environment, stdout=out, stderr=out
                    )
            for port, server in servers.items():
                log = tmp_path / f"{port}.log"
                wait_until_up(server, f"http://127.0.0.1:{port}/ledger", log)
            yield Replicas(servers, proxy.address, store)
        finally:
            for process in (proxy.process, *servers.values()):
                process.terminate()
                process.wait(timeout=30)
            store.close()


def signed_in(browser: Browser, replicas: Replicas) -> tuple[Page, int]:
    """A page that has signed in, and the port of the server that it is on."""
    before = replicas.sessions()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, ignore_https_errors=True)
    page = context.new_page()
    page.goto(replicas.address)
    page.get_by_role("button", name="Sign in").click(timeout=LONG)
    expect(page.get_by_text("Editor:")).to_be_visible(timeout=LONG)
    # The login is never sent where it could be overheard.
    safe = {cookie["name"]: cookie["secure"] for cookie in context.cookies()}
    assert safe["_streamlit_user"] and safe["_streamlit_xsrf"]
    after = replicas.sessions()
    (port,) = [port for port in after if after[port] > before[port]]
    return page, port


def bring(page: Page, folder: Path, name: str, text: str) -> None:
    """Upload a report on the Reports page."""
    news = folder / name
    news.write_text(text, encoding="utf-8")
    page.get_by_role("link", name="Reports").click()
    expect(page.get_by_text("In the ledger")).to_be_visible(timeout=LONG)
    page.locator("[data-testid=stFileUploader] input[type=file]").first.set_input_files(news)


@pytest.mark.browser
def test_a_page_stays_with_its_server_hears_of_the_other_and_goes_on_where_its_own_dies(
    browser: Browser,
    replicas: Replicas,
    tmp_path: Path,
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    # How long each took is noted and not judged: a busy machine's seconds are no fault of ours.
    # Each page is by chance on one of the two; sixteen are not all on the same.
    pages: dict[int, Page] = {}
    for _ in range(16):
        page, port = signed_in(browser, replicas)
        if port in pages:
            page.context.close()
        pages.setdefault(port, page)
        if len(pages) == 2:
            break
    (own, looking), (_, bringing) = pages.items()
    expect(looking.get_by_text("Totals over 1 report,")).to_be_visible(timeout=LONG)

    # The upload reaches the server of its page, and the other server's page shows it.
    bring(bringing, tmp_path, "The second.txt", NEW)
    replicas.wait_for_reports(2)
    kept = time.monotonic()
    expect(looking.get_by_text("Totals over 2 reports,")).to_be_visible(timeout=LONG)
    record_testsuite_property("seen after", f"{time.monotonic() - kept:.1f} s")

    # Signed in once: drawing the page anew asks for nothing, and it stays where it was.
    before = replicas.sessions()
    looking.reload()
    expect(looking.get_by_text("Editor:")).to_be_visible(timeout=LONG)
    until = time.monotonic() + 30  # a server may notice a moment later that a page has left
    while replicas.sessions() != before and time.monotonic() < until:
        time.sleep(0.2)
    assert replicas.sessions() == before

    replicas.servers[own].send_signal(signal.SIGKILL)
    replicas.servers.pop(own).wait(timeout=30)
    died = time.monotonic()
    looking.reload()
    expect(looking.get_by_text("Totals over 2 reports,")).to_be_visible(timeout=LONG)
    expect(looking.get_by_text("Editor:")).to_be_visible()
    record_testsuite_property("went on after", f"{time.monotonic() - died:.1f} s")
    bring(looking, tmp_path, "The third.txt", THIRD)
    replicas.wait_for_reports(3)
    for page in pages.values():
        page.context.close()
