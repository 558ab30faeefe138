"""The numbers of docs/worked-example.md, which were worked out by hand, are the code's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extraction.record import Record
from extraction.reports import Report
from store import reconcile
from store.ledger import Store

PAGE = (Path(__file__).parents[2] / "docs" / "worked-example.md").read_text(encoding="utf-8")
COPY_LINE = "This story was first published by the wire desk."


def table(heading: str) -> list[dict[str, str]]:
    """The first table below a heading of the page, a dict a row."""
    section = PAGE.split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    names, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]


def numbers(heading: str) -> list[list[str]]:
    return [list(row.values()) for row in table(heading)]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, dict[str, str]]:
    """The five reports in a store: its record frame, and the claim's name for each record key."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('example') / 'ledger.db'}")
    rows = table("The claims")
    rows += [row | {"claim": row["claim"].replace("A", "C")} for row in rows if "A" in row["claim"]]
    for known in table("The reports"):
        mine = [row for row in rows if row["claim"].startswith(known["report"])]
        report, records = told(known, mine)
        store.add(report, records, extractor="by hand")
    frame = store.records()
    names = frame["article"].astype("str") + frame.groupby("article", observed=True).cumcount().add(
        1
    ).astype("str")
    return frame, dict(zip(frame["record_key"], names, strict=True))


def told(known: dict[str, str], rows: list[dict[str, str]]) -> tuple[Report, list[Record]]:
    name = known["report"]
    text, records = "", []
    for row in rows:
        before, figure, after = row["sentence"].split("**")
        start = len(text) + len(before)
        sentence = before + figure + after
        text += sentence + "\n"
        records.append(
            Record(
                article=name,
                count=int(row["count"]),
                count_max=None,
                qualifier=row["qualifier"],
                count_text=figure,
                unit="people",
                group=row["group"],
                demographic=None,
                nationality=tuple(row["nationality"].split()),
                status=row["status"],
                scope=row["scope"],
                subset=row["subset"] == "yes",
                date=date.fromisoformat(row["date"]),
                date_from=date.fromisoformat(row["date_from"]) if row["date_from"] else None,
                crossing="Rafah",
                origin="PS",
                destination="EG",
                source=row["source"] or None,
                sentence=sentence,
                start=start,
                end=start + len(figure),
            )
        )
    text += COPY_LINE if name == "C" else ""
    published = date.fromisoformat(known["published"])
    return Report(name, text, published=published, publisher=known["publisher"]), records


def cells(frame: pd.DataFrame, names: list[str]) -> list[list[str]]:
    def cell(value: Any) -> str:
        if pd.isna(value):
            return ""
        return str(value.date()) if isinstance(value, pd.Timestamp) else str(value)

    return [[cell(value) for value in row] for row in frame[names].itertuples(index=False)]


def test_each_claim_has_the_role_that_the_page_gives_it(kept: Any) -> None:
    frame, names = kept
    judged = reconcile.judge(frame)
    judged["claim"] = judged["record_key"].map(names)
    found = {row[0]: row[1:] for row in cells(judged, ["claim", "role", "left_out"])}
    assert found == {
        row["claim"]: [row["role"], row["left out"]] for row in table("What becomes of each claim")
    }


def test_what_is_left_out_is_summed_up_as_on_the_page(kept: Any) -> None:
    frame, _ = kept
    assert f"\n{reconcile.left_out_summary(reconcile.judge(frame)['left_out'])}.\n" in PAGE


@pytest.mark.parametrize(
    ("heading", "by"),
    [
        ("Per day", ["date"]),
        ("Per day and group", ["date", "group"]),
        ("By nationality", ["nationality"]),
        ("In all", []),
    ],
)
def test_totals_are_those_of_the_page(kept: Any, heading: str, by: list[str]) -> None:
    frame, _ = kept
    found = reconcile.totals(frame, by)
    # The running total D4 is of a group and a day for which no other figure counts.
    found = found[found["best"].fillna(0) > 0]
    names = list(table(heading)[0])
    assert cells(found, names) == numbers(heading)


def test_the_timeline_has_the_bars_of_the_page(kept: Any) -> None:
    frame, _ = kept
    found = reconcile.daily(frame)
    assert cells(found, ["date", "status", "group", "low", "best", "high"]) == numbers(
        "Per day and group"
    )


def test_the_running_total_is_held_against_the_days(kept: Any) -> None:
    frame, _ = kept
    (found,) = reconcile.running_totals(frame).to_dict("records")
    assert (found["best"], found["days_sum"], found["n_days"]) == (1250, 1189, 3)
    assert found["share"] == pytest.approx(0.9512)
    assert "1,189 / 1,250 = 0.9512" in PAGE


def test_expected_is_set_against_who_crossed(kept: Any) -> None:
    frame, _ = kept
    found = reconcile.expected_against_crossed(frame).sort_values("group")
    found["share"] = found["share"].round(4)
    assert cells(found, ["group", "expected", "crossed", "share"]) == numbers(
        "Expected against crossed"
    )


def test_rivals_come_largest_difference_first_with_all_claims_behind_them(kept: Any) -> None:
    frame, names = kept
    found = reconcile.rivals(frame)
    found["claims"] = [", ".join(sorted(names[k] for k in keys)) for keys in found["record_keys"]]
    heading = "Rivals, largest difference first"
    assert cells(found, list(table(heading)[0])) == numbers(heading)


def test_two_places_of_one_wire_story_are_one_source(kept: Any) -> None:
    frame, _ = kept
    event = reconcile.rivals(frame).set_index("difference").loc[7]
    assert (event["n_sources"], event["n_reports"], event["n_places"]) == (2, 1, 2)
