"""A record's fields as widgets: filled from the record, read back as the changes that were made.

What the widgets were filled with is kept, with the record's version, so that a change by somebody
else in the meantime is told from one's own, and one's own survives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

import pandas as pd
import pycountry
import streamlit as st

from extraction.record import DEMOGRAPHICS, GROUPS, QUALIFIERS, SCOPES, STATUSES, UNITS
from store.corrections import FIELDS
from store.schema import COUNT_LIMIT
from ui import labels, session

Values = dict[str, Any]
_CHOICES: Final = {
    "qualifier": QUALIFIERS,
    "unit": UNITS,
    "group": GROUPS,
    "demographic": DEMOGRAPHICS,
    "status": STATUSES,
    "scope": SCOPES,
}
_FIRST_DAY: Final = date(1945, 1, 1)


def values_of(row: Mapping[str, Any]) -> Values:
    """The fields of a row of the record frame as the widgets hold them: None for unknown."""
    found: Values = {}
    for name in FIELDS:
        value = row.get("crossing_as_written" if name == "crossing" else name)
        if name == "nationality":
            found[name] = [code for code in str(value or "").split("|") if code]
        elif labels.missing(value):
            found[name] = False if name == "subset" else None
        elif name in ("date", "date_from"):
            found[name] = pd.Timestamp(value).date()
        elif name in ("count", "count_max"):
            found[name] = int(value)
        else:
            found[name] = bool(value) if name == "subset" else str(value)
    return found


def fill(form: str, values: Values, version: int) -> list[str]:
    """Give the widgets of `form` their values; gives the fields that somebody else changed.

    Where the form was filled from an earlier version, what was changed in it stays on top of
    what the record holds now.
    """
    before = session.read(f"{form}_seed")
    drawn = session.known(f"{form}_count")
    if drawn and before and before["version"] == version:
        return []
    mine = changes(form) if drawn and before else {}
    for name in FIELDS:
        session.seed(f"{form}_{name}", mine.get(name, values[name]))
    session.seed(f"{form}_seed", {"version": version, "values": values})
    if not (drawn and before):
        return []
    return [name for name in FIELDS if before["values"][name] != values[name]]


def forget(form: str) -> None:
    """Let the next drawing fill the form from the record, whatever was changed in it."""
    session.seed(f"{form}_seed", None)


def version(form: str) -> int:
    """The version of the record that the form was filled from."""
    return int(session.read(f"{form}_seed")["version"])


def changes(form: str) -> Values:
    """The fields whose widgets hold another value than they were filled with."""
    seed = session.read(f"{form}_seed")
    given: Values = {}
    for name in FIELDS:
        value = session.read(f"{form}_{name}")
        value = value.strip() or None if name in ("source", "crossing") and value else value
        if value != seed["values"][name]:
            given[name] = value
    return given


def given(form: str) -> Values:
    """All the fields as the widgets hold them."""
    seed: Values = session.read(f"{form}_seed")["values"]
    return seed | changes(form)


def draw(form: str, crossings: list[str], notes: Mapping[str, str], filled: set[str]) -> None:
    """The widgets of `form`, which `fill` has filled.

    `notes` are shown under a field: what the rules read there. `filled` names fields that were
    filled in rather than read. `crossings` are offered; another may be typed.
    """

    def label(name: str) -> str:
        return f"{labels.field(name)} (filled in)" if name in filled else labels.field(name)

    def note(name: str) -> None:
        if name in notes:
            st.caption(notes[name])

    def choice(name: str) -> None:
        optional = name == "demographic"
        st.selectbox(
            label(name),
            list(_CHOICES[name]),
            index=None if optional else 0,
            format_func=lambda word: str(labels.value(name, word)).capitalize(),
            placeholder=labels.NOT_STATED,
            key=f"{form}_{name}",
        )
        note(name)

    def number(name: str) -> None:
        st.number_input(
            label(name),
            min_value=0,
            max_value=COUNT_LIMIT,
            value=None,
            step=1,
            placeholder="only of a range" if name == "count_max" else None,
            key=f"{form}_{name}",
        )
        note(name)

    def day(name: str) -> None:
        st.date_input(
            label(name),
            value=None,
            min_value=_FIRST_DAY,
            format="YYYY-MM-DD",
            key=f"{form}_{name}",
        )
        note(name)

    def country(name: str) -> None:
        st.selectbox(
            label(name),
            _countries(),
            index=None,
            format_func=labels.country,
            placeholder=labels.NOT_STATED,
            key=f"{form}_{name}",
        )
        note(name)

    rows: tuple[tuple[tuple[str, Any], ...], ...] = (
        (("group", choice), ("status", choice)),
        (("count", number), ("count_max", number)),
        (("qualifier", choice), ("scope", choice)),
        (("date", day), ("date_from", day)),
        (("origin", country), ("destination", country)),
        (("demographic", choice), ("unit", choice)),
    )
    for row in rows:
        for column, (name, widget) in zip(st.columns(len(row)), row, strict=True):
            with column:
                widget(name)
    left, right = st.columns(2)
    with left:
        here = session.read(f"{form}_crossing")
        st.selectbox(
            label("crossing"),
            sorted({*crossings, *([here] if here else [])}),
            index=None,
            placeholder=labels.NOT_STATED,
            accept_new_options=True,
            key=f"{form}_crossing",
        )
        note("crossing")
    with right:
        st.multiselect(
            label("nationality"),
            _countries(),
            format_func=labels.country,
            placeholder=labels.NOT_STATED,
            key=f"{form}_nationality",
        )
        note("nationality")
    st.text_input(label("source"), key=f"{form}_source", placeholder="the report itself")
    note("source")
    st.checkbox(
        label("subset"),
        key=f"{form}_subset",
        help="The report gives it as part of another of its figures: it is never added to that.",
    )
    note("subset")


@cache
def _countries() -> list[str]:
    codes = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    return sorted(codes, key=labels.country)


def told(name: str, value: Any) -> str:
    """One value of a field in a reader's words, "not stated" for an unknown one."""
    if name == "subset":
        return "yes" if value else "no"
    if name == "nationality":
        return labels.countries("|".join(value) if isinstance(value, list) else value) or (
            labels.NOT_STATED
        )
    if name in ("count", "count_max"):
        return labels.number(value)
    if name in ("date", "date_from"):
        return labels.day(value)
    return str(labels.value(name, value))
