"""`python -m ui` starts Streamlit, and nothing of it asks the internet."""

from __future__ import annotations

import sys

import pytest
from streamlit import config, net_util
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import bootstrap, cli
from streamlit.web.server import server_util

from ui import __main__ as start


def test_neither_the_start_nor_a_strangers_page_makes_the_server_ask_for_its_own_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    allowed: list[bool] = []

    def run() -> None:
        bootstrap._print_url(False)
        allowed.append(server_util.is_url_from_allowed_origins("https://stranger.example"))

    def ask(url: str, timeout: float = 5) -> None:
        asked.append(url)

    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", PagesManager.uses_pages_directory)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", ask)
    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(sys, "argv", ["ui"])
    monkeypatch.setattr(cli, "main", run)
    monkeypatch.setattr(start.warm, "begin", lambda: None)
    settings = {"server.address": "0.0.0.0", "server.headless": True}  # as in the container
    before = {name: config.get_option(name) for name in settings}
    for name, value in settings.items():
        config.set_option(name, value)
    try:
        run()
        # Streamlit by itself asks, so that the test knows what to look for.
        assert asked
        asked.clear()
        start.main()
    finally:
        for name, value in before.items():
            config.set_option(name, value)
    assert asked == []
    assert allowed == [False, False]
    assert "Network URL" in capsys.readouterr().out
