"""A server of its own on a free port, a browser that may ask nobody but it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
START = 180  # seconds that a cold server may take until it answers


@dataclass
class Visit:
    """A page of the browser, and every host that it asked besides the server's own."""

    page: Page
    address: str
    strangers: list[str] = field(default_factory=list)
    view: str = ""

    def open(self, path: str = "") -> None:
        """Go to an address of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}")
        self.idle()

    def idle(self) -> None:
        """Wait until the script has run."""
        app = self.page.locator("[data-testid=stApp]")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a story once more that failed: on a busy machine a click may come before a page listens.

    A fault of the page fails both times; pytest's closing line tells how many were tried again.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def server(free_port: int, own_ledger: str, tmp_path: Path) -> Iterator[str]:
    """The dashboard over an empty ledger of its own; gives its address, and stops it by its id."""
    log = (tmp_path / "server.log").open("w")
    command = [sys.executable, "-m", "ui", "--server.port", str(free_port)]
    environment = {**os.environ, "DATABASE_URL": own_ledger, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{free_port}"
    try:
        wait_until_up(process, address, tmp_path / "server.log")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def wait_until_up(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Wait until the server answers; fails with its log where it does not."""
    until = time.monotonic() + START
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the dashboard did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Browser]:
    """The browser found on this machine (see `tests/conftest.py`)."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """A fresh session at 1280 pixels; a request to any other host is stopped and noted."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    visit = Visit(context.new_page(), server)

    def check(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.scheme in {"data", "blob"} or url.hostname == "127.0.0.1":
            route.continue_()
        else:
            visit.strangers.append(route.request.url)
            route.abort()

    context.route("**/*", check)
    yield visit
    context.close()
