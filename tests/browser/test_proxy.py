"""The proxy of docs/running.md brings everything through: page, websocket, upload, map outlines."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from store.ledger import Store
from tests.browser.conftest import ROOT, wait_until_up
from tests.conftest import port_to_use
from tests.store.claims_made import record, report

LONG = 120_000  # milliseconds, on a machine that is busy
TEXT = "On Wednesday 361 foreigners crossed at Rafah."
SHELL = """
{user}
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
{lines}
}}
"""


def configuration(folder: Path, port: int, behind: int) -> str:
    """The guide's lines as they stand, but for the ports, the certificate and the host's name."""
    guide = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    lines = next(x for x in re.findall(r"```nginx\n(.*?)```", guide, re.DOTALL) if "location" in x)
    for told, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("server_name news.example.org;", "server_name 127.0.0.1;"),
        ("127.0.0.1:8501", f"127.0.0.1:{behind}"),
    ):
        assert told in lines
        lines = lines.replace(told, here)
    # Else its workers run as nobody, who may not enter a test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    return SHELL.format(user=user, folder=folder, lines=re.sub(r"ssl_certificate.*;", "", lines))


@pytest.fixture
def proxied(own_ledger: str, tmp_path: Path) -> Iterator[str]:
    """The dashboard's address behind nginx; without nginx the test is skipped."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("no nginx on this machine")
    Store(own_ledger).add(report(TEXT, title="The first"), [record(TEXT, "361")], extractor="1")
    port, behind = port_to_use(), port_to_use()
    told = tmp_path / "nginx.conf"
    told.write_text(configuration(tmp_path, port, behind))
    # Whoever comes through a proxy is no editor without a login, unless this says otherwise.
    secrets = tmp_path / "secrets.toml"
    secrets.write_text("[roles]\nopen = true\n")
    command = [sys.executable, "-m", "ui", "--server.port", str(behind)]
    command += ["--server.baseUrlPath", "ledger", "--secrets.files", str(secrets)]
    log = tmp_path / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
        proxy = subprocess.Popen([nginx, "-c", told, "-g", "daemon off;"], stdout=out, stderr=out)
    try:
        wait_until_up(server, f"http://127.0.0.1:{behind}/ledger", log)
        yield f"http://127.0.0.1:{port}/ledger/"
    finally:
        for process in (proxy, server):
            process.terminate()
            process.wait(timeout=30)


def idle(page: Page) -> None:
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=120_000)


@pytest.mark.browser
def test_under_a_path_of_its_own_pages_uploads_and_maps_come_through(
    browser: Browser, proxied: str, tmp_path: Path
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sockets: list[str] = []
    missing: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
    with page.expect_response(
        re.compile(r"/ledger/app/static/topojson/.*json"), timeout=LONG
    ) as outlines:
        page.goto(f"{proxied}crossings")
    assert outlines.value.ok
    idle(page)
    page.goto(f"{proxied}library")
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
    assert sockets and all("/ledger/_stcore/stream" in url for url in sockets)
    # Streamlit's page itself asks under the page's name first, to find out where its root is.
    assert [url for url in missing if not re.search(r"/(crossings|library)/_stcore/", url)] == []
