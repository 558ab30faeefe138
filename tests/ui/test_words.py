"""The words on the screen, the colours, the pages' registry, the method's figures."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from extraction import record
from store.judge import LEFT_OUT, ROLES
from tests.ui.conftest import Run, words
from ui import labels, palette
from ui.sections import method


@pytest.mark.parametrize(
    ("vocabulary", "table"),
    [
        (record.GROUPS, labels.GROUPS),
        (record.GROUPS, labels.GROUPS_HELP),
        (record.GROUPS, palette.GROUP_COLOURS),
        (record.STATUSES, labels.STATUSES),
        (record.STATUSES, labels.STATUSES_HELP),
        (record.STATUSES, palette.STATUS_COLOURS),
        (record.SCOPES, labels.SCOPES),
        (record.QUALIFIERS, labels.QUALIFIERS),
        (record.DEMOGRAPHICS, labels.DEMOGRAPHICS),
        (ROLES, labels.ROLES),
        (ROLES, labels.ROLES_HELP),
        (LEFT_OUT, labels.LEFT_OUT),
    ],
)
def test_every_word_of_a_vocabulary_has_its_label(
    vocabulary: tuple[str, ...], table: dict[str, str]
) -> None:
    assert set(table) == set(vocabulary)


def test_no_label_is_a_code() -> None:
    tables = (labels.GROUPS, labels.STATUSES, labels.SCOPES, labels.DEMOGRAPHICS, labels.FIELDS)
    assert [word for table in tables for word in table.values() if "_" in word] == []


def test_no_two_groups_and_no_two_statuses_share_a_colour() -> None:
    for table in (palette.GROUP_COLOURS, palette.STATUS_COLOURS):
        assert len(set(table.values())) == len(table)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((400, None, "about"), "about 400"),
        ((300, 400, "exact"), "300–400"),
        ((2000, pd.NA, "at_least"), "at least 2,000"),
        ((24, None, "exact", "families"), "24 families"),
        ((None,), "–"),
    ],
)
def test_a_figure_reads_as_a_reader_would_say_it(arguments: tuple[object, ...], text: str) -> None:
    assert labels.amount(*arguments) == text


def test_unknown_is_not_stated_and_never_nan() -> None:
    assert labels.value("crossing", float("nan")) == "not stated"
    assert labels.place(None) == "not stated"
    assert labels.day(pd.NaT) == "no date"


def test_the_method_says_that_accuracy_was_not_measured(
    dashboard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(method, "ACCURACY", tmp_path / "none.json")
    assert "has not been measured yet" in words(dashboard("method"))


def test_the_method_shows_what_was_measured(
    dashboard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "accuracy.json"
    measured = {"figure": 0.91, "ledger": 0.75, "full": 0.6, "articles": 40, "gold": 300}
    file.write_text(json.dumps({**measured, "how": "by hand", "fields": {"group": 0.93}}))
    monkeypatch.setattr(method, "ACCURACY", file)
    at = dashboard("method")
    assert [tile.value for tile in at.metric] == ["0.91", "0.75", "0.60"]
    assert "300 annotated figures in 40 reports" in words(at)


def test_links_of_the_method_to_other_documents_become_plain_words() -> None:
    text = "# Method\nSee [the record](record.md) and [IDMC](https://www.idmc.example)."
    assert method.without_links(text) == "See the record and [IDMC](https://www.idmc.example)."
