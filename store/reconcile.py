"""From claims to counts: the rules by which claims become figures that can be summed.

Every function takes a record frame (`store.frame`) or a slice of one, leaves it as it is, and
gives a new frame. Nothing here reads the clock, the database or the order of the rows: the same
claims give the same figures, whatever the order of their arrival.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def judge(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims with what the rules make of each: columns added to the record frame.

    | column | dtype | meaning |
    | --- | --- | --- |
    | `event_key` | str | the event that the claim tells of; NaN for running totals |
    | `role` | category | `best`, `support` (says the same as the best), `rival` (says other),
      `repeat` (of a near copy), `revised` (by its own report), `running_total` |
    | `reason` | str | why it has this role, in words for a reader |
    | `left_out` | category | why a sum over all does not count it, NaN where it is counted:
      `running_total`, `repeat`, `revised`, `rival`, `support`, `part` (of another figure),
      `exceeded` (by the sum of its parts), `families` (households are not people) |
    """
    raise NotImplementedError


def events(claims: pd.DataFrame) -> pd.DataFrame:
    """One row an event: claims about the same day, place, people and status.

    | column | dtype | meaning |
    | --- | --- | --- |
    | `event_key` | str | made of the fields below |
    | `date`, `date_from` | datetime64[us] | the day, or the period's last and first day |
    | `crossing`, `origin`, `destination`, `group`, `nationality`, `demographic`, `status`, `unit` |
      category | as in the record frame |
    | `low`, `best`, `high` | Int64 | low <= best <= high |
    | `low_open`, `high_open` | bool | some claim says "at most", "at least" |
    | `n_claims`, `n_sources`, `n_reports` | Int64 | repeats are no claims, copies no reports |
    | `conflict` | bool | claims differ |
    | `best_reason` | str | why `best` was chosen, in words for a reader |
    | `best_record` | str | its record key |
    | `record_keys` | object (tuple of str) | all claims, repeats among them |
    | `part_of` | str | the event that this one is counted in, NaN for none |
    """
    raise NotImplementedError


def totals(claims: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """People by status and the columns named in `by`, each person counted once.

    `by` may name `date`, `crossing`, `origin`, `destination`, `group`, `nationality`,
    `demographic`; `status` is always there, because crossed, expected, waiting and refused are
    never added to each other. Cells add up: the sum over any `by` is the total without it. A
    remainder of a figure that its parts do not explain stands in the row where the part's
    column is missing ("", NaN, or the group `unspecified` or `mixed`).
    Columns: `status`, those of `by`, `low`, `best`, `high` (Int64), `n_claims`, `n_left_out`
    (Int64), `record_keys`, `left_out_keys` (tuples of str). Families are left out.
    """
    raise NotImplementedError


def daily(claims: pd.DataFrame, by: str = "group", freq: str = "D") -> pd.DataFrame:
    """People per day, week or month, tidy for the timeline.

    `freq` is "D", "W" (weeks from Monday) or "M" (months). A period's figure stands on its last
    day, less what its days account for. Claims without a day are not in it.
    Columns: `date` (datetime64[us], first day of the bin), `status`, the column `by`, `low`,
    `best`, `high`, `n_claims`, `n_left_out` (Int64), `record_keys` (tuple of str).
    """
    raise NotImplementedError


def running_totals(claims: pd.DataFrame) -> pd.DataFrame:
    """Running totals held against the sum of days, one row a stated total.

    Columns: `date`, `date_from`, `status`, `crossing`, `origin`, `destination`, `group`,
    `nationality`, `demographic`, `low`, `best`, `high` (what the sources state), `days_sum`
    (Int64: people in events of these days, place and people), `share` (Float64:
    `days_sum / best`), `n_days` (Int64), `n_claims`, `record_keys`, `day_record_keys`.
    """
    raise NotImplementedError


def rivals(claims: pd.DataFrame) -> pd.DataFrame:
    """Events (see `events`) on which claims differ, largest difference first.

    Adds `difference` (Int64, high - low) and `difference_share` (Float64, of `best`).
    """
    raise NotImplementedError


def expected_against_crossed(claims: pd.DataFrame) -> pd.DataFrame:
    """What was expected set against what then crossed, per day, crossing and group.

    Columns: `date`, `crossing`, `group`, `expected_low`, `expected`, `expected_high`,
    `crossed_low`, `crossed`, `crossed_high` (Int64, NA where none is on record), `share`
    (Float64, crossed / expected), `record_keys`.
    """
    raise NotImplementedError


def left_out_summary(judged: pd.DataFrame) -> str:
    """What a sum leaves out, in words: "3 figures left out: 2 running totals, 1 part of another".

    `judged` is the result of `judge`; "" where nothing is left out.
    """
    raise NotImplementedError
