"""Whatever reports arrive, in whatever order: through the store, copies found by their text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from extraction.record import Record
from extraction.reports import Report
from store import reconcile
from store.ledger import Store
from tests.postgres import Server
from tests.store.claims_drawn import PUBLISHED, ROWS, Row, searched
from tests.store.claims_made import DAY, record, report

FEW = searched(4)
WORDS = 30
"""Words of its own in each sentence, so that two reports are alike only where one copies."""


@dataclass(frozen=True)
class Story:
    """A report with its records, as the extraction hands them to the store."""

    report: Report
    records: tuple[Record, ...]


def written(name: str, rows: list[Row]) -> Story:
    """A report that states these claims, one in a sentence."""
    text, sentences = "", []
    for n, row in enumerate(rows):
        words = " ".join(f"{name}{n}word{i}" for i in range(WORDS))
        sentences.append((len(text), f"In {words} they were {row['count']}."))
        text += sentences[-1][1] + "\n"
    records = []
    for row, (at, sentence) in zip(rows, sentences, strict=True):
        fields = {key: row[key] for key in row if key not in ("report", "recommended", "sentence")}
        fields["nationality"] = tuple(filter(None, row["nationality"].split("|")))
        told = record(sentence, str(row["count"]), **fields)
        # The figure stands at the sentence's end; names of words hold digits too.
        start = at + len(sentence) - 1 - len(told.count_text)
        records.append(replace(told, article=name, start=start, end=at + len(sentence) - 1))
    known = {"id": name, "published": PUBLISHED[name], "publisher": f"Publisher {name}"}
    return Story(report(text, **known), tuple(records))


def copied(story: Story, *, days_later: int, cut: bool) -> Story:
    """The story on another site: with a line added, or without its last sentence."""
    text = story.report.text
    kept = story.records
    if cut and len(kept) > 1:
        text = text[: text[:-1].rindex("\n") + 1]
        kept = kept[:-1]
    else:
        text = f"First published elsewhere, {days_later} days ago.\n{text}"
        move = len(text) - len(story.report.text)
        kept = tuple(replace(one, start=one.start + move, end=one.end + move) for one in kept)
    published = (story.report.published or DAY) + timedelta(days=days_later)
    known = {"id": f"copy {days_later}", "text": text, "published": published}
    return Story(replace(story.report, publisher=f"Site {days_later}", **known), kept)


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[Story], list[Story]]:
    """Up to four reports, and one or two copies of one of them, published on later days."""
    stories = []
    for name in draw(st.lists(st.sampled_from("abcd"), min_size=1, unique=True)):
        rows = draw(st.lists(ROWS, min_size=1, max_size=4))
        stories.append(written(name, rows))
    # Of a report without a date nobody can say that the copy is the later one.
    dated = [story for story in stories if story.report.published]
    if not dated:
        return stories, []
    original = draw(st.sampled_from(dated))
    copies = [copied(original, days_later=1, cut=draw(st.booleans()))]
    if draw(st.booleans()):
        copies.append(copied(original, days_later=2, cut=False))
    return stories, copies


def kept(stories: Iterable[Story], url: str | None = None) -> pd.DataFrame:
    """The record frame of a store, new or empty, to which the stories came in this order."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Store(url or f"sqlite:///{Path(folder) / 'ledger.db'}")) as store,
    ):
        for story in stories:
            store.add(story.report, story.records, extractor="made up")
        return store.records()


def counted(frame: pd.DataFrame, by: tuple[str, ...] = ("date", "group")) -> list[tuple[Any, ...]]:
    """Low, best and high of each cell that holds anybody, as plain text."""
    totals = reconcile.totals(frame, by)
    totals = totals[totals["best"].fillna(0) > 0]
    rows = totals[["status", *by, "low", "best", "high"]].astype("object").fillna("").astype("str")
    return sorted(rows.itertuples(index=False, name=None))


@FEW
@given(arrivals())
def test_a_near_copy_is_found_by_its_text_and_changes_no_total(
    arrived: tuple[list[Story], list[Story]],
) -> None:
    stories, copies = arrived
    before, after = kept(stories), kept([*stories, *copies])
    repeats = after[after["near_copy_of"].notna()]
    assert repeats["report_key"].nunique() == len(copies)
    assert counted(after) == counted(before)


@FEW
@given(arrivals(), st.randoms(use_true_random=False))
def test_the_order_of_upload_changes_nothing(
    arrived: tuple[list[Story], list[Story]], random: Any
) -> None:
    stories = [*arrived[0], *arrived[1]]
    shuffled = list(stories)
    random.shuffle(shuffled)
    one, other = kept(stories), kept(shuffled)
    assert counted(one) == counted(other)
    judged = [
        reconcile.judge(frame).set_index("record_key").sort_index()[["role", "reason", "left_out"]]
        for frame in (one, other)
    ]
    pd.testing.assert_frame_equal(*judged)


@searched(2)
@given(arrivals())
def test_postgresql_gives_the_very_frame_that_sqlite_gives(
    postgres: Server, arrived: tuple[list[Story], list[Story]]
) -> None:
    stories = [*arrived[0], *arrived[1]]
    pd.testing.assert_frame_equal(kept(stories), kept(stories, postgres.empty_ledger()))
