"""The outlines of the French regions, and where a place stands on them. Sources: directory/data/NOTICE.md."""

import json
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "outlines.json"
KILOMETRES_PER_DEGREE = 111.32
# The lines are simplified: a harbour, or a town on the border, may stand just outside them.
MARGIN_KILOMETRES = 4

Point = tuple[float, float]


@dataclass(frozen=True)
class Departement:
    """A département of a region: its INSEE code, its name, and the `d` of its SVG path."""

    code: str
    name: str
    path: str

    @cached_property
    def rings(self) -> list[list[Point]]:
        """The points of its outline, island by island, in the units of the drawing."""
        rings: list[list[Point]] = []
        x = y = 0
        for ring in re.findall(r"m([^z]+)z", self.path):
            numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
            points = []
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x, y))
            rings.append(points)
            x, y = points[0]
        return rings


@dataclass(frozen=True)
class Outline:
    """The drawing of a region, `width` by `height` units; `scale_x` and `scale_y` are units per degree."""

    code: str
    name: str
    west: float
    north: float
    scale_x: float
    scale_y: float
    width: int
    height: int
    departements: tuple[Departement, ...]

    @property
    def margin(self) -> float:
        """How far outside the lines a place may stand, in units."""
        return MARGIN_KILOMETRES / KILOMETRES_PER_DEGREE * self.scale_y

    def project(self, latitude: Decimal | float | None, longitude: Decimal | float | None) -> Point | None:
        """Return where a place (degrees, WGS 84) stands in the drawing, or None outside the region or unknown.

        Equirectangular, as the drawing itself: at the size of a region nothing else is to be seen.
        """
        if latitude is None or longitude is None:
            return None
        point = ((float(longitude) - self.west) * self.scale_x, (self.north - float(latitude)) * self.scale_y)
        if not (-self.margin <= point[0] <= self.width + self.margin):
            return None
        if not (-self.margin <= point[1] <= self.height + self.margin):
            return None
        return (round(point[0], 1), round(point[1], 1)) if self._holds(point) else None

    def _holds(self, point: Point) -> bool:
        rings = [ring for departement in self.departements for ring in departement.rings]
        return any(_is_inside(point, ring) for ring in rings) or any(_gap(point, ring) <= self.margin for ring in rings)


def _is_inside(point: Point, ring: list[Point]) -> bool:
    """Tell whether a ray from the point to the east crosses the ring an odd number of times."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


def _gap(point: Point, ring: list[Point]) -> float:
    """Return the distance of a point to a ring."""
    return min(_distance(point, start, end) for start, end in zip(ring, [*ring[1:], ring[0]], strict=True))


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


@cache
def _stored() -> dict[str, dict[str, Any]]:
    return json.loads(DATA.read_text(encoding="utf-8"))


def region_choices() -> list[tuple[str, str]]:
    """Return (INSEE code, name) of the regions that can be drawn, by name."""
    names = [(code, region["name"]) for code, region in _stored().items()]
    return sorted(names, key=lambda choice: choice[1].replace("Î", "I"))


@cache
def outline_of(code: str) -> Outline | None:
    """Return the drawing of a region by its INSEE code; None where the code names none."""
    stored = _stored().get(code)
    if stored is None:
        return None
    departements = tuple(Departement(**row) for row in stored["departements"])
    return Outline(code=code, **{**stored, "departements": departements})
