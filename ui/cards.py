"""A claim as a card: the figure, its group, day, crossing and speaker, and its sentence."""

from __future__ import annotations

from typing import Any

from ui import evidence, labels, palette, safe

_SENTENCE_MOST = 400


def card(claim: dict[str, Any], report: str | None = None) -> dict[str, Any]:
    """One row of the record frame (or of `reconcile.judge`) as data for the claims component.

    `report` names the report where the card stands outside of it. All values are plain text.
    """
    return {
        "key": str(claim["record_key"]),
        "figure": figure(claim),
        "group": people(claim),
        "colour": palette.group_colour(str(claim["group"])),
        "flag": flag(claim),
        "facts": facts(claim, report),
        "pieces": _short(evidence.sentence_pieces(claim)),
    }


SPOKEN = ["count", "count_max", "qualifier", "unit", "source", "publisher"]
"""The fields of a claim that tell a figure and who says so."""


def figure(claim: dict[str, Any]) -> str:
    """The claim's figure in words: "about 400"."""
    return labels.amount(
        claim["count"], claim["count_max"], claim["qualifier"], claim.get("unit", "people")
    )


def people(claim: dict[str, Any]) -> str:
    """Who is counted: nationality, demographic, group."""
    parts = [labels.value("group", claim["group"])]
    if not labels.missing(claim.get("demographic")):
        parts.append(labels.value("demographic", claim["demographic"]).lower())
    named = labels.countries(claim.get("nationality"))
    if named:
        parts.append(named)
    return " · ".join(parts)


def flag(claim: dict[str, Any]) -> str | None:
    """What keeps the claim out of a plain sum, in a word or two; None where nothing does."""
    if claim["scope"] == "cumulative":
        return "Running total"
    if bool(claim["subset"]):
        return "Part of another figure"
    role = claim.get("role")
    if not labels.missing(role) and role in {"rival", "revised", "repeat"}:
        return labels.value("role", role)
    return None


def facts(claim: dict[str, Any], report: str | None = None) -> list[dict[str, Any]]:
    """Day, crossing, way and speaker as name, value and whether the value was filled in."""
    inferred = set(str(claim.get("inferred") or "").split("|"))
    rows = [
        ("Status", labels.value("status", claim["status"]), "status" in inferred),
        ("Day", days(claim), "date" in inferred),
        (
            "Crossing",
            safe.plain(crossing(claim), 90),
            "crossing" in inferred,
        ),
        ("Way", way(claim), bool({"origin", "destination"} & inferred)),
        ("Who says so", safe.plain(speaker(claim), 90), False),
    ]
    if report:
        rows.append(("Report", safe.plain(report, 90), False))
    return [{"name": name, "value": value, "inferred": filled} for name, value, filled in rows]


def days(claim: dict[str, Any]) -> str:
    """The claim's day or stated period: "1 Nov 2023", "1 Oct 2023 – 27 Oct 2023"."""
    if labels.missing(claim["date"]):
        return labels.NOT_STATED
    if labels.missing(claim["date_from"]):
        return labels.day(claim["date"])
    return f"{labels.day(claim['date_from'])} – {labels.day(claim['date'])}"


def crossing(claim: dict[str, Any]) -> str:
    """The crossing's one name, and how the report has it where that is another name."""
    name = str(labels.value("crossing", claim["crossing"]))
    written = claim.get("crossing_as_written")
    if labels.missing(written) or str(written).casefold() == name.casefold():
        return name
    return f"{name} (in the report: {written})"


def way(claim: dict[str, Any]) -> str:
    """From where to where: "Palestine → Egypt"; "not stated" where neither is known."""
    if labels.missing(claim["origin"]) and labels.missing(claim["destination"]):
        return labels.NOT_STATED
    start = "?" if labels.missing(claim["origin"]) else labels.country(str(claim["origin"]))
    end = "?" if labels.missing(claim["destination"]) else labels.country(str(claim["destination"]))
    return f"{start} → {end}"


def _short(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sentences of a list or a table row can be long: cut around the figure."""
    if sum(len(piece["text"]) for piece in pieces) <= _SENTENCE_MOST:
        return pieces
    cut = []
    for at, piece in enumerate(pieces):
        text = piece["text"]
        if not piece.get("key") and len(text) > _SENTENCE_MOST // 2:
            half = _SENTENCE_MOST // 2
            text = "… " + text[-half:] if at == 0 and len(pieces) > 1 else text[:half] + " …"
        cut.append({**piece, "text": text})
    return cut


def speaker(claim: dict[str, Any]) -> str:
    """Who states the figure; "the report itself" where it speaks in its own voice."""
    return "the report itself" if labels.missing(claim["source"]) else str(claim["source"])


def report_name(claim: dict[str, Any]) -> str:
    """The title of the claim's report, else the name under which it came in."""
    return str(claim["article"] if labels.missing(claim["title"]) else claim["title"])
