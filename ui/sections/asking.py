"""What only a user can say of a report: the day it was published, a table's text column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from store.batches import Batches
from store.keeping import leave, settle
from store.outcomes import Outcome
from ui import cached, labels, safe, session, worker

FIRST: Final = date(1945, 1, 1)
MOST: Final = 20
"""Reports asked about at once; the next come when these are answered."""


def dates(held: Sequence[Outcome], where: str) -> None:
    """One field a report that waits for its day, with the guess in it; one for all of them."""
    if len(held) > 1:
        _all_at_once(held, where)
    for outcome in held[:MOST]:
        _ask(outcome, where)
    if len(held) > MOST:
        st.caption(f"{len(held) - MOST} more wait.")


def guess_of(outcome: Outcome) -> tuple[date, str]:
    """The day to offer, and where it is from: the file's own word for it, else today."""
    if outcome.guess is not None:
        return outcome.guess, outcome.guess_from or "the file"
    return date.today(), "today"


def _ask(outcome: Outcome, where: str) -> None:
    key = f"held_{where}_{outcome.batch}_{outcome.ordinal}_{outcome.part}"
    guess, guess_from = guess_of(outcome)
    st.markdown(
        f":material/event_busy: **{safe.markdown(outcome.name, 80)}** – "
        f"{labels.plural(outcome.figures, 'figure')} found, but the text does not pin its days. "
        f"When was it published? The day below is a guess: {safe.markdown(guess_from)}."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            "Published on", value=guess, format="YYYY-MM-DD", min_value=FIRST, key=key, width=180
        )
        st.button(
            "Keep with this day",
            key=f"{key}_with",
            type="primary",
            on_click=_settle,
            args=(outcome, key),
        )
        st.button(
            "Keep without a day", key=f"{key}_without", on_click=_settle, args=(outcome, None)
        )
        st.button("Leave it out", key=f"{key}_leave", on_click=_leave, args=(outcome,))
    # Never a disabled button: a typed day counts once the field is left, and a click leaves it.
    if session.read(f"{key}_asked"):
        st.caption("Say the day first: type it, or choose it in the calendar.")


def _all_at_once(held: Sequence[Outcome], where: str) -> None:
    key = f"held_all_{where}_{held[0].batch}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            "Published on", value=None, format="YYYY-MM-DD", min_value=FIRST, key=key, width=180
        )
        st.button(
            f"Keep all {len(held)} with this day",
            key=f"{key}_with",
            on_click=_settle_all,
            args=(tuple(held), key),
        )
        guessed = [one for one in held if one.guess is not None]
        if guessed:
            st.button(
                f"Keep {len(guessed)} with their guesses",
                key=f"{key}_guesses",
                on_click=_settle_guesses,
                args=(tuple(guessed),),
            )


def _settle(outcome: Outcome, key: str | None) -> None:
    published = session.read(key) if key else None
    if key and published is None:
        session.seed(f"{key}_asked", True)
        return
    settle(cached.ledger(), outcome, published)


def _settle_all(held: Sequence[Outcome], key: str) -> None:
    published = session.read(key)
    for outcome in held if published else ():
        settle(cached.ledger(), outcome, published)


def _settle_guesses(held: Sequence[Outcome]) -> None:
    for outcome in held:
        settle(cached.ledger(), outcome, outcome.guess)


def _leave(outcome: Outcome) -> None:
    leave(cached.ledger(), outcome)


def column(outcome: Outcome, where: str) -> None:
    """Ask which column of a table holds the reports."""
    key = f"column_{where}_{outcome.batch}_{outcome.ordinal}"
    st.markdown(
        f":material/view_column: **{safe.markdown(outcome.name, 80)}** – a table. "
        "Which of its columns holds the text of the reports?"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Column", outcome.columns, key=key, width=240)
        st.button(
            "Read this column",
            key=f"{key}_read",
            type="primary",
            on_click=_read,
            args=(outcome, key),
        )
        st.button("Leave it out", key=f"{key}_leave", on_click=_leave, args=(outcome,))


def _read(outcome: Outcome, key: str) -> None:
    chosen = session.read(key)
    if chosen:
        Batches(cached.ledger()).again(outcome.batch, outcome.ordinal, {"text": str(chosen)})
        worker.wake()
