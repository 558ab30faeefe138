"""Claims made ready for the rules: fields as numbers, what no filter changes worked out once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from store.cached_property import cached_property
from store.codes import Ints, Mask, coded, dense, order_by, pack, starts
from store.revisions import is_taken_back

NO_DAY = -(10**9)
"""In `first` and `last`: the day is not known."""

MOVEMENT = ("crossing", "origin", "destination", "group", "nationality", "demographic")
"""The fields that say where people moved and who they are."""

OWN_PEOPLE = ("resident", "patient", "companion")
"""Groups that come from the place left where nothing else is said of them."""

EXACTNESS = {"exact": 0, "about": 1, "at_least": 2, "at_most": 2}

WORDS = (*MOVEMENT, "status", "scope", "unit", "qualifier")


@dataclass(frozen=True)
class Claims:
    """The rows of a record frame that no reviewer rejected, as arrays of numbers.

    `at`: their places in the frame. `codes` and `words`: the fields of `WORDS` as numbers of
    sorted words, "" first; `peoples` beside them is the nationality as far as it tells these
    people from others (in the words of `nationality`). `low`, `high`: the claim's own bounds;
    `first`, `last`: its days since 1970 (`NO_DAY` when unknown; the same for an event of one day);
    `span` numbers these two. `published` in days (`NO_DAY`: unknown). `report` and `lead` (of the
    family of near copies) are numbers in the order of the keys; `voice` is who says so (the
    speaker, else the publisher, else the lead); `line` the order by report, place in the text and
    key; `sentence` is the same number for the same sentence; `taken_back` says that the
    sentence takes the figure back, where another claim of the report could replace it;
    `reasoned` that a reviewer who recommends it said why.
    """

    frame: pd.DataFrame
    at: Ints
    codes: dict[str, Ints]
    words: dict[str, list[str]]
    low: Ints
    high: Ints
    first: Ints
    last: Ints
    span: Ints
    spans: Ints
    published: Ints
    report: Ints
    reports: list[str]
    lead: Ints
    voice: Ints
    n_voices: int
    start: Ints
    line: Ints
    sentence: Ints
    exactness: Ints
    running: Mask
    subset: Mask
    recommended: Mask
    reasoned: Mask
    taken_back: Mask

    def __len__(self) -> int:
        return len(self.at)

    @cached_property
    def key_rank(self) -> Ints:
        """The place of each row in the order of the record keys."""
        keys = self.frame["record_key"].iloc[self.at]
        rank = np.empty(len(self), dtype="int64")
        rank[keys.argsort().to_numpy()] = np.arange(len(self))
        return rank

    def code(self, name: str, word: str) -> int:
        """The number of a word in a field; -1 where no claim states it."""
        try:
            return self.words[name].index(word)
        except ValueError:
            return -1

    def size(self, name: str) -> int:
        """How many words a field has."""
        return len(self.words["nationality" if name == "peoples" else name])

    def into(self, name: str, other: str) -> Ints:
        """For each word of one field its number in another; -1 where that does not have it."""
        place = {word: i for i, word in enumerate(self.words[other])}
        return np.array([place.get(word, -1) for word in self.words[name]], dtype="int64")


def prepared(frame: pd.DataFrame) -> Claims:
    """The claims of a record frame (`store.frame`) as numbers, and rule 1's families."""
    at = np.flatnonzero((frame["review"] != "rejected").to_numpy()).astype("int64")
    rows = frame if len(at) == len(frame) else frame.iloc[at]
    codes: dict[str, Ints] = {}
    words: dict[str, list[str]] = {}
    for name in WORDS:
        codes[name], words[name] = coded(rows[name])
    low = rows["count"].to_numpy(dtype="int64")
    high = rows["count_max"].fillna(rows["count"]).to_numpy(dtype="int64")
    running = codes["scope"] == _place(words["scope"], "cumulative")
    first, last = _days(rows["date_from"]), _days(rows["date"])
    # A first day after the last one was misread: the day that is sure is the last.
    unknown = (first == NO_DAY) | (first > last)
    first = np.where(unknown, np.where(running, NO_DAY, last), first)
    span, spans = dense((first - NO_DAY) * 2**31 + (last - NO_DAY))
    report, lead, reports = _reports(rows)
    voice, n_voices = _voices(rows, lead, reports)
    peoples = _peoples(codes, words)
    start = rows["start"].to_numpy(dtype="int64")
    exact = np.array([EXACTNESS.get(word, 0) for word in words["qualifier"]], dtype="int64")
    same = [running.astype("int64"), span, *(codes[n] for n in ("group", "demographic"))]
    kind = order_free(report, *same, peoples, codes["status"], codes["unit"])
    return Claims(
        frame=frame,
        at=at,
        codes=codes | {"peoples": peoples},
        words=words,
        low=low,
        high=np.maximum(low, high),
        first=first,
        last=last,
        span=span,
        spans=spans.astype("int64"),
        published=_days(rows["published"]),
        report=report,
        reports=reports,
        lead=lead,
        voice=voice,
        n_voices=n_voices,
        start=start,
        line=_lines(rows["record_key"], report, start),
        sentence=dense(rows["sentence"].to_numpy())[0],
        exactness=exact[codes["qualifier"]],
        running=running,
        subset=rows["subset"].to_numpy(dtype=bool),
        recommended=rows["recommended"].to_numpy(dtype=bool),
        reasoned=rows["recommended_reason"].notna().to_numpy(),
        taken_back=_taken_back(rows, kind, low),
    )


