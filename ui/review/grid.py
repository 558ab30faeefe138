"""Many records at once in a grid: verdicts and the commonest corrections, saved together."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from store.access import NotAllowed
from store.engine import StoreError
from store.review import Conflict
from ui import cached, cards, labels, people, session
from ui.review import acts
from ui.review.queue import Queue

MOST: Final = 200
VERDICTS: Final = {"accept": "Accept", "reject": "Reject"}
_EDITED: Final = {
    "People": "count",
    "Group": "group",
    "Status": "status",
    "Day": "date",
    "Crossing": "crossing",
    "Who says so": "source",
}
_CODES: Final = {
    "group": {word: code for code, word in labels.GROUPS.items()},
    "status": {word: code for code, word in labels.STATUSES.items()},
}


def draw(queue: Queue) -> None:
    """The head of the queue as a grid; it keeps what was typed until it is saved or loaded anew."""
    if not people.only_editors("Reviewing"):
        return
    if not len(queue) and session.read("grid_rows") is None:
        st.success("Nothing is left to review here.", icon=":material/done_all:")
        return
    kept = session.read("grid_rows")
    moved = kept is not None and _stand(kept["rows"]) != _stand(queue.head(MOST))
    if kept is None or (moved and not _typed(f"grid_{kept['round']}")):
        _load(queue)
        moved = False
    kept = session.read("grid_rows")
    rows: pd.DataFrame = kept["rows"]
    key = f"grid_{kept['round']}"
    if moved:
        st.info("The queue has changed since this was loaded. Save what you typed, or load anew.")
    st.data_editor(
        _display(rows),
        key=key,
        height=520 if len(rows) > 12 else "auto",
        hide_index=True,
        num_rows="fixed",
        disabled=["Sentence", "Why look", "Report"],
        column_config=_columns(),
        alt="Records to review; verdict, figure, group, status, day, crossing, speaker can be set",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Save", type="primary", key="grid_save", on_click=_save, args=(key,))
        st.button(
            "Load anew",
            key="grid_load",
            on_click=_load,
            args=(queue,),
            help="Takes the queue as it is now; what is typed here and not saved is dropped.",
        )
        st.caption(
            f"The {labels.plural(len(rows), 'record')} at the head of the queue. A changed field "
            "is a correction; a verdict says something of the whole record."
        )


def _stand(rows: pd.DataFrame) -> list[tuple[str, int]]:
    """The records of a grid with their versions."""
    return list(zip(rows["record_key"], rows["review_version"], strict=True))


def _typed(key: str) -> dict[Any, dict[str, Any]]:
    """What was typed into the grid and not saved: cells by column, by row."""
    return dict((session.read(key) or {}).get("edited_rows") or {})


def _load(queue: Queue) -> None:
    rounds = int(session.read("grid_round") or 0) + 1
    session.seed("grid_round", rounds)
    session.seed("grid_rows", {"rows": queue.head(MOST), "round": rounds})


def _display(rows: pd.DataFrame) -> pd.DataFrame:
    claims = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Verdict": [None] * len(rows),
            "Sentence": rows["sentence"],
            "People": rows["count"],
            "Group": [labels.GROUPS[claim["group"]] for claim in claims],
            "Status": [labels.STATUSES[claim["status"]] for claim in claims],
            "Day": rows["date"].dt.date,
            "Crossing": rows["crossing_as_written"].astype("str"),
            "Who says so": rows["source"].astype("str"),
            "Why look": rows["why"],
            "Report": [cards.report_name(claim) for claim in claims],
        }
    ).reset_index(drop=True)


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "Verdict": config.SelectboxColumn(options=list(VERDICTS.values()), width=85),
        "Sentence": config.TextColumn(width=430),
        "People": config.NumberColumn(min_value=0, step=1, width=80, required=True),
        "Group": config.SelectboxColumn(
            options=list(labels.GROUPS.values()), required=True, width=160
        ),
        "Status": config.SelectboxColumn(
            options=list(labels.STATUSES.values()), required=True, width=95
        ),
        "Day": config.DateColumn(format="YYYY-MM-DD", width=100),
        "Crossing": config.TextColumn(width=110),
        "Who says so": config.TextColumn(width=150),
        "Why look": config.TextColumn(width=190),
        "Report": config.TextColumn(width=190),
    }


def _save(key: str) -> None:
    kept = session.read("grid_rows")
    rows: pd.DataFrame = kept["rows"]
    edited = _typed(key)
    done, refused = 0, []
    review = cached.ledger().review
    for at, cells in edited.items():
        row = rows.iloc[int(at)]
        try:
            _one(review, row, dict(cells))
            done += 1
        except Conflict as conflict:
            refused.append(f"“{row['count_text']}”: {acts.told(conflict)}")
        except (NotAllowed, StoreError, ValueError, KeyError) as error:
            refused.append(f"“{row['count_text']}”: {acts.plain(error)}.")
    if not edited:
        session.keep_notice("warning", "Nothing was changed in the grid.")
        return
    words = f"{labels.plural(done, 'record')} saved."
    if refused:
        session.keep_notice("warning", f"{words} Not saved: {' '.join(refused)}")
    else:
        session.keep_notice("success", words)
    # The grid is loaded anew from the queue as it then is.
    session.seed("grid_round", kept["round"])
    session.seed("grid_rows", None)


def _one(review: Any, row: pd.Series, cells: dict[str, Any]) -> None:
    verdict = cells.pop("Verdict", None)
    changes = {_EDITED[column]: _code(_EDITED[column], cell) for column, cell in cells.items()}
    record_key, base = str(row["record_key"]), int(row["review_version"])
    if verdict == VERDICTS["reject"]:
        review.reject(record_key, base=base)
    elif verdict == VERDICTS["accept"]:
        review.accept(record_key, changes, base=base)
    elif changes:
        review.correct(record_key, changes, base=base)


def _code(name: str, cell: Any) -> Any:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if name in _CODES:
        return _CODES[name][cell]
    if name == "date":
        return date.fromisoformat(str(cell)[:10])
    return int(cell) if name == "count" else str(cell).strip()
