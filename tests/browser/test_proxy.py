"""The proxies of docs/running.md bring all through: page, websocket, upload, map outlines."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from store.ledger import Store
from tests.browser import proxies
from tests.browser.conftest import ROOT, wait_until_up
from tests.conftest import port_to_use
from tests.store.claims_made import record, report

LONG = 120_000  # milliseconds, on a machine that is busy
TEXT = "On Wednesday 361 foreigners crossed at Rafah, where 88 were expected."


@pytest.fixture(params=proxies.KINDS)
def proxied(
    request: pytest.FixtureRequest, own_ledger: str, tmp_path: Path
) -> Iterator[proxies.Proxy]:
    """The dashboard under a path of its own behind a proxy."""
    proxies.program(request.param)
    figures = [record(TEXT, "361"), record(TEXT, "88", count=88, status="expected")]
    Store(own_ledger).add(report(TEXT, title="The first"), figures, extractor="1")
    behind = port_to_use()
    # Whoever comes through a proxy is no editor without a login, unless this says otherwise.
    secrets = tmp_path / "secrets.toml"
    secrets.write_text("[roles]\nopen = true\n")
    command = [sys.executable, "-m", "ui", "--server.port", str(behind)]
    command += ["--server.baseUrlPath", "ledger", "--secrets.files", str(secrets)]
    log = tmp_path / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
    proxy = proxies.start(request.param, tmp_path, [behind])
    try:
        wait_until_up(server, f"http://127.0.0.1:{behind}/ledger", log)
        yield proxy
    finally:
        for process in (proxy.process, server):
            process.terminate()
            process.wait(timeout=30)


def idle(page: Page) -> None:
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=LONG)


@pytest.mark.browser
def test_under_a_path_of_its_own_pages_filters_uploads_and_maps_come_through(
    browser: Browser, proxied: proxies.Proxy, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, ignore_https_errors=True)
    page = context.new_page()
    sockets: list[str] = []
    missing: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
    with page.expect_response(
        re.compile(r"/ledger/app/static/topojson/.*json"), timeout=LONG
    ) as outlines:
        page.goto(f"{proxied.address}crossings")
    assert outlines.value.ok
    idle(page)

    # The path typed without its slash leads there too, and a filter is chosen through the socket.
    page.goto(proxied.address.removesuffix("/"))
    idle(page)
    page.get_by_role("link", name="Records").click()
    page.get_by_role("combobox", name="Status").click(timeout=LONG)
    page.get_by_role("option", name="Expected · 1").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Status: Expected ✕")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("Download 1 record:")).to_be_visible(timeout=LONG)

    page.goto(f"{proxied.address}library")
    idle(page)
    news = tmp_path / "big.txt"
    # Two megabytes: more than the one that nginx takes by itself.
    news.write_text("The gate stayed shut all day. " + "x" * 2_000_000, encoding="utf-8")
    with page.expect_response(
        re.compile(r"/ledger/_stcore/upload_file/"), timeout=LONG
    ) as uploaded:
        box = page.locator("[data-testid=stFileUploader] input[type=file]").first
        box.set_input_files(news)
    assert uploaded.value.ok
    socket = proxied.address.replace("http", "ws", 1) + "_stcore/stream"
    assert sockets and all(url.startswith(socket) for url in sockets)
    # Streamlit's page itself asks under the page's name first, to find out where its root is.
    roots = re.compile(r"/(crossings|library)/_stcore/")
    assert [url for url in missing if not roots.search(url)] == []
    context.close()
