"""Which days a text tells: every row both ways, and how each form is resolved."""

import time
from datetime import date

import pytest

from extraction.date_expressions import find_dates, infer_published
from extraction.date_patterns import date_matches, date_rows

ROWS = date_rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_matches_each_of_its_examples(row):
    for example in row.examples:
        assert row.name in [found.name for found, _ in date_matches(example)], example


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_row_matches_where_it_never_may(row):
    for text in row.never:
        assert row.name not in [found.name for found, _ in date_matches(text)], text


def test_every_example_of_a_row_makes_a_day():
    for row in ROWS:
        for example in row.examples:
            found = find_dates(f"On 1 March {example}", date(2016, 6, 6))
            assert found, (row.name, example)


def days(text, published):
    return [(e.first, e.last) for e in find_dates(text, date.fromisoformat(published))]


def last(text, published):
    return find_dates(text, date.fromisoformat(published))[-1].last.isoformat()


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("40 left on 4 March", "2026-02-05", "2026-03-04"),
        ("40 left on 4 November", "2026-02-05", "2025-11-04"),
        ("40 left on Wednesday, November 1", "2026-02-05", "2023-11-01"),
        ("as of 1 November 2568", "2025-11-01", "2025-11-01"),
        ("on 27.05.2020", "2020-06-01", "2020-05-27"),
        ("on 03/11/2023", "2023-11-05", "2023-11-03"),
        ("on Thursday", "2023-05-01", "2023-04-27"),
        ("last Thursday", "2023-05-01", "2023-04-27"),
        ("last Monday", "2023-05-01", "2023-04-24"),
        ("next Monday", "2023-05-01", "2023-05-08"),
        ("On Saturday 8,572 came. On the Saturday before, 5,286", "2022-09-27", "2022-09-17"),
        ("on Sunday of last week, and on Monday 208 crossed", "2023-05-01", "2023-04-24"),
        ("A week ago he hoped. By that day, Monday, 29 had crossed", "2023-05-01", "2023-04-24"),
        ("on Thursday the 3rd", "2024-10-07", "2024-10-03"),
        ("caught up on 21 December, and by the 25th", "2013-12-27", "2013-12-25"),
        ("the day before yesterday", "2024-01-05", "2024-01-03"),
        ("a week ago", "2024-01-08", "2024-01-01"),
        ("On 5 May 40 left. A day earlier it was 30", "2015-06-01", "2015-05-04"),
        ("On 5 May 40 left. Two days later it was 30", "2015-06-01", "2015-05-07"),
        ("On 5 May 40 left. The same day 30 came", "2015-06-01", "2015-05-05"),
        ("by the end of the year", "2025-04-17", "2025-12-31"),
        ("since the beginning of the month 40 people", "2025-04-17", "2025-04-01"),
        ("within 48 hours", "2025-04-17", "2025-04-19"),
        ("in 2014 they poured back in June alone", "2025-08-06", "2014-06-30"),
        ("in last year’s truce 29 left on 4 March", "2026-02-05", "2025-03-04"),
        ("last November", "2025-07-04", "2024-11-30"),
    ],
)
def test_a_day_is_resolved_against_publication(text, published, expected):
    assert last(text, published) == expected