def order_free(*columns: Ints) -> Ints:
    """A number for each distinct row of these columns (of numbers from 0)."""
    return dense(pack(*((column, _size(column)) for column in columns)))[0]


def _size(column: Ints) -> int:
    return int(column.max()) + 1 if len(column) else 1


def _place(words: list[str], word: str) -> int:
    return words.index(word) if word in words else -1


def _days(column: pd.Series) -> Ints:
    days = column.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype("int64"))


def _reports(rows: pd.DataFrame) -> tuple[Ints, Ints, list[str]]:
    """Reports and leads as numbers in the order of their keys, and the keys."""
    own, keys = coded(rows["report_key"])
    copy_of, leads = coded(rows["near_copy_of"])
    both = sorted({*keys, *leads})
    place = {key: i for i, key in enumerate(both)}
    report = np.array([place[key] for key in keys], dtype="int64")[own]
    lead = np.array([place[key] for key in leads], dtype="int64")[copy_of]
    copied = rows["near_copy_of"].notna().to_numpy()
    return report, np.where(copied, lead, report), both


def _voices(rows: pd.DataFrame, lead: Ints, reports: list[str]) -> tuple[Ints, int]:
    speaker, speakers = coded(rows["source"])
    publisher, publishers = coded(rows["publisher"])
    place = {key: i for i, key in enumerate(reports)}

    def number(words: list[str]) -> Ints:
        numbers = [place.setdefault(word, len(place)) if word else -1 for word in words]
        return np.array(numbers, dtype="int64")

    said = number([word.casefold().strip() for word in speakers])[speaker]
    own = number([f"publisher: {word.casefold()}" if word else "" for word in publishers])
    voice = np.where(said >= 0, said, own[publisher])
    return np.where(voice >= 0, voice, lead), len(place)


def _peoples(codes: dict[str, Ints], words: dict[str, list[str]]) -> Ints:
    """The nationality that tells a claim's people from others: "" where it tells nothing.

    "81 wounded Palestinians" and "88 wounded", both out of Palestine, are rival figures for the
    same patients: the name of the place's own people adds nothing. Not so for the people of no
    stated group, where "200 Palestinians" are a part of "500 people".
    """
    origins = {word: i for i, word in enumerate(words["origin"])}
    home = np.array([origins.get(word, -1) for word in words["nationality"]], dtype="int64")
    theirs = np.array([word in OWN_PEOPLE for word in words["group"]], dtype=bool)
    own = theirs[codes["group"]] & (home[codes["nationality"]] == codes["origin"])
    return np.where(own, 0, codes["nationality"])


def _lines(keys: pd.Series, report: Ints, start: Ints) -> Ints:
    """The place of each row in the order by report, place in the text and record key."""
    order = order_by(report, start)
    tied = (np.diff(report[order]) == 0) & (np.diff(start[order]) == 0)
    if tied.any():
        # Only of figures at one place of a text does the key decide.
        group = np.cumsum(np.r_[True, ~tied])
        several = np.flatnonzero(np.r_[False, tied] | np.r_[tied, False])
        names = np.unique(keys.to_numpy(dtype=object)[order[several]], return_inverse=True)[1]
        order[several] = order[several][order_by(group[several], names)]
    line = np.empty(len(order), dtype="int64")
    line[order] = np.arange(len(order))
    return line


def _taken_back(rows: pd.DataFrame, kind: Ints, low: Ints) -> Mask:
    taken = np.zeros(len(rows), dtype=bool)
    order = order_by(kind, low)
    if not len(order):
        return taken
    begin = starts(kind[order])
    size = np.diff(np.r_[begin, len(order)])
    lowest, highest = low[order][begin], low[order][begin + size - 1]
    several = order[np.repeat(highest > lowest, size)]
    told = zip(rows["sentence"].iloc[several], rows["count_text"].iloc[several], strict=True)
    taken[several] = [is_taken_back(sentence, text) for sentence, text in told]
    return taken
