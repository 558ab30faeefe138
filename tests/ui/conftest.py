"""A ledger with a few known claims, and the dashboard run through its entry script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from extraction.record import Record
from extraction.reports import Report
from store.ledger import Store
from ui import first_run

ROOT = Path(__file__).parents[2]
DAY = date(2023, 11, 1)

TEXT = (
    "RAFAH - Some 400 foreigners are expected to cross on Wednesday. "
    "Egypt said 81 patients would be let in. Palestinian sources spoke of 88 patients. "
    "By nightfall 361 foreigners had crossed, including 31 Austrians. "
    "Since Wednesday a total of 640 people have left."
)
OTHER = "TORKHAM - On Thursday 2,000 Afghans returned through Torkham, a border guard said."

Run = Callable[..., AppTest]


def claim(text: str, figure: str, count: int, article: str = "rafah", **fields: object) -> Record:
    """A record whose offsets and sentence are found in the text; `fields` replace the rest."""
    start = text.index(figure)
    begin = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    end = text.index(".", start) + 1
    plain = Record(
        article=article,
        count=count,
        count_max=None,
        qualifier="exact",
        count_text=figure,
        unit="people",
        group="foreign_national",
        demographic=None,
        nationality=(),
        status="crossed",
        scope="event",
        subset=False,
        date=DAY,
        date_from=None,
        crossing="Rafah",
        origin="PS",
        destination="EG",
        source=None,
        sentence=text[begin:end],
        start=start,
        end=start + len(figure),
        confidence=0.8,
        inferred=("crossing",),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


RECORDS = [
    claim(TEXT, "Some 400", 400, qualifier="about", status="expected"),
    claim(TEXT, "81", 81, group="patient", status="expected", source="Egypt"),
    claim(TEXT, "88", 88, group="patient", status="expected", source="Palestinian sources"),
    claim(TEXT, "361", 361),
    claim(TEXT, "31", 31, nationality=("AT",), subset=True),
    claim(TEXT, "640", 640, scope="cumulative", group="unspecified", date=date(2023, 11, 2)),
]
OTHER_RECORDS = [
    claim(
        OTHER,
        "2,000",
        2000,
        article="torkham",
        group="returnee",
        nationality=("AF",),
        crossing="Torkham",
        origin="PK",
        destination="AF",
        date=date(2023, 11, 2),
        source="a border guard",
    )
]


@pytest.fixture(autouse=True)
def no_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No samples are read into an empty ledger; gives the folder where a test may put some."""
    folder = tmp_path / "samples"
    folder.mkdir()
    monkeypatch.setattr(first_run, "SAMPLES", folder)
    return folder


@pytest.fixture
def ledger(own_ledger: str) -> Store:
    """Two reports: a day at Rafah with rival and expected figures, and returns at Torkham."""
    store = Store(own_ledger)
    store.add(
        Report("rafah", TEXT, "A day at Rafah", DAY, "Wire desk"), RECORDS, extractor="by hand"
    )
    store.add(
        Report("torkham", OTHER, "Back through Torkham", date(2023, 11, 3), "Border Post"),
        OTHER_RECORDS,
        extractor="by hand",
    )
    return store


@pytest.fixture
def dashboard() -> Run:
    """Run the dashboard through `app.py`, on a page of `pages/`, with an address's parameters."""

    def run(page: str | None = None, **query: list[str]) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        for name, values in query.items():
            at.query_params[name] = values
        at.run()
        if page and page != "overview":
            at.switch_page(f"pages/{page}.py").run()
        return at

    return run


def words(at: AppTest) -> str:
    """All the words on a page, to look for some in them."""
    kinds = ("title", "subheader", "markdown", "caption", "text", "info", "warning", "error")
    return "\n".join(str(element.value) for kind in kinds for element in at.get(kind))
