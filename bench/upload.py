"""A hundred reports through the page and through the command: `python -m bench.upload [N]`.

Makes N reports of 400 words out of the samples, adds them by `python -m store add`, then drops them
on the Reports page in a browser, and prints both times and the longest that the page stood still.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[1]
WORDS = 400
PORT = 8729
LONGEST = 240  # seconds after which the page is given up


def reports(n: int, folder: Path) -> list[Path]:
    """Write `n` reports of about 400 words, no two of them near copies; gives their paths."""
    dice = random.Random(5)
    texts = [json.loads(p.read_text())["text"] for p in (ROOT / "data/samples").glob("*.json")]
    paragraphs = [p for text in texts for p in text.split("\n\n") if len(p.split()) > 15]
    out = []
    for number in range(n):
        dice.shuffle(paragraphs)
        body: list[str] = []
        for paragraph in paragraphs:
            if sum(len(p.split()) for p in body) < WORDS:
                body.append(re.sub(r"\b\d{2,3}\b", lambda _: str(dice.randint(11, 980)), paragraph))
        path = folder / f"2023-11-03 report {number:03}.txt"
        path.write_text(f"Report {number}, Friday, November 3, 2023\n\n" + "\n\n".join(body))
        out.append(path)
    return out


def by_command(folder: Path, environment: dict[str, str]) -> float:
    """Seconds that `python -m store add` takes for the folder."""
    start = time.monotonic()
    command = [sys.executable, "-m", "store", "add", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.monotonic() - start


def by_page(paths: list[Path], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds from the drop to the account of it, and the longest without a change on the page."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS
    from tests.conftest import find_browser

    command = [sys.executable, "-m", "ui", "--server.port", str(PORT)]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _answers()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{PORT}/library")
            box = page.locator("[data-testid=stFileUploader] input[type=file]").first
            box.wait_for(state="attached", timeout=240_000)
            page.wait_for_timeout(3_000)
            start = time.monotonic()
            box.set_input_files(paths)
            still = _watched(page, start)
            seconds = time.monotonic() - start
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=30)
    return seconds, still


def _watched(page: object, start: float) -> float:
    """Look at the page until the batch is done; gives the longest time without a change."""
    longest, last, seen = 0.0, start, ""
    bar = page.locator("[data-testid=stProgress]")  # type: ignore[attr-defined]
    done = page.get_by_role("button", name="Dismiss")  # type: ignore[attr-defined]
    while not done.count():
        if time.monotonic() - start > LONGEST:
            raise TimeoutError(f"the page was not done after {LONGEST} s; it shows {seen!r}")
        # all_inner_texts never waits: the bar goes when the batch is done.
        text = "".join(bar.all_inner_texts()) or seen
        now = time.monotonic()
        if text != seen:
            longest = max(longest, now - last) if seen else longest
            seen, last = text, now
        time.sleep(0.05)
    return longest


def _answers() -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError("the dashboard did not start")


def main(arguments: list[str]) -> None:
    """Time both ways for as many reports as the first argument says, by default 100."""
    n = int(arguments[0]) if arguments else 100
    with tempfile.TemporaryDirectory() as folder:
        (files := Path(folder) / "in").mkdir()
        paths = reports(n, files)
        plain = {**os.environ, "OMP_NUM_THREADS": "1"}
        url = f"sqlite:///{folder}"
        command = by_command(files, plain | {"DATABASE_URL": f"{url}/command.db"})
        page, still = by_page(paths, plain | {"DATABASE_URL": f"{url}/page.db"})
    print(f"{n} reports of {WORDS} words")
    print(f"by command {command:.1f} s, by page {page:.1f} s ({page / command:.2f} times)")
    print(f"longest without a change on the page {still:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
