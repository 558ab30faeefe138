"""The time axis of a chart: a calendar where days follow each other, a list where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ui import labels

MOST_BINS = 120
MOST_DRAWN = 200
"""Bins that a chart may have where the step was chosen by hand: with nine groups and two statuses
these are as many bars as a browser draws in half a second."""
_STEPS = {"D": 1, "W": 7, "M": 30}
NAMES = {"D": "day", "W": "week", "M": "month"}


@dataclass(frozen=True)
class TimeAxis:
    """Bins of one width in order; `calendar` is false where only bins with figures are drawn."""

    bins: tuple[pd.Timestamp, ...]
    freq: str
    calendar: bool

    def place(self, dates: pd.Series | pd.Index | Sequence[pd.Timestamp]) -> np.ndarray:
        """Where these bins stand on the axis: a date, or the bin's name (str)."""
        # Days in few letters, and each bin named once: a chart has some thousand of them.
        days = pd.DatetimeIndex(dates)
        if self.calendar:
            return iso_days(days)
        names = {date: self.name(date) for date in self.bins}
        return np.array([names[date] for date in days], dtype=str)

    def bin(self, place: str) -> pd.Timestamp | None:
        """The bin at a place that `place` gives; None for another."""
        found = {str(one): date for one, date in zip(self.place(self.bins), self.bins, strict=True)}
        return found.get(place if not self.calendar else place[:10])

    def name(self, date: pd.Timestamp) -> str:
        """A bin's name: "1 Nov 2023", "week of 30 Oct 2023", "Nov 2023"."""
        if self.freq == "M":
            return f"{pd.Timestamp(date):%b %Y}"
        return f"week of {labels.day(date)}" if self.freq == "W" else labels.day(date)


def iso_days(dates: pd.Series | pd.Index) -> np.ndarray:
    """Days as "2023-11-01" (str); many at once cost little."""
    return np.datetime_as_string(dates.to_numpy(dtype="datetime64[D]"))


def bin_starts(dates: pd.Series, freq: str) -> pd.Series:
    """For many days at once the first day of the bin that each falls into (see `bin_start`)."""
    days = dates.dt.normalize()
    if freq == "W":
        return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    return days - pd.to_timedelta(days.dt.day - 1, unit="D") if freq == "M" else days


def n_bins(dates: pd.Series, freq: str) -> int:
    """How many bins of this width these days fall into."""
    return int(bin_starts(dates.dropna(), freq).nunique())


def choose_freq(dates: pd.Series) -> str:
    """Day, week or month ("D", "W", "M"): the finest that gives at most `MOST_BINS` bins."""
    days = pd.to_datetime(dates.dropna())
    return next((freq for freq in ("D", "W") if n_bins(days, freq) <= MOST_BINS), "M")


def time_axis(dates: pd.Series, freq: str) -> TimeAxis:
    """The axis for these bins (each bin's first day), a calendar where at most half are empty."""
    bins = tuple(pd.Timestamp(date) for date in sorted(dates.dropna().unique()))
    if len(bins) < 2:
        return TimeAxis(bins, freq, False)
    spanned = (bins[-1] - bins[0]).days / _STEPS[freq] + 1
    return TimeAxis(bins, freq, spanned <= 2 * len(bins))


def bin_start(date: pd.Timestamp, freq: str) -> pd.Timestamp:
    """The first day of the bin that a day falls into; weeks begin on Monday."""
    day = pd.Timestamp(date).normalize()
    if freq == "W":
        return day - pd.Timedelta(days=day.weekday())
    return day.replace(day=1) if freq == "M" else day
