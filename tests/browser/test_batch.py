"""Two hundred files are dropped, and the server is killed in the middle: nothing is half kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, expect

from store.batches import Batches
from store.ledger import Store
from tests.browser.conftest import ROOT, wait_until_up

FILES = 200


def start(port: int, url: str, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ui", "--server.port", str(port)]
    environment = {**os.environ, "DATABASE_URL": url, "OMP_NUM_THREADS": "1"}
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        wait_until_up(process, f"http://127.0.0.1:{port}", log)
    except BaseException:
        process.kill()
        raise
    return process


def test_a_batch_of_two_hundred_survives_kill_9_and_goes_on(
    browser: Browser, free_port: int, own_ledger: str, tmp_path: Path
) -> None:
    paths = []
    for n in range(FILES):
        path = tmp_path / f"report {n:03}.txt"
        words = " ".join(f"word{n}x{i}" for i in range(30))
        path.write_text(f"Some {n + 20} Austrians left Gaza for Egypt on May 3, 2024. {words}.")
        paths.append(path)
    log = tmp_path / "server.log"
    server = start(free_port, own_ledger, log)
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    try:
        page.goto(f"http://127.0.0.1:{free_port}/library")
        box = page.locator("[data-testid=stFileUploader] input[type=file]").first
        expect(box).to_be_attached(timeout=240_000)
        expect(page.get_by_text("In the ledger")).to_be_visible(timeout=60_000)
        box.set_input_files(paths)
        said = page.get_by_text(re.compile(rf"\d+ of {FILES} files"))
        expect(said.first).to_be_visible(timeout=60_000)
        until = time.monotonic() + 120
        done = 0
        while done < 20 and time.monotonic() < until:
            found = re.search(r"(\d+) of", said.first.inner_text())
            done = int(found[1]) if found else done
            time.sleep(0.1)
    finally:
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    assert 20 <= done < FILES

    # Every file is there; what was said to be kept is whole, and nothing is half.
    batches = Batches(Store(own_ledger))
    (number,) = batches.unfinished()
    progress = batches.progress(number)
    assert progress.total == FILES and done <= progress.done < FILES and not progress.running
    kept = {one.key for one in batches.outcomes(number) if one.key}
    reports = batches.store.reports()
    mine = set(reports.loc[reports["filename"].str.startswith("report ", na=False), "key"])
    assert kept == mine and len(kept) >= done
    records = batches.store.records()
    counts = records[records["report_key"].isin(kept)].groupby("report_key").size()
    stated = reports.set_index("key")["n_records"]
    assert all(counts.get(key, 0) == stated[key] for key in kept)

    # The next server goes on where the last one stopped, as soon as anybody looks.
    server = start(free_port, own_ledger, log)
    try:
        page.goto(f"http://127.0.0.1:{free_port}/library")
        expect(page.get_by_text("In the ledger")).to_be_visible(timeout=120_000)
        until = time.monotonic() + 240
        while not batches.progress(number).finished and time.monotonic() < until:
            time.sleep(0.5)
    finally:
        server.terminate()
        server.wait(timeout=30)
    outcomes = batches.outcomes(number)
    assert [one.ordinal for one in outcomes] == list(range(FILES))
    assert {one.status for one in outcomes} == {"read"}
