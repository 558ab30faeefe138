"""Records from readings: repeated mentions merged, each with its confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extraction.confidence import confidences
from extraction.context import Context
from extraction.model import LinearModel
from extraction.record import Record
from extraction.thread import Reading
from extraction.told import Telling

_FAMILIES = re.compile(r"(?:\s+[\w’'-]+){0,3}?\s+(?:famil(?:y|ies)|households?)\b", re.IGNORECASE)


def assemble(
    context: Context, readings: Sequence[Reading], model: LinearModel | None = None
) -> list[Record]:
    """One record per reading, in order of the text; a figure said twice is one record.

    Said twice (RECORD.md): the same count, group, nationality, status and date. `context`
    carries the date that the report was read with; `model` gives the confidence, the shipped
    one unless given.
    """
    if not readings:
        return []
    telling = Telling(context)
    told = [telling.told(reading) for reading in readings]
    sure = confidences(readings, model)
    out: list[Record] = []
    seen: set[tuple[object, ...]] = set()
    for reading, tells, confidence in zip(readings, told, sure, strict=True):
        record = _record(context, reading, tells, confidence)
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


def _record(
    context: Context, reading: Reading, told: Mapping[str, bool], confidence: float
) -> Record:
    figure = reading.candidate.figure
    text = context.document.text
    values = reading.values
    origin, destination = values["route"]  # type: ignore[misc]
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
        date=values["date"] or context.report.published,  # type: ignore[arg-type]
        date_from=values["date_from"],  # type: ignore[arg-type]
        crossing=values["crossing"],  # type: ignore[arg-type]
        origin=origin,  # type: ignore[has-type]
        destination=destination,  # type: ignore[has-type]
        source=values["source"],  # type: ignore[arg-type]
        sentence=reading.candidate.sentence.text,
        start=figure.start,
        end=figure.end,
        confidence=round(confidence, 3),
        inferred=tuple(name for name, here in told.items() if not here),
    )


def _unit(text: str, reading: Reading) -> str:
    candidate = reading.candidate
    noun = candidate.parse.words[candidate.noun] if candidate.noun is not None else None
    if noun is not None and noun.lemma in ("family", "household"):
        return "families"
    figure = candidate.figure
    match = _FAMILIES.match(text, figure.end, min(len(text), figure.end + 40))
    return "families" if match and "," not in match.group() and noun is None else "people"
