"""Which days and first days a figure is offered, and what speaks for them."""

from datetime import date

import pytest

from extraction.columns import column, heads_column
from extraction.context import Candidate, Context
from extraction.date_evidence import date_features
from extraction.dates import Days, date_options
from extraction.document import read_document
from extraction.figures import find_figures
from extraction.parsing import Parse, Word
from extraction.periods import start_features, start_options
from extraction.reports import Report
from extraction.thread import Thread

FLAT = Parse((Word(0, 0, 1, "", "", "", "CD", "NUM", "ROOT", 0),), ((),))
TABLE = """Arrivals by country of asylum
Country / July / 1 January to 31 July
Kenya / 41,334 / 125,035
Djibouti / 833 / 2,938
"""


def laid_out(text):
    """A report's context with its figures, as if every sentence were one word to the parser."""
    document = read_document(text)
    candidates = []
    for sentence in document.sentences:
        for figure in find_figures(text, sentence.start, sentence.end):
            candidates.append(Candidate(len(candidates), figure, sentence, FLAT, 0, None))
    return Context(Report("r", text), document, {}, tuple(candidates), (), ())


def offered(text, published, count, earlier=()):
    """(where, variant, last) of each day offered to the figure of that count."""
    days = Days(laid_out(text), date.fromisoformat(published))
    (candidate,) = [c for c in days.context.candidates if c.figure.count == count]
    return days, candidate, date_options(days, candidate, earlier)


def starts(text, published, count, chosen, earlier=()):
    days, candidate, options = offered(text, published, count)
    found = start_options(days, candidate, options, date.fromisoformat(chosen), earlier)
    return [start.first and start.first.isoformat() for start in found]


def test_the_publication_date_is_always_offered():
    _, _, options = offered("Some 40 people crossed.", "2024-01-05", 40)
    assert [(o.where, o.last) for o in options] == [("published", date(2024, 1, 5))]


def test_without_publication_nothing_is_made_up():
    days = Days(laid_out("Some 40 people crossed on Monday."), None)
    assert date_options(days, days.context.candidates[0]) == []


def test_since_a_day_offers_publication_with_that_day_as_the_first():
    _, _, options = offered("Some 40 people crossed since Monday.", "2024-01-05", 40)
    since = [o for o in options if o.variant == "since"]
    assert [(o.last, o.first) for o in since] == [(date(2024, 1, 5), date(2024, 1, 1))]
    assert all(o.last != date(2024, 1, 1) for o in options)


def test_since_an_event_that_is_dated_offers_that_day_as_the_first():
    text = "Some 40 people crossed since clashes broke out on Monday."
    assert starts(text, "2024-01-05", 40, "2024-01-05") == [None, "2024-01-01"]


def test_a_heading_dates_what_stands_under_it():
    text = "Monday\n\nSome 40 people crossed the border.\n"
    _, _, options = offered(text, "2024-01-05", 40)
    assert ("heading", date(2024, 1, 1)) in [(o.where, o.last) for o in options]


def test_the_day_of_the_figure_before_is_offered_where_no_word_tells_it():
    _, _, options = offered("Of them 40 were women.", "2024-01-05", 40, [date(2023, 12, 1)])
    assert ("thread", date(2023, 12, 1)) in [(o.where, o.last) for o in options]


@pytest.mark.parametrize(
    ("text", "chosen", "first"),
    [
        ("40 crossed in the past three days.", "2024-01-04", "2024-01-01"),
        ("40 crossed in the past 24 hours.", "2024-01-05", "2024-01-04"),
        ("40 crossed in those four days.", "2024-01-04", "2024-01-01"),
    ],
)
def test_a_length_reckons_back_from_the_day_that_the_figure_took(text, chosen, first):
    assert first in starts(text, "2024-01-05", 40, chosen)


def test_a_beginning_told_elsewhere_in_the_report_is_offered():
    text = "60 have fled since 24 December.\n\nMuch later a man spoke.\n\n40 are in Chad so far."
    assert "2023-12-24" in starts(text, "2024-01-05", 40, "2024-01-05")


def test_no_first_day_is_offered_that_is_not_before_the_last():
    assert starts("40 crossed since Friday.", "2024-01-05", 40, "2024-01-05") == [None]


def test_a_table_head_settles_the_period_of_its_column():
    assert starts(TABLE, "2011-08-03", 833, "2011-07-31") == ["2011-07-01"]
    assert starts(TABLE, "2011-08-03", 2938, "2011-07-31") == ["2011-01-01"]


def test_columns_are_counted_in_rows_only():
    document = read_document(TABLE)
    assert column(document, TABLE.index("41,334")) == 1
    assert column(document, TABLE.index("by country")) is None
    assert heads_column(document, TABLE.index("July"), TABLE.index("833")) is True
    assert heads_column(document, TABLE.index("July"), TABLE.index("2,938")) is False


def test_options_told_alike_share_their_features():
    text = "Forty came on Monday or on Tuesday or on Wednesday and 50 left."
    days, candidate, options = offered(text, "2024-01-05", 50)
    rows = date_features(days, candidate, options, {"scope": "event"}, Thread())
    plain = [
        shared
        for option, (_, shared) in zip(options, rows, strict=True)
        if option.where == "sentence" and option.variant == "plain"
    ]
    assert len(plain) > 1
    assert all(part is plain[0] for part in plain)


def test_each_option_gets_its_row_of_features():
    text = "Forty came on Monday; since 4 March 50 left in three days."
    days, candidate, options = offered(text, "2024-03-09", 50)
    read = {"scope": "event", "date": date(2024, 3, 9)}
    assert len(date_features(days, candidate, options, read, Thread())) == len(options)
    found = start_options(days, candidate, options, date(2024, 3, 9))
    assert len(start_features(days, candidate, options, found, read, Thread())) == len(found)
