"""A point inside each country, out of the shipped map outlines, for lines between countries."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise
from typing import Any, Final

import pycountry

from ui.navigation import ROOT

_FILE: Final = ROOT / "static" / "topojson" / "world_110m.json"

Ring = list[tuple[float, float]]


@cache
def country_points() -> dict[str, tuple[float, float]]:
    """ISO alpha-2 codes with the (latitude, longitude) of the middle of their largest part."""
    topology = json.loads(_FILE.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    points = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        entry = pycountry.countries.get(alpha_3=str(shape.get("id", "")))
        rings = _outer_rings(shape, arcs)
        if entry is None or not rings:
            continue
        longitude, latitude = _middle(max(rings, key=_size))
        points[entry.alpha_2] = (latitude, (longitude + 180) % 360 - 180)
    return points


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees: TopoJSON keeps them as differences on a grid."""
    (scale_x, scale_y) = topology["transform"]["scale"]
    (move_x, move_y) = topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def _outer_rings(shape: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    if shape["type"] == "Polygon":
        return [_ring(shape["arcs"][0], arcs)]
    if shape["type"] == "MultiPolygon":
        return [_ring(polygon[0], arcs) for polygon in shape["arcs"]]
    return []


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        ring += arcs[number] if number >= 0 else arcs[~number][::-1]
    return _unrolled(ring)


def _unrolled(ring: Ring) -> Ring:
    """The ring without its leap from 180 degrees east to 180 west: Russia and Fiji lie across."""
    out = ring[:1]
    for longitude, latitude in ring[1:]:
        leap = round((longitude - out[-1][0]) / 360)
        out.append((longitude - 360 * leap, latitude))
    return out


def _area(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def _size(ring: Ring) -> float:
    """The area as it is on the globe: a degree of longitude is short near the poles."""
    latitude = sum(point[1] for point in ring) / len(ring)
    return abs(_area(ring)) * math.cos(math.radians(latitude))


def _middle(ring: Ring) -> tuple[float, float]:
    area = _area(ring)
    if area == 0:
        return ring[0]
    x = sum((ax + bx) * (ax * by - bx * ay) for (ax, ay), (bx, by) in pairwise(ring))
    y = sum((ay + by) * (ax * by - bx * ay) for (ax, ay), (bx, by) in pairwise(ring))
    return x / (6 * area), y / (6 * area)
