"""GeoJSON (RFC 7946): one feature an event, at its crossing."""

from __future__ import annotations

from typing import Any

from store.export.table import Table
from store.export.values import json_text, rows


def to_geojson(table: Table) -> bytes:
    """A FeatureCollection of the rows of a table whose rows lie at one place each.

    The geometry is the crossing's point, whose `precision` is among the properties; null where
    the gazetteer does not know it: an unlocated event is told, not put somewhere. Raises
    ValueError for a table without places.
    """
    if not table.places:
        raise ValueError(f"the table {table.name} has no places to draw on a map")
    features = [json_text(_feature(row)) for row in rows(table)]
    head = '{"type": "FeatureCollection", "features": [\n'
    return (head + ",\n".join(features) + "\n]}\n").encode("utf-8")


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = row.pop("latitude"), row.pop("longitude")
    known = latitude is not None and longitude is not None
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    key = {"id": row["event_key"]} if "event_key" in row else {}
    return {"type": "Feature", **key, "geometry": point if known else None, "properties": row}
