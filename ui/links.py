"""Addresses that reopen a record or an event, for whoever is sent one."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from ui.navigation import PAGES, entry


def record(record_key: str) -> str:
    """The address that opens a record on the Records page."""
    return _address("records", {"record": record_key})


def event(event_key: str) -> str:
    """The address that opens an event, with all its claims, on the Rivals page."""
    return _address("rivals", {"event": event_key})


def _address(stem: str, query: dict[str, str]) -> str:
    """A page's address on the server that this session came to; without one, from its root."""
    here = urlsplit(st.context.url or "")
    folder, _, last = here.path.rpartition("/")
    known = last in {"", *(page.url_path for page in PAGES)}
    base = folder if known else here.path.rstrip("/")
    path = f"{base}/{entry(stem).url_path}"
    return urlunsplit((here.scheme, here.netloc, path, urlencode(query), ""))
