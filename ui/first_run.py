"""On first start the shipped samples are read into the empty store, so that no page is empty."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st

from extraction.reports import Report
from store.ledger import Store
from ui import cached, intake, people
from ui.navigation import ROOT

SAMPLES: Final = ROOT / "data" / "samples"
_LOCK: Final = threading.Lock()


@st.cache_resource(show_spinner=False)
def _done(url: str | None) -> set[str]:
    """Stores that this process has looked at."""
    return set()


def ensure() -> None:
    """Fill an empty store from the samples, once per process and store, whoever comes first.

    A store from which every report was removed is not empty: what was taken out stays out.
    """
    url = cached.database_url()
    done = _done(url)
    if "looked" in done:
        return
    with _LOCK:
        if "looked" in done:
            return
        store = cached.ledger()
        if not people.may_edit():
            return  # a reader's visit writes nothing: the first editor's does
        if _never_used(store) and (files := sorted(SAMPLES.glob("*.json"))):
            with st.spinner(
                f"First start: reading the {len(files)} sample reports that come with the "
                "ledger. This takes a few seconds."
            ):
                for file in files:
                    intake.keep_sample(store, sample(file), file.name)
        done.add("looked")


def sample(file: Path) -> Report:
    """A shipped sample as a report; KeyError where it lacks a text."""
    fields = json.loads(file.read_text(encoding="utf-8"))
    published = fields.get("published")
    return Report(
        id=fields.get("id") or file.stem,
        text=fields["text"],
        title=fields.get("title"),
        published=date.fromisoformat(published) if published else None,
        publisher=fields.get("publisher"),
        url=fields.get("url"),
    )


def _never_used(store: Store) -> bool:
    return store.newest(1).empty and len(store.reports(removed=True)) == 0
