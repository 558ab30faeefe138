"""A record as a citation: figure, speaker, publisher, date, link."""

from __future__ import annotations

from typing import Any

from ui import cards, labels, safe


def citation(claim: dict[str, Any], url: str | None, address: str) -> str:
    """One paragraph of plain text that cites a record.

    `claim` is a row of the record frame, `url` the report's address, `address` the record's own in
    the dashboard.
    """
    status = labels.value("status", claim["status"]).lower()
    place = "" if labels.missing(claim["crossing"]) else f", {claim['crossing']}"
    imprint = [f"“{cards.report_name(claim)}”"]
    if not labels.missing(claim["publisher"]):
        imprint.append(str(claim["publisher"]))
    published = claim["published"]
    imprint.append("no date" if labels.missing(published) else labels.day(published))
    told = (
        f"{cards.figure(claim)} ({cards.people(claim)}; {status}; {cards.days(claim)}{place}), "
        f"according to {cards.speaker(claim)}. {', '.join(imprint)}."
    )
    links = " ".join(one for one in (url, f"Crossing Ledger: {address}") if one)
    return safe.plain(f"{told} {links}", 2_000)
