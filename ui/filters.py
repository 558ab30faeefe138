"""The filter that every page shares: the sidebar's widgets, and the chips above a page.

The parameters live in `ui.session`; a widget is given its value before it is drawn and writes a
change back. So a label may carry a count that moves, and the address keeps codes.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from store import address
from store.query import Filter
from ui import cached, facets, labels, safe, session

_FIRST: Final = ("status", "group", "crossing", "nationality")
_MORE: Final = ("origin", "destination", "speaker", "publisher", "scope", "review", "report")
CHOICES: Final = (*_FIRST, *_MORE)
"""The parameters of which the sidebar lists the values."""
_MOST_FOUND: Final = 20
_MORE_HELP: Final = (
    f"The {facets.MOST_LISTED} with most records are listed. To find others, type a name or a "
    "part of one and press Enter."
)
_CONFIDENCES: Final = ("0.5", "0.7", "0.9")
_HELP: Final = {
    "status": "What the report says of the people: crossed, expected to, waiting, or refused.",
    "group": "Who the people counted are.",
    "nationality": "Where the people counted are named by nationality.",
    "speaker": "Who states the figure, in the words of the report.",
    "scope": "A figure for one day, convoy or flight, or a running total since some day.",
    "review": "What a reviewer has done with the record.",
}


def sidebar(frame: pd.DataFrame) -> Filter:
    """Draw the sidebar over the whole record frame; gives the filter that it stands for."""
    params = session.params()
    with st.sidebar:
        st.subheader("Filter")
        _text("q", "Words in the sentence, title or names", "e.g. flotilla")
        _dates(frame)
        for name in _FIRST:
            _choices(name, frame, params)
        with st.expander("More filters", expanded=any(name in params for name in _MORE)):
            for name in _MORE:
                _choices(name, frame, params)
            _confidence(params)
        st.button(
            "Reset the filter",
            key="filter_reset",
            on_click=session.reset_filter,
            disabled=not params,
            width="stretch",
        )
    return address.to_filter(params)


def chips(params: address.Params, names: dict[str, str]) -> None:
    """One button for each active choice, which takes it out again.

    `names` gives report keys their titles.
    """
    if not params:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for name, texts in params.items():
            for text in texts:
                words = _chip(name, text, names)
                st.button(
                    f"{safe.markdown(words, 60)} ✕",
                    key=f"chip_{name}_{text}",
                    help="Take this out of the filter",
                    on_click=session.drop_value,
                    args=(name, text),
                )


def describe(params: address.Params, names: dict[str, str]) -> str:
    """The filter in words, for a footnote; "no filter" where nothing is chosen."""
    words = [_chip(name, text, names) for name, texts in params.items() for text in texts]
    return "; ".join(words) if words else "no filter"


def choice(name: str, text: str, names: dict[str, str] | None = None) -> str:
    """The words for one value of one parameter."""
    if text == address.UNSTATED_WORD:
        return labels.NOT_STATED
    if name == "report":
        return safe.plain((names or {}).get(text, "a report that is not here"), 60)
    column = address.BY_NAME[name].column or name
    return safe.plain(labels.value(column, text), 60)


def _chip(name: str, text: str, names: dict[str, str]) -> str:
    parameter = address.BY_NAME[name]
    if parameter.kind == "choices":
        return f"{parameter.label}: {choice(name, text, names)}"
    if parameter.kind == "date":
        return f"{parameter.label} {labels.day(text)}"
    if parameter.kind == "share":
        return f"{parameter.label} {float(text):.0%}"
    return f"{parameter.label}: “{safe.plain(text, 40)}”"


def _choices(name: str, frame: pd.DataFrame, params: address.Params) -> None:
    parameter = address.BY_NAME[name]
    tally = cached.tally(name, address.to_filter(facets.others(params, name)))
    chosen = params.get(name, ())
    offered = tally.options(chosen)
    names = report_names(frame, offered) if name == "report" else {}
    key = f"filter_{name}"
    session.seed(key, list(chosen))
    words: dict[str, str] = {}
    for text in offered:
        word = f"{choice(name, text, names)} · {tally.of(text):,}"
        # Streamlit tells choices apart by their words alone.
        words[text] = word if word not in words.values() else f"{word} ({len(words)})"
    more = tally.known > len(tally.listed)
    st.multiselect(
        parameter.label,
        offered,
        format_func=lambda text: words.get(text, text),
        key=key,
        placeholder=f"any of {tally.known:,}: type a name" if more else "any",
        help=" ".join(filter(None, [_HELP.get(name), _MORE_HELP if more else ""])) or None,
        accept_new_options=more,
        on_change=_take,
        args=(name,),
    )
    if told := session.once(f"found_{name}"):
        st.caption(told)


def _dates(frame: pd.DataFrame) -> None:
    ends = frame["date"].min(), frame["date"].max()
    first, last = (None if pd.isna(day) else day.date() for day in ends)
    for name in ("from", "to"):
        chosen = session.params().get(name)
        value = date.fromisoformat(chosen[0]) if chosen else None
        session.seed(f"filter_{name}", value)
        bounds = [one for one in (first, last, value) if one is not None]
        st.date_input(
            address.BY_NAME[name].label,
            value=None,
            min_value=min(bounds, default=None),
            max_value=max(bounds, default=None),
            format="YYYY-MM-DD",
            key=f"filter_{name}",
            on_change=_take,
            args=(name,),
        )


def _text(name: str, label: str, placeholder: str) -> None:
    key = f"filter_{name}"
    session.seed(key, next(iter(session.params().get(name, ())), ""))
    st.text_input(label, key=key, placeholder=placeholder, on_change=_take, args=(name,))


def _confidence(params: address.Params) -> None:
    chosen = next(iter(params.get("confidence", ())), None)
    offered = sorted({*_CONFIDENCES, *((chosen,) if chosen else ())})
    over = address.to_filter(facets.others(params, "confidence"))
    tally = {text: cached.at_least(float(text), over) for text in offered}
    session.seed("filter_confidence", chosen)
    st.selectbox(
        address.BY_NAME["confidence"].label,
        offered,
        index=None,
        format_func=lambda text: f"{float(text):.0%} · {tally[text]:,}" if text in tally else text,
        key="filter_confidence",
        placeholder="any",
        help="How sure the reading is that all fields of a record are right. "
        "Records without an estimate are left out.",
        on_change=_take,
        args=("confidence",),
    )


def _take(name: str) -> None:
    """A widget was changed: its value becomes the filter's."""
    value = session.read(f"filter_{name}")
    if value is None or value == "":
        values: list[str] = []
    elif isinstance(value, list):
        values = _resolved(name, [str(one) for one in value])
    else:
        values = [value.isoformat() if isinstance(value, date) else str(value).strip()]
    session.set_param(name, [one for one in values if one])


