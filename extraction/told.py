"""Which fields the figure's own sentence tells; the others were filled in from the report."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date

from extraction.context import Candidate, Context
from extraction.countries import Mention
from extraction.dated import Expression
from extraction.dates import Days
from extraction.document import Sentence
from extraction.placenames import PlaceMention
from extraction.thread import Reading

FIELDS = ("date", "date_from", "nationality", "crossing", "origin", "destination", "source")
_NO_DAY = frozenset({"length", "dateline"})  # kinds that tell no day of the movement


class Telling:
    """What each sentence of one report tells, gathered once for all its figures."""

    def __init__(self, context: Context) -> None:
        """`context` carries the date that the report was read with."""
        self._days = Days(context, context.report.published)
        self._countries: dict[int, list[Mention]] = {}
        self._places: dict[int, list[PlaceMention]] = {}
        if context.document.sentences:
            for country in context.countries:
                at = context.document.sentence_at(country.start).index
                self._countries.setdefault(at, []).append(country)
            for place in context.places:
                at = context.document.sentence_at(place.start).index
                self._places.setdefault(at, []).append(place)
        self._usual = {m.text: m.name for ms in self._places.values() for m in ms}

    def told(self, reading: Reading) -> dict[str, bool]:
        """For each of `FIELDS` that has a value, whether the figure's own sentence tells it.

        A day is told by a dated expression that stands for it, a first day by one that begins
        on it or by a length ("in three days"), a country or nationality by a name of it, a
        crossing by any of its names, a speaker by the words given. The report's publication
        date is never told by its dateline.
        """
        candidate, values = reading.candidate, reading.values
        dates = [told.expression for told in self._days.in_sentence(candidate.sentence.index)]
        codes = {m.code or m.home for m in self._countries.get(candidate.sentence.index, ())}
        origin, destination = values["route"]  # type: ignore[misc]
        nationality: tuple[str, ...] = values["nationality"]  # type: ignore[assignment]
        crossing, source = values["crossing"], values["source"]
        out: dict[str, bool] = {}
        if day := _day(values, "date", self._days.published):
            out["date"] = any(day in _days_of(e) for e in dates)
        if first := _day(values, "date_from"):
            out["date_from"] = any(first in _first_days_of(e, day) for e in dates)
        if nationality:
            out["nationality"] = codes.issuperset(nationality)
        if isinstance(crossing, str):
            out["crossing"] = self._names(candidate, crossing)
        for name, code in (("origin", origin), ("destination", destination)):  # type: ignore[has-type]
            if code is not None:
                out[name] = code in codes
        if isinstance(source, str):
            out["source"] = _plain(source) in _plain(candidate.sentence.text)
        return out

    def _names(self, candidate: Candidate, crossing: str) -> bool:
        """Whether each crossing of the name ("X and Y") is named, by whatever alias."""
        sentence: Sentence = candidate.sentence
        here = {m.name for m in self._places.get(sentence.index, ())}
        usual = self._usual
        if usual.get(crossing, crossing) in here or crossing in sentence.text:
            return True
        return all(
            part in sentence.text or usual.get(part, part) in here
            for part in crossing.split(" and ")
        )


def _day(values: Mapping[str, Hashable], name: str, otherwise: date | None = None) -> date | None:
    value = values[name]
    return value if isinstance(value, date) else otherwise


def _days_of(expression: Expression) -> set[date]:
    """The days that a dated expression may stand for, less lengths, which name none."""
    if expression.kind in _NO_DAY:
        return set()
    return {expression.last, *(last for _, last, _ in expression.others)}


def _first_days_of(expression: Expression, day: date | None) -> set[date | None]:
    """The days on which a period may begin that an expression tells and that ends on `day`."""
    firsts = {expression.first, *(first for _, _, first in expression.others)}
    if expression.kind not in _NO_DAY:
        firsts.add(expression.last)  # "since 3 May"
    if expression.back is not None and day is not None:
        firsts.add(day - expression.back)
    return firsts


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
