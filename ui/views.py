"""One store for all sessions, and its views: each is worked out once for a version of the store.

They are kept with the records that they were made of (`store.shelf`), and go with these when the
store has moved on.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final, TypeVar

import streamlit as st

from store.access import Access
from store.ledger import Store
from store.shelf import Shelf, Views
from ui import people

_PINNED: Final = threading.local()

T = TypeVar("T")


def database_url() -> str | None:
    """The database that `DATABASE_URL` names; None for the store's default."""
    return os.environ.get("DATABASE_URL") or None


@st.cache_resource(show_spinner=False)
def _store(url: str | None) -> Store:
    # Shared by all sessions, so nobody's: it writes nothing until it is signed.
    return Store(url, Access(login=True))


def unsigned() -> Store:
    """The process's store for the database in use, in nobody's name: what reads it may share it."""
    return _store(database_url())


def ledger() -> Store:
    """The process's store for the database in use, in the name of whoever is at the page.

    It can be read by anyone; every write raises NotAllowed for one who is no editor.
    """
    return _store(database_url()).signed_by(people.identity(), people.access())


@st.cache_resource(show_spinner=False)
def _shelf(url: str | None) -> Shelf:
    return Shelf(_store(url))


def newest_views() -> Views:
    """The views that a page run would see which begins now."""
    return _shelf(database_url()).current()


def begin() -> None:
    """Let the run of a page that begins here see one version of the store throughout."""
    url = database_url()
    _PINNED.url, _PINNED.views = url, newest_views()


def current() -> Views:
    """The views that the page run at hand sees, else the newest."""
    url = database_url()
    if getattr(_PINNED, "url", "") == url:
        views: Views = _PINNED.views
        return views
    return newest_views()


@contextmanager
def _pinned(views: Views) -> Iterator[None]:
    """What a view is made of is of its own version, too."""
    before = vars(_PINNED).copy()
    _PINNED.url, _PINNED.views = database_url(), views
    try:
        yield
    finally:
        vars(_PINNED).clear()
        vars(_PINNED).update(before)


def shared(most: int = 12) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Work a view out once for all sessions; the `most` last used stay with their version."""

    def decorate(make: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(make)
        def once_made(*key: Any) -> Any:
            return once(make.__name__, key, lambda: make(*key), most)

        return once_made

    return decorate


def once(kind: str, key: Hashable, make: Callable[[], T], most: int = 12) -> T:
    """What a section makes of this version's records, made once for all sessions; read only.

    `key` tells the views of one kind apart, of which the `most` last used stay.
    """
    views = current()

    def made() -> T:
        with _pinned(views):
            return make()

    return views.once(kind, key, made, most)