@pytest.mark.parametrize(
    ("text", "published", "first", "end"),
    [
        ("24 September – 30 October 2024", "2024-10-30", "2024-09-24", "2024-10-30"),
        ("JUNE 2015 – 20 SEPTEMBER 2017", "2017-09-28", "2015-06-01", "2017-09-20"),
        ("the four days from April 24", "2025-04-28", "2025-04-24", "2025-04-27"),
        ("the five days to 19 November", "2016-12-01", "2016-11-15", "2016-11-19"),
        ("in the two weeks to May 6", "2025-11-05", "2025-04-22", "2025-05-06"),
        ("from Friday to Sunday", "2024-10-07", "2024-10-04", "2024-10-06"),
        ("between Saturday morning and Sunday morning", "2020-03-01", "2020-02-29", "2020-03-01"),
        ("in April, May and June", "2017-08-20", "2017-04-01", "2017-06-30"),
        ("from December 2022 to the end of July", "2023-09-08", "2022-12-01", "2023-07-31"),
        ("in the past three days", "2024-01-05", "2024-01-02", "2024-01-05"),
        ("in the past 24 hours", "2024-01-05", "2024-01-04", "2024-01-05"),
        ("last week", "2024-01-10", "2024-01-03", "2024-01-10"),
        ("this year", "2024-05-10", "2024-01-01", "2024-05-10"),
        ("in July", "2024-08-10", "2024-07-01", "2024-07-31"),
        ("in the first three months of 2024", "2024-06-28", "2024-01-01", "2024-03-31"),
        ("since mid-April 400 people", "2024-06-28", "2024-04-15", "2024-04-20"),
        ("in the first half of 2013", "2016-06-06", "2013-01-01", "2013-06-30"),
    ],
)
def test_a_period_gives_its_first_and_last_day(text, published, first, end):
    found = days(text, published)
    assert (date.fromisoformat(first), date.fromisoformat(end)) in found


def test_the_days_of_a_list_stay_days_of_their_own():
    kinds = [e.kind for e in find_dates("on Friday and Saturday", date(2024, 10, 7))]
    assert kinds == ["weekday", "weekday", "list"]


def test_a_weekday_may_also_look_ahead():
    (found,) = find_dates("flights on Friday", date(2024, 10, 7))
    assert found.last == date(2024, 10, 4)
    assert ("next", date(2024, 10, 11), None) in found.others


def test_a_dateline_is_no_day_told():
    text = "NAIROBI, 28 October 2010 (IRIN) - Some 20,000 fled, he said on 27 October."
    assert [e.kind for e in find_dates(text, date(2010, 10, 28))] == ["dateline", "date"]


def test_the_day_of_a_speech_does_not_displace_the_day_it_speaks_of():
    text = "882 left on Monday, officials said on Tuesday. On the same day 166 came home."
    assert find_dates(text, date(2017, 8, 29))[-1].last == date(2017, 8, 28)


@pytest.mark.parametrize("text", ["they may march", "the sat phone", "10 am", "in 1,500 cases"])
def test_a_word_or_number_that_only_looks_like_a_date_is_none(text):
    assert find_dates(text, date(2024, 1, 5)) == []


def test_an_impossible_day_is_left_out():
    assert find_dates("on 31 June", date(2024, 7, 5)) == []


def test_without_publication_only_full_dates_are_read():
    assert [e.last for e in find_dates("Monday, then 4 March 2019", None)] == [date(2019, 3, 4)]


def test_offsets_cut_the_expression_out_of_the_text():
    text = "Since Monday, 40 people; on 4 March, 50."
    cut = [text[e.start : e.end] for e in find_dates(text, date(2024, 3, 9))]
    assert cut == ["Monday", "4 March"]


def test_publication_is_inferred_from_a_full_date_in_the_first_lines():
    assert infer_published("NAIROBI, 28 October 2010 (IRIN) - 20 left") == date(2010, 10, 28)


def test_publication_is_inferred_from_a_weekday_that_pins_the_year():
    text = "On Wednesday, November 1, the gate opened."
    assert infer_published(text, date(2025, 1, 1)) == date(2023, 11, 1)
    assert infer_published(text, date(2020, 1, 1)) == date(2017, 11, 1)


def test_no_day_after_the_latest_allowed_is_taken_for_publication():
    assert infer_published("By 4 March 2031 all are to be home.", date(2026, 1, 1)) is None


def test_a_long_line_takes_no_longer_than_its_length_warrants():
    line = "from 3 " * 200 + "12 to " * 300 + "the last few " * 150 + "May the the the " * 60
    begin = time.perf_counter()
    find_dates(line, date(2024, 1, 5))
    assert time.perf_counter() - begin < 0.5