def _resolved(name: str, values: list[str]) -> list[str]:
    """The values that stand for what was chosen or typed: typed words for the names that hold
    them. What was found, or not, is told under the widget."""
    frame, kept = cached.records(), []
    known = cached.tally(name, address.to_filter(facets.others(session.params(), name)))
    for text in values:
        if known.of(text) or text in session.params().get(name, ()):
            kept.append(text)
            continue
        if name == "report":
            reports = cached.reports()
            titles = reports["title"].fillna(reports["name"])
            found, n = facets.named(titles, text, _MOST_FOUND)
            kept += list(reports.loc[titles.isin(found), "key"].head(_MOST_FOUND))
        else:
            found, n = facets.named(frame[str(address.BY_NAME[name].column)], text, _MOST_FOUND)
            kept += found
        what = f"“{safe.markdown(text, 40)}”"
        if n > len(found):
            session.seed(f"found_{name}", f"{n:,} names hold {what}; {len(found)} were taken.")
        elif not n:
            session.seed(f"found_{name}", f"No name here holds {what}.")
    return list(dict.fromkeys(kept))


def report_names(frame: pd.DataFrame, keys: Collection[str]) -> dict[str, str]:
    """These report keys with the titles (else file names) that a reader knows them by."""
    if not keys:
        return {}
    rows = frame[["report_key", "title", "article"]].iloc[cached.first_rows(keys)]
    return {
        str(key): str(article) if labels.missing(title) else str(title)
        for key, title, article in rows.itertuples(index=False)
    }
