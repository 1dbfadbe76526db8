"""The boundaries of the municipalities, for a map and to see whether a point lies in one.

They are simplified by about a hundred metres (data/SOURCES.md), so a point counts as inside up to
`MARGIN` outside of the line.
"""

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "gemeenten_boundaries.geojson"
#: In metres.
MARGIN = 300.0
METRES_A_DEGREE = 111_320.0

Ring = list[tuple[float, float]]


@cache
def _features() -> dict[str, dict[str, Any]]:
    collection = json.loads(FILE.read_text())
    return {feature["properties"]["nis"]: feature for feature in collection["features"]}


def boundary(nis: str) -> dict[str, Any] | None:
    """The GeoJSON feature of the gemeente with this NIS code, or None."""
    return _features().get(nis)


def contains(nis: str, lat: float, lon: float) -> bool:
    """Does the point (degrees, WGS84) lie in the gemeente? Of one whose boundary we do not have,
    every point does."""
    feature = boundary(nis)
    if feature is None:
        return True
    rings = [_flat(ring, lat, lon) for ring in _rings(feature["geometry"])]
    # A hole is a ring as well: crossing it twice is being outside.
    inside = sum(_crossings(ring) for ring in rings) % 2 == 1
    return inside or any(_distance(ring) <= MARGIN for ring in rings)


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield from polygon


def _flat(ring: Ring, lat: float, lon: float) -> Ring:
    """In metres east and north of the point."""
    width = METRES_A_DEGREE * cos(radians(lat))
    return [((x - lon) * width, (y - lat) * METRES_A_DEGREE) for x, y in ring]


def _edges(ring: Ring) -> Iterator[tuple[float, float, float, float]]:
    for (ax, ay), (bx, by) in pairwise(ring):
        yield ax, ay, bx, by


def _crossings(ring: Ring) -> int:
    """How often a line from the origin to the east meets the ring."""
    return sum(
        (ay > 0) != (by > 0) and ax + (0 - ay) * (bx - ax) / (by - ay) > 0
        for ax, ay, bx, by in _edges(ring)
    )


def _distance(ring: Ring) -> float:
    """From the origin to the nearest point of the ring."""
    return min(_to_edge(*edge) for edge in _edges(ring))


def _to_edge(ax: float, ay: float, bx: float, by: float) -> float:
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return hypot(ax + along * dx, ay + along * dy)
