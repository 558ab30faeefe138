"""The filter that every page, export and command shares."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from store.crossing_names import crossing_name

UNSTATED = ""
"""In a tuple of choices: also keep what states nothing in this field."""

_COLUMNS = {
    "groups": "group",
    "statuses": "status",
    "scopes": "scope",
    "crossings": "crossing",
    "origins": "origin",
    "destinations": "destination",
    "sources": "source",
    "publishers": "publisher",
    "reports": "report_key",
    "review": "review",
}
_SEARCHED = ("sentence", "title", "crossing", "crossing_as_written", "source", "publisher")


@dataclass(frozen=True)
class Filter:
    """What to keep. An empty tuple or None keeps everything; the fields are joined by "and".

    Within a tuple any one match keeps the row, and `UNSTATED` ("") matches a missing value.
    `date_from` and `date_to` are inclusive bounds on the record's `date`; a row with no date is
    kept only while neither bound is set. Records that a reviewer rejected are kept only where
    `review` names them. `sources` are speakers, `reports` are report keys,
    `crossings` may be spelled in any way that the gazetteer knows;
    `nationalities` are alpha-2 codes of which a record must name at least one. `min_confidence`
    keeps rows whose confidence is known and at least that. `text` is looked for as it stands,
    without regard to case, in sentence, title, crossing, speaker and publisher.
    """

    date_from: date | None = None
    date_to: date | None = None
    groups: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    crossings: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    min_confidence: float | None = None
    text: str | None = None

    def __bool__(self) -> bool:
        """True when the filter leaves anything out."""
        return any(getattr(self, field.name) not in ((), None, "") for field in fields(self))

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a record frame (see `store.frame`) that pass, in their order.

        A pure function: `frame` is left as it is; the index of the kept rows is kept too.
        """
        return frame[self.mask(frame)]

    def mask(self, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """For each row of a record frame whether it passes."""
        keep = pd.Series(True, index=frame.index)
        if not self.review:
            keep &= frame["review"] != "rejected"
        if self.date_from is not None:
            keep &= frame["date"] >= pd.Timestamp(self.date_from)
        if self.date_to is not None:
            keep &= frame["date"] <= pd.Timestamp(self.date_to)
        for name, column in _COLUMNS.items():
            chosen = getattr(self, name)
            if name == "crossings":
                chosen = tuple(crossing_name(one) if one != UNSTATED else one for one in chosen)
            if chosen:
                keep &= _among(frame[column], chosen)
        if self.nationalities:
            keep &= _names_any(frame["nationality"], self.nationalities)
        if self.min_confidence is not None:
            keep &= (frame["confidence"] >= self.min_confidence).fillna(False).astype(bool)
        if self.text:
            keep &= _says(frame, self.text)
        passes: npt.NDArray[np.bool_] = keep.to_numpy(dtype=bool)
        return passes


def standing(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a record frame that no reviewer rejected."""
    return frame[frame["review"] != "rejected"]


def _among(column: pd.Series, chosen: tuple[str, ...]) -> pd.Series:
    found = column.isin([word for word in chosen if word != UNSTATED])
    return found | column.isna() | (column == UNSTATED) if UNSTATED in chosen else found


def _names_any(column: pd.Series, chosen: tuple[str, ...]) -> pd.Series:
    # Few values occur, so each is split once and not once a row.
    wanted = set(chosen)
    kinds = [kind for kind in column.dropna().unique() if wanted & set(kind.split("|"))]
    found = column.isin(kinds)
    return found | column.isna() if UNSTATED in wanted else found


def _says(frame: pd.DataFrame, words: str) -> pd.Series:
    found = pd.Series(False, index=frame.index)
    for name in _SEARCHED:
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            kinds = frame[name].cat.categories
            hits = kinds[kinds.astype("str").str.contains(words, case=False, regex=False)]
            found |= frame[name].isin(hits)
        else:
            found |= frame[name].str.contains(words, case=False, regex=False, na=False).astype(bool)
    return found
