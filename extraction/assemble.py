"""Records from readings: repeated mentions merged, fields that were filled in marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extraction.context import Context
from extraction.record import Record
from extraction.thread import Reading

_FAMILIES = re.compile(r"(?:\s+[\w’'-]+){0,3}?\s+(?:famil(?:y|ies)|households?)\b", re.IGNORECASE)


def assemble(context: Context, readings: Sequence[Reading]) -> list[Record]:
    """One record per reading, in order of the text; a figure said twice is one record.

    Said twice (RECORD.md): the same count, group, nationality, status and date.
    """
    out: list[Record] = []
    seen: set[tuple[object, ...]] = set()
    for reading in readings:
        record = _record(context, reading)
        said = (
            record.count,
            record.count_max,
            record.unit,
            record.group,
            record.nationality,
            record.status,
            record.date,
            record.demographic,
        )
        if said in seen and record.count > 20:
            continue
        seen.add(said)
        out.append(record)
    return out


def _record(context: Context, reading: Reading) -> Record:
    figure = reading.candidate.figure
    text = context.document.text
    values = reading.values
    origin, destination = values["route"]  # type: ignore[misc]
    published = context.report.published
    inferred = [name for name, told in _told(context, reading).items() if not told]
    return Record(
        article=context.report.id,
        count=figure.count,
        count_max=figure.count_max,
        qualifier=figure.qualifier,
        count_text=text[figure.start : figure.end],
        unit=_unit(text, reading),
        group=str(values["group"]),
        demographic=None if values["demographic"] == "None" else str(values["demographic"]),
        nationality=tuple(values["nationality"]),  # type: ignore[arg-type]
        status=str(values["status"]),
        scope=str(values["scope"]),
        subset=values["subset"] == "True",
        date=values["date"] or published,  # type: ignore[arg-type]
        date_from=values["date_from"],  # type: ignore[arg-type]
        crossing=values["crossing"],  # type: ignore[arg-type]
        origin=origin,  # type: ignore[has-type]
        destination=destination,  # type: ignore[has-type]
        source=values["source"],  # type: ignore[arg-type]
        sentence=reading.candidate.sentence.text,
        start=figure.start,
        end=figure.end,
        inferred=tuple(inferred),
    )


def _unit(text: str, reading: Reading) -> str:
    candidate = reading.candidate
    noun = candidate.parse.words[candidate.noun] if candidate.noun is not None else None
    if noun is not None and noun.lemma in ("family", "household"):
        return "families"
    figure = candidate.figure
    match = _FAMILIES.match(text, figure.end, min(len(text), figure.end + 40))
    return "families" if match and "," not in match.group() and noun is None else "people"


def _told(context: Context, reading: Reading) -> dict[str, bool]:
    """For the date and places, whether the figure's own sentence tells them."""
    sentence = reading.candidate.sentence
    values = reading.values
    lowered = sentence.text
    crossing = values["crossing"]
    out = {}
    day = values["date"]
    if isinstance(day, date):
        out["date"] = bool(reading.doubts.get("date_told"))
    if isinstance(crossing, str):
        out["crossing"] = all(part in lowered for part in crossing.split(" and "))
    spans = [m for m in context.countries if sentence.start <= m.start < sentence.end]
    for name, code in zip(("origin", "destination"), values["route"], strict=True):  # type: ignore[call-overload]
        if code is not None:
            out[name] = any((m.code or m.home) == code for m in spans)
    return out
