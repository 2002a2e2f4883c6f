"""What a map of places shows: the outline of the region, and numbered marks that do not hide each other."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from directory.outlines import Outline, Point, outline_of

# Of 1,000 units, the longer side of a drawing. On a phone the drawing is 280 px wide, and a mark still 18 px.
RADIUS = 34
# More numbers than this would cover the drawing: the places further down the list get a dot without one.
MOST_NUMBERS = 40


@dataclass
class Place:
    """A place to show: its name, the row that says where it is, and what the list tells of it."""

    label: str
    where: Any = None
    text: str = ""
    # Its page in the directory.
    url: str = ""
    # Its number on the map; None where it is not drawn, or drawn without one.
    number: int | None = None


@dataclass(frozen=True)
class Mark:
    """A mark on the map: a dot at (x, y), its number at (number_x, number_y)."""

    label: str
    number: int | None
    x: float
    y: float
    number_x: float
    number_y: float

    @property
    def is_apart(self) -> bool:
        """True when the number stands beside its dot, with a line between them."""
        return self.number is not None and (self.x, self.y) != (self.number_x, self.number_y)


@dataclass
class RegionMap:
    """The drawing of a region with the marks of the places that lie in it."""

    outline: Outline
    marks: list[Mark] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What tells this map from another one of the same page, for ids."""
        return f"{crc32(repr(self.marks).encode()):x}"

    @property
    def view_box(self) -> str:
        """The `viewBox` of the drawing, with room for a mark on its edge."""
        return f"{-RADIUS} {-RADIUS} {self.outline.width + 2 * RADIUS} {self.outline.height + 2 * RADIUS}"


def region_map(places: Iterable[Place], region: str) -> RegionMap | None:
    """Return the map of a region (INSEE code) with its places, each told its number; None without outline or mark.

    Places without coordinates and those outside the region get no mark: the list that stands beside the map has all.
    """
    outline = outline_of(region)
    if outline is None:
        return None
    drawn = RegionMap(outline)
    taken: list[Point] = []
    for place in places:
        point = outline.project(getattr(place.where, "latitude", None), getattr(place.where, "longitude", None))
        if point is None:
            continue
        if len(taken) < MOST_NUMBERS:
            spot = _free_spot(point, taken)
            taken.append(spot)
            place.number = len(taken)
        else:
            spot = point
        drawn.marks.append(Mark(place.label, place.number, *point, *spot))
    return drawn if drawn.marks else None


def _free_spot(point: Point, taken: list[Point]) -> Point:
    """Return the spot nearest to a point where a number touches no other one; the point itself if all are taken."""
    spots = _spots_around(point)
    return next((spot for spot in spots if all(math.dist(spot, other) >= 2 * RADIUS for other in taken)), point)


def _spots_around(point: Point) -> Iterator[Point]:
    yield point
    for turn in range(1, 7):
        for step in range(12):
            angle = step * math.pi / 6
            x, y = point[0] + turn * RADIUS * math.cos(angle), point[1] - turn * RADIUS * math.sin(angle)
            yield (round(x, 1), round(y, 1))
