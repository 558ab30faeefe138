"""The record frame: one row a record, with documented columns and dtypes.

| column | dtype | meaning |
| --- | --- | --- |
| `record_key`, `report_key` | str | keys in the store |
| `article` | category | the name under which the report came in |
| `count`, `count_max` | Int64 | as in the record |
| `qualifier`, `unit`, `group`, `demographic`, `status`, `scope` | category, the vocabularies of
  `extraction.record` in their order | as in the record; a missing demographic is NaN |
| `count_text`, `sentence` | str | as in the report's text |
| `nationality` | category | alpha-2 codes joined by "|" ("AT", "AT|IT"); "" when none |
| `subset`, `recommended` | bool | `recommended`: a reviewer prefers this figure |
| `date`, `date_from`, `published` | datetime64[us] | days; NaT when unknown |
| `crossing` | category | the crossing's one name (`store.crossing_names`), NaN: unknown |
| `crossing_as_written` | category | the crossing as the record has it, NaN: unknown |
| `origin`, `destination`, `source`, `title`, `publisher` | category | NaN: unknown |
| `start`, `end` | Int64 | character offsets of `count_text` in the report's text |
| `confidence` | Float64 | 0 to 1, NA when not estimated |
| `inferred` | category | names of filled-in fields joined by "|", "" when none |
| `near_copy_of` | str | key of the report of which this row's report is a copy, NaN for none |
| `recommended_reason` | str | why, NaN when not recommended |
| `review` | category | `unreviewed`, `accepted`, `corrected`, `added` (the rules had missed it) or
  `rejected` |
| `machine_read` | str | what the rules read where a reviewer's value stands: JSON text by field,
  NaN where nothing differs |
| `reviewer`, `review_reason` | str | who said the newest word on it and why, NaN: nobody |
| `reviewed_at` | datetime64[us] | when, UTC |
| `review_version` | Int64 | the act of that newest word, undone ones too; 0: never reviewed |
| `review_fit` | category | how a review no longer fits (`store.overlay.FITS`), NaN where it does |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from extraction.record import DEMOGRAPHICS, GROUPS, QUALIFIERS, SCOPES, STATUSES, UNITS
from store.corrections import REVIEW_STATES
from store.crossing_names import crossing_name
from store.overlay import FITS

_VOCABULARIES = {
    "qualifier": QUALIFIERS,
    "unit": UNITS,
    "group": GROUPS,
    "demographic": DEMOGRAPHICS,
    "status": STATUSES,
    "scope": SCOPES,
    "review": REVIEW_STATES,
    "review_fit": FITS,
}
_KINDS = (
    "article",
    "nationality",
    "crossing",
    "crossing_as_written",
    "origin",
    "destination",
    "source",
    "inferred",
    "title",
    "publisher",
)

DTYPES: dict[str, Any] = {
    "record_key": "str",
    "report_key": "str",
    "article": "category",
    "count": "Int64",
    "count_max": "Int64",
    "qualifier": pd.CategoricalDtype(QUALIFIERS),
    "count_text": "str",
    "unit": pd.CategoricalDtype(UNITS),
    "group": pd.CategoricalDtype(GROUPS),
    "demographic": pd.CategoricalDtype(DEMOGRAPHICS),
    "nationality": "category",
    "status": pd.CategoricalDtype(STATUSES),
    "scope": pd.CategoricalDtype(SCOPES),
    "subset": "bool",
    "date": "datetime64[us]",
    "date_from": "datetime64[us]",
    "crossing": "category",
    "crossing_as_written": "category",
    "origin": "category",
    "destination": "category",
    "source": "category",
    "sentence": "str",
    "start": "Int64",
    "end": "Int64",
    "confidence": "Float64",
    "inferred": "category",
    "title": "category",
    "publisher": "category",
    "published": "datetime64[us]",
    "near_copy_of": "str",
    "recommended": "bool",
    "recommended_reason": "str",
    "review": pd.CategoricalDtype(REVIEW_STATES),
    "machine_read": "str",
    "reviewer": "str",
    "reviewed_at": "datetime64[us]",
    "review_reason": "str",
    "review_version": "Int64",
    "review_fit": pd.CategoricalDtype(FITS),
}
"""Columns of the record frame, in order, with the dtype of each."""


def record_frame(rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> pd.DataFrame:
    """Rows with the columns of `DTYPES` as a record frame with these dtypes.

    A column that no row has is filled with missing values (False for flags, "" for
    `nationality` and `inferred`, "unreviewed" for `review`, 0 for `review_version`).
    Crossings get their one name; how they were written is kept in `crossing_as_written`.
    Raises ValueError for a value that does not fit its dtype.
    """
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame.from_records(list(rows))
    frame = _with_crossing_names(frame)
    blank: dict[str, Any] = {
        "subset": False,
        "recommended": False,
        "nationality": "",
        "inferred": "",
    }
    blank |= {"review": REVIEW_STATES[0], "review_version": 0}
    columns: dict[str, pd.Series] = {}
    for name, dtype in DTYPES.items():
        column = frame[name] if name in frame else pd.Series(None, index=frame.index, dtype=object)
        if name in blank:
            column = column.where(column.notna(), blank[name])
        if name in _KINDS and not isinstance(column.dtype, pd.CategoricalDtype):
            column = column.astype("str")  # so that an empty column has categories of text too
        if name in _VOCABULARIES:
            strange = set(column.dropna().unique()) - set(_VOCABULARIES[name])
            if strange:
                raise ValueError(f"{name} holds {sorted(strange)}, not in the vocabulary")
        columns[name] = column.astype(dtype)
    return pd.DataFrame(columns, index=frame.index)


def _with_crossing_names(frame: pd.DataFrame) -> pd.DataFrame:
    if "crossing" not in frame:
        return frame
    written = frame["crossing"]
    # Few names occur, so each is looked up once and not once a row.
    names = {name: crossing_name(str(name)) for name in written.dropna().unique()}
    named = written.map(names).astype("str")
    if "crossing_as_written" in frame:
        return frame.assign(crossing=named)
    return frame.assign(crossing=named, crossing_as_written=written)


def empty_frame() -> pd.DataFrame:
    """A record frame with no rows."""
    return record_frame([])


def explode_nationality(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with one row a nationality: "AT|IT" becomes two rows, "" stays one row of "".

    For counting records, not people: a figure over two nationalities stands in both rows.
    The index repeats.
    """
    split = frame.assign(nationality=frame["nationality"].astype("str").str.split("|"))
    split = split.explode("nationality")
    return split.assign(nationality=split["nationality"].astype("category"))


def nationalities(frame: pd.DataFrame) -> list[str]:
    """The codes that occur in a record frame, sorted."""
    kinds = frame["nationality"].dropna().unique()
    return sorted({code for kind in kinds for code in kind.split("|") if code})
