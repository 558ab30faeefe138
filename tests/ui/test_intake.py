"""Reports in: read, kept, shown, and of each file said what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from extraction.record import Record
from extraction.reports import Report
from store import keeping
from store.batches import Batches
from store.ledger import Store
from store.previewed import correct_kept
from tests.ui.conftest import TEXT, Run, claim, words
from ui import worker
from ui.sections import preview

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

    monkeypatch.setattr(keeping, "read_figures", extract)
    monkeypatch.setattr(preview, "read_figures", extract)


def upload(run: Run, *files: tuple[str, bytes]):
    at = run("overview")
    box = at.file_uploader(key="upload_overview_0")
    for name, content in files:
        box.upload(name, content)
    return read(at)


def read(at: AppTest) -> AppTest:
    """Run the page until what was brought is read: the first reading may take a while."""
    at.run()
    batches = Batches(Store())
    for number in batches.unfinished():
        until = time.monotonic() + 30
        while not batches.progress(number).finished and time.monotonic() < until:
            time.sleep(0.05)
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
    assert "empty.txt** – not added: it is empty" in told
    assert "binary.txt** – not added: it is a program" in told
    assert "broken.txt** – not added: reading it failed (RuntimeError)" in told
    assert "day.txt** – 1 figure read" in told


def test_a_report_without_figures_is_kept_and_says_so(dashboard: Run, own_ledger: str) -> None:
    at = upload(dashboard, ("calm.txt", b"Nobody went anywhere."))
    assert "no figure of people crossing" in words(at)
    assert len(Store(own_ledger).reports()) == 1


def test_a_report_whose_days_hang_on_its_publication_is_held_until_that_is_told(
    dashboard: Run, own_ledger: str
) -> None:
    at = upload(dashboard, ("2024-05-06 monday.txt", UNDATED.encode()))
    assert "When was it published" in words(at)
    assert len(Store(own_ledger).reports()) == 0
    day = at.date_input(key="held_overview_1_0_0")
    assert day.value == date(2024, 5, 6)  # the file's name says so
    day.set_value(date(2024, 5, 7)).run()
    at.button(key="held_overview_1_0_0_with").click().run()
    assert "1 figure read from 1 report" in words(at)
    kept = Store(own_ledger).records()
    assert list(kept["date"].dt.date) == [date(2024, 5, 7)]


def pasted(at: AppTest, text: str) -> AppTest:
    """The form for a pasted text, filled in and sent, before the page has run."""
    at.text_area(key="paste_text_reports_0").set_value(text)
    at.text_input(key="paste_title_reports_0").set_value("Monday at the border")
    at.text_input(key="paste_publisher_reports_0").set_value("Border Post")
    at.date_input(key="paste_published_reports_0").set_value(date(2024, 5, 6))
    at.button(key="FormSubmitter:paste_reports_0-Read this text").click()
    return at


def paste(at: AppTest, text: str) -> AppTest:
    """Send a text by the form, and wait until it is read."""
    return read(pasted(at, text))


def test_a_pasted_text_is_kept_with_what_is_known_of_it_and_leaves_its_box(
    dashboard: Run, own_ledger: str
) -> None:
    at = paste(dashboard("reports"), UNDATED)
    assert not at.exception
    report = Store(own_ledger).reports().iloc[0]
    assert (report["title"], report["publisher"]) == ("Monday at the border", "Border Post")
    assert "1 figure read from 1 report" in words(at)
    assert at.text_area(key="paste_text_reports_1").value == ""


def test_an_empty_pasted_text_says_so_and_what_was_typed_stays(dashboard: Run) -> None:
    at = pasted(dashboard("reports"), "  ").run()
    assert "there is no text in it" in words(at)
    assert at.text_input(key="paste_title_reports_0").value == "Monday at the border"


def test_a_report_is_looked_at_corrected_and_then_kept(dashboard: Run, own_ledger: str) -> None:
    at = dashboard("reports")
    at.toggle(key="preview_reports").set_value(True).run()
    at.file_uploader(key="upload_reports_0").upload("day.txt", TEXT.encode())
    read(at)
    assert not at.exception
    assert "1 report waits for your look" in words(at)
    assert len(Store(own_ledger).reports()) == 0
    at.text_input(key="preview_reports_1_0_0_title").set_value("A day at Rafah").run()
    at.button(key="preview_reports_1_0_0_keep").click().run()
    assert not at.exception
    assert list(Store(own_ledger).reports()["title"]) == ["A day at Rafah"]
    assert list(Store(own_ledger).records()["count"]) == [81]


def test_a_report_that_is_left_out_is_not_kept(dashboard: Run, own_ledger: str) -> None:
    at = dashboard("reports")
    at.toggle(key="preview_reports").set_value(True).run()
    at.file_uploader(key="upload_reports_0").upload("day.txt", TEXT.encode())
    read(at)
    at.button(key="preview_reports_1_0_0_leave").click().run()
    assert "left out; nothing of it is in the ledger" in words(at)
    assert len(Store(own_ledger).reports()) == 0


def test_what_was_changed_in_the_preview_is_told_by_where_the_figure_stands() -> None:
    record = claim(TEXT, "81", 81, group="patient")
    rows = preview._rows([record, claim(TEXT, "88", 88)])
    assert preview.changes_of([record, claim(TEXT, "88", 88)], rows) == {}
    rows.loc[0, "group"] = "resident"
    rows.loc[0, "nationality"] = "ps, at"
    rows.loc[1, "keep"] = False
    assert preview.changes_of([record, claim(TEXT, "88", 88)], rows) == {
        (record.start, record.end): {"group": "resident", "nationality": ("AT", "PS")},
        (TEXT.index("88"), TEXT.index("88") + 2): None,
    }


def test_a_correction_in_the_preview_is_a_review_beside_the_machine_s_reading(
    own_ledger: str,
) -> None:
    store = Store(own_ledger)
    first, second = claim(TEXT, "81", 81), claim(TEXT, "88", 88)
    key = store.add(Report("a", TEXT), [first, second], extractor="x").key
    said = {(first.start, first.end): {"group": "patient"}, (second.start, second.end): None}
    assert correct_kept(store, key, said) == 2
    (row,) = store.records().to_dict("records")
    assert (row["count"], row["group"], row["review"]) == (81, "patient", "corrected")


def test_a_table_asks_for_its_text_column(dashboard: Run, own_ledger: str) -> None:
    table = b"day,note\n2024-05-06,Nobody went anywhere.\n"
    at = upload(dashboard, ("days.csv", table))
    assert "Which of its columns holds the text" in words(at)
    at.selectbox(key="column_overview_1_0").set_value("note").run()
    at.button(key="column_overview_1_0_read").click()
    read(at)
    assert [r["filename"] for r in Store(own_ledger).reports().to_dict("records")] == [
        "days.csv, row 2"
    ]


def test_a_report_in_another_language_is_kept_and_said_to_be_unread(
    dashboard: Run, own_ledger: str
) -> None:
    french = "Environ 250 people, soit 400 étrangers, ont franchi mercredi le poste frontière. " * 3
    at = upload(dashboard, ("fr.txt", french.encode()))
    assert "kept, but not read: it is in French; only English is read" in words(at)
    assert Store(own_ledger).records().empty


def test_the_list_is_searched_and_a_removed_report_is_put_back(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("reports")
    at.text_input(key="library_search").set_value("torkham guard").run()
    assert "1 report of 2" in words(at)
    key = str(ledger.reports()["key"].iloc[0])
    ledger.remove(key)
    at.run()
    at.button(key=f"restore_{key[:16]}").click().run()
    assert len(ledger.reports()) == 2


def test_a_report_is_read_again_with_today_s_rules(ledger: Store) -> None:
    reports = ledger.reports()
    key = str(reports.loc[reports["n_records"] == 6, "key"].iloc[0])
    assert keeping.read_again(ledger, key) == "changed"
    records = ledger.records()
    assert list(records[records["report_key"] == key]["count"]) == [81]
    assert keeping.read_again(ledger, key) == "same"


def test_a_batch_that_somebody_left_is_offered_and_goes_on(dashboard: Run, own_ledger: str) -> None:
    batches = Batches(Store(own_ledger))
    number = batches.new([(f"{n}.txt", f"Day {n}: nobody came.".encode()) for n in range(3)])
    batches.cancel(number)
    at = dashboard("reports")
    assert "A batch of 3 files is stopped: 3 wait" in words(at)
    at.button(key=f"take_up_reports_{number}").click().run()
    worker.wait(number, 10)
    at.run()
    assert batches.progress(number).finished
    assert "0 figures read from 3 reports" in words(at)
