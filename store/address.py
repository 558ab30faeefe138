"""The shared filter as the address holds it: `?group=patient&from=2023-11-01&crossing=Rafah`.

Pure functions between query parameters and the store's `Filter`. Codes, not labels, stand in the
address, so that a link keeps its meaning when a label or a count beside it changes. A value that
cannot be read is dropped, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from urllib.parse import parse_qs, urlencode

from store.crossing_names import crossing_name
from store.query import UNSTATED, Filter

UNSTATED_WORD: Final = (
    "-"  # "what states nothing in this field", where the store has the empty text
)
Kind = Literal["choices", "date", "share", "text"]
Params = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name in the address, the filter's field, how it is read, its label."""

    name: str
    field: str
    kind: Kind
    label: str
    column: str | None = None


PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter("from", "date_from", "date", "From"),
    Parameter("to", "date_to", "date", "To"),
    Parameter("status", "statuses", "choices", "Status", "status"),
    Parameter("group", "groups", "choices", "Group", "group"),
    Parameter("nationality", "nationalities", "choices", "Nationality", "nationality"),
    Parameter("crossing", "crossings", "choices", "Crossing", "crossing"),
    Parameter("origin", "origins", "choices", "From country", "origin"),
    Parameter("destination", "destinations", "choices", "To country", "destination"),
    Parameter("speaker", "sources", "choices", "Who says so", "source"),
    Parameter("publisher", "publishers", "choices", "Publisher", "publisher"),
    Parameter("scope", "scopes", "choices", "Scope", "scope"),
    Parameter("review", "review", "choices", "Review", "review"),
    Parameter("confidence", "min_confidence", "share", "Confidence at least"),
    Parameter("report", "reports", "choices", "Report", "report_key"),
    Parameter("q", "text", "text", "Words"),
)
BY_NAME: Final = {parameter.name: parameter for parameter in PARAMETERS}


def parse(raw: Mapping[str, Sequence[str]]) -> Params:
    """The filter's parameters out of an address: readable ones only, without repeats."""
    params: Params = {}
    for parameter in PARAMETERS:
        texts = [text.strip() for text in raw.get(parameter.name, ()) if text.strip()]
        if parameter.name == "crossing":
            # An old link or a hand-written one may spell the place otherwise.
            texts = [text if text == UNSTATED_WORD else crossing_name(text) for text in texts]
        kept = tuple(dict.fromkeys(text for text in texts if _readable(parameter, text)))
        if kept:
            params[parameter.name] = kept if parameter.kind == "choices" else kept[:1]
    return params


def to_filter(params: Mapping[str, tuple[str, ...]]) -> Filter:
    """The store's filter for these parameters."""
    fields: dict[str, Any] = {}
    for name, texts in params.items():
        parameter = BY_NAME[name]
        if texts:
            fields[parameter.field] = _value(parameter, texts)
    return Filter(**fields)


def from_query(query: str) -> Filter:
    """The filter for an address's query, or what stands after its "?", as a command gets it.

    Raises ValueError for a parameter that is none, or a value that cannot be read: where a page
    shows what it dropped, a file would not.
    """
    raw = parse_qs(query.strip().rpartition("?")[2], keep_blank_values=True)
    for name, texts in raw.items():
        if name not in BY_NAME:
            raise ValueError(f"no such filter: {name!r}; choose from {', '.join(BY_NAME)}")
        for text in texts:
            if not text.strip() or not _readable(BY_NAME[name], text.strip()):
                raise ValueError(f"{name}={text!r} cannot be read as a filter")
    return to_filter(parse(raw))


def to_query(params: Mapping[str, tuple[str, ...]]) -> str:
    """These parameters as the query of an address: "group=patient&from=2023-11-01"."""
    return urlencode([(name, text) for name, texts in params.items() for text in texts])


def _readable(parameter: Parameter, text: str) -> bool:
    if parameter.kind in {"choices", "text"}:
        return len(text) <= 300
    try:
        _value(parameter, (text,))
    except ValueError:
        return False
    return True


def _value(parameter: Parameter, texts: tuple[str, ...]) -> Any:
    if parameter.kind == "choices":
        return tuple(UNSTATED if text == UNSTATED_WORD else text for text in texts)
    if parameter.kind == "date":
        return date.fromisoformat(texts[0])
    if parameter.kind == "share":
        share = float(texts[0])
        if not 0 <= share <= 1:
            raise ValueError(f"{texts[0]} is not between 0 and 1")
        return share
    return texts[0]
