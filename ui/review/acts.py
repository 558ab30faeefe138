"""What the buttons do: acts on the store, and what came of them said at the next drawing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from store.access import NotAllowed
from store.corrections import FIELDS, decoded
from store.engine import StoreError
from store.review import Conflict
from ui import cached, labels, safe, session
from ui.review import fields
from ui.review.queue import WHERE

_DONE: Final = "review_acted"


def tried(act: Callable[[], Any], words: str) -> bool:
    """Do an act, and keep `words` or what stood against it to be said; True where it was done."""
    try:
        number = act()
    except Conflict as conflict:
        session.keep_notice("warning", f"{told(conflict)} Nothing of yours is lost: look again.")
        session.seed(_DONE, True)
        return False
    except (NotAllowed, StoreError, ValueError, KeyError) as error:
        session.keep_notice("warning", f"Not saved: {plain(error)}.")
        return False
    session.keep_notice("success", words)
    if isinstance(number, int):
        session.seed("review_last_act", number)
    return True


def say() -> None:
    """Say once what came of the last act; the page is being drawn anew, so none is waiting."""
    session.seed(_DONE, False)
    notice = session.take_notice()
    if notice is None:
        return
    kind, words = notice
    if kind == "success":
        st.toast(words, icon=":material/check:")
    else:
        st.warning(words, icon=":material/group:")


def plain(error: Exception) -> str:
    """An error's message, fit for Markdown."""
    return safe.markdown(str(error).strip("'"), 300)


def told(conflict: Conflict) -> str:
    """Who was quicker, and what they said."""
    who = labels.listing(dict.fromkeys(row.who for row in conflict.rows))
    said = [said_of(row.field, row.value) for row in conflict.rows]
    return f"{safe.markdown(who)} reviewed this record in the meantime: {'; '.join(said)}."


def said_of(field: str, value: str) -> str:
    """One row of review in words: "Group: Patients", "rejected", "took an act back"."""
    if field == "undo":
        return "took an act back"
    if field == "review":
        return safe.markdown(labels.value("review", json.loads(value))).lower()
    given = fields.told(field, decoded(field, value) if field in FIELDS else value)
    return f"{labels.field(field)}: {safe.markdown(given, 80)}"


def save(record_key: str, form: str, then: str | None) -> None:
    """Accept the record with whatever was changed in its form."""
    changes = fields.changes(form)
    reason = str(session.read(f"{form}_reason") or "")
    review, base = cached.ledger().review, fields.version(form)
    words = "Accepted."
    if changes:
        words = f"Corrected: {labels.listing(map(labels.field, changes), 5)}."
    if tried(lambda: review.accept(record_key, changes, reason, base=base), words):
        _go_on(form, then)


def reject(record_key: str, form: str, then: str | None) -> None:
    """Take the record out of the ledger."""
    reason = str(session.read(f"{form}_reason") or "")
    review, base = cached.ledger().review, fields.version(form)
    if tried(lambda: review.reject(record_key, reason, base=base), "Rejected."):
        _go_on(form, then)


def undo(act: int | None) -> None:
    """Take an act back; None is the last one of this session."""
    number = session.read("review_last_act") if act is None else act
    if number is None:
        session.keep_notice("warning", "You have done nothing yet in this session.")
        return
    if tried(lambda: cached.ledger().review.undo(int(number)), "Taken back."):
        session.seed(_DONE, True)
        if act is None:
            session.seed("review_last_act", None)


def go(record_key: str | None) -> None:
    """Call a record; at the end of the queue nothing happens."""
    if record_key:
        session.open_record(WHERE, record_key)
        session.seed(_DONE, True)


def acted() -> bool:
    """True once after an act, so that the whole page is drawn anew and not the form alone."""
    done = bool(session.read(_DONE))
    session.seed(_DONE, False)
    return done


def finished(form: str | None = None) -> None:
    """An act was done: the form is filled anew, the page drawn anew."""
    if form:
        fields.forget(form)
    session.seed(_DONE, True)


def _go_on(form: str, then: str | None) -> None:
    finished(form)
    if then:
        session.open_record(WHERE, then)
    else:
        session.forget(WHERE)
