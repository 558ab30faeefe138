"""Reports in: read, kept, shown, and of each file said what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from extraction.record import Record
from extraction.reports import Report
from store.ledger import Store
from tests.ui.conftest import TEXT, Run, claim, words
from ui import intake

UNDATED = "Officials said 250 people crossed on Monday."


@pytest.fixture(autouse=True)
def read_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that knows three texts, so that these tests need no language model."""

    def extract(report: Report) -> Sequence[Record]:
        if "81 patients" in report.text:
            return [claim(report.text, "81", 81, group="patient", status="expected")]
        if "250 people" in report.text:
            return [claim(report.text, "250", 250, date=report.published, crossing=None)]
        if "break" in report.text:
            raise RuntimeError("no such luck")
        return []

    monkeypatch.setattr(intake, "extract", extract)


def upload(run: Run, *files: tuple[str, bytes]):
    at = run("overview")
    box = at.file_uploader(key="upload_overview_0")
    for name, content in files:
        box.upload(name, content)
    return at.run()


def test_an_uploaded_report_is_kept_and_its_figures_are_shown(dashboard: Run) -> None:
    at = upload(dashboard, ("day.txt", TEXT.encode()))
    assert not at.exception
    assert "1 figure read from 1 report" in words(at)
    at.switch_page("pages/records.py").run()
    assert list(at.dataframe[0].value["People"]) == [81]


def test_the_same_report_twice_is_one(ledger: Store, dashboard: Run) -> None:
    at = upload(dashboard, ("again.txt", TEXT.encode()))
    assert "already here, with 6 figures; nothing was added" in words(at)
    assert len(ledger.reports()) == 2


def test_a_file_that_cannot_be_read_is_named_with_its_cause_and_the_others_go_on(
    dashboard: Run,
) -> None:
    at = upload(
        dashboard,
        ("empty.txt", b"  \n"),
        ("binary.txt", b"MZ\x00\x01"),
        ("broken.txt", b"break it"),
        ("day.txt", TEXT.encode()),
    )
    told = words(at).replace("\\", "")
    assert "empty.txt** – not added: there is no text in it" in told
    assert "binary.txt** – not added: this is not a text file" in told
    assert "broken.txt** – not added: reading it failed (RuntimeError)" in told
    assert "day.txt** – 1 figure read" in told


def test_a_report_without_figures_is_kept_and_says_so(dashboard: Run, own_ledger: str) -> None:
    at = upload(dashboard, ("calm.txt", b"Nobody went anywhere."))
    assert "no figure of people crossing" in words(at)
    assert len(Store(own_ledger).reports()) == 1


def test_a_report_whose_days_hang_on_its_publication_is_held_until_that_is_told(
    dashboard: Run, own_ledger: str
) -> None:
    at = upload(dashboard, ("monday.txt", UNDATED.encode()))
    assert "Say when it was published" in words(at)
    assert len(Store(own_ledger).reports()) == 0
    at.date_input(key="held_overview_1_0").set_value(date(2024, 5, 6)).run()
    at.button(key="held_overview_1_0_with").click().run()
    kept = Store(own_ledger).records()
    assert list(kept["date"].dt.date) == [date(2024, 5, 6)]


def test_a_pasted_text_is_kept_with_what_is_known_of_it(dashboard: Run, own_ledger: str) -> None:
    at = dashboard("reports")
    at.text_area(key="paste_text_reports").set_value(UNDATED)
    at.text_input(key="paste_title_reports").set_value("Monday at the border")
    at.text_input(key="paste_publisher_reports").set_value("Border Post")
    at.date_input(key="paste_published_reports").set_value(date(2024, 5, 6))
    at.get("form_submit_button")[0].click().run()
    assert not at.exception
    report = Store(own_ledger).reports().iloc[0]
    assert (report["title"], report["publisher"]) == ("Monday at the border", "Border Post")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbf81 people", "81 people"),
        ("81 people".encode("utf-16"), "81 people"),
        (b"caf\xe9", "café"),
        (b"a\r\nb", "a\nb"),
    ],
)
def test_a_text_file_is_decoded_by_the_stated_rule(content: bytes, text: str) -> None:
    assert intake.decode("a.txt", content) == text


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.exe", b"x", "only .txt and .md"),
        ("a.txt", b"", "no text"),
        ("a.txt", b"a\x00b", "not a text file"),
        ("a.txt", b"a" * 200_001, "limit is 200,000"),
    ],
)
def test_what_is_no_report_is_refused_with_its_cause(name: str, content: bytes, cause: str) -> None:
    with pytest.raises(intake.Refused, match=cause):
        intake.decode(name, content)


def test_a_file_name_is_data_and_never_a_path() -> None:
    assert intake.read_file("..\\..\\etc/passwd.txt", b"words").id == "passwd.txt"
