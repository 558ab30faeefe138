"""A Chromium or Chrome of the machine, which draws charts as images and prints pages as PDF.

It is started for each request and closed after it: a briefing is asked for now and then, and a
browser that waits takes two hundred megabytes.
"""

from __future__ import annotations

import asyncio
import base64
import os
import tempfile
import threading
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import plotly.graph_objects as go
from choreographer import Browser
from choreographer.browsers.chromium import Chromium
from kaleido import Kaleido

from ui.navigation import ROOT

_OUTLINES: Final = (ROOT / "static" / "topojson").as_uri() + "/"
_SECONDS: Final = 90
_ONE_AT_A_TIME: Final = threading.Lock()

MISSING: Final = (
    "Images, PDF and the pictures in a Word briefing are drawn by Chromium or Chrome, and this "
    "server has none. Install one (Debian and Ubuntu: apt-get install chromium) or name it in "
    "BROWSER_PATH, and start the dashboard again."
)


class NoBrowser(RuntimeError):
    """There is no Chromium or Chrome on this machine; the message says how to get one."""


@dataclass(frozen=True)
class Picture:
    """A figure to draw: `form` is "png", "svg" or "pdf", sizes are in CSS pixels."""

    figure: go.Figure
    form: str
    width: int
    height: int
    scale: float = 1


def path() -> str | None:
    """The browser's path: BROWSER_PATH, else one that the machine has; None where there is none."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).is_file() else None
    found = Chromium.find_browser(skip_local=False)
    return str(found) if found else None


def draw(pictures: Sequence[Picture]) -> list[bytes]:
    """The pictures as files, in order. Raises NoBrowser."""
    return _run(_drawn(_found(), pictures)) if pictures else []


def print_pdf(page: bytes) -> bytes:
    """A stand-alone HTML page as a PDF, its paper as its style sheet says. Raises NoBrowser."""
    return _run(_printed(_found(), page))


def _found() -> str:
    found = path()
    if found is None:
        raise NoBrowser(MISSING)
    return found


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    # In a thread of its own: the caller's may have a loop that runs.
    with _ONE_AT_A_TIME, ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asyncio.wait_for(work, _SECONDS)).result()


async def _drawn(browser: str, pictures: Sequence[Picture]) -> list[bytes]:
    async with Kaleido(n=1, mathjax=False, path=browser) as kaleido:
        return [
            await kaleido.calc_fig(
                one.figure,
                opts={
                    "format": one.form,
                    "width": one.width,
                    "height": one.height,
                    "scale": one.scale,
                },
                topojson=_OUTLINES,
            )
            for one in pictures
        ]


async def _printed(browser: str, page: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_bytes(page)
        async with Browser(path=browser, headless=True) as chromium:
            tab = await chromium.create_tab("about:blank")
            await tab.send_command("Page.enable")
            loaded = tab.subscribe_once("Page.loadEventFired")
            await tab.send_command("Page.navigate", params={"url": file.as_uri()})
            await loaded
            settings = {"printBackground": True, "preferCSSPageSize": True}
            answer = await tab.send_command("Page.printToPDF", params=settings)
    return base64.b64decode(answer["result"]["data"])
