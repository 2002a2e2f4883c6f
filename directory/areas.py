"""What territories and venues lie in: «formation Oise» finds what is held in Creil."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from directory.enums import TerritoryLevel
from directory.models.places import Territory, Venue
from directory.official_territories import OfficialTerritory, official_by_code, official_territory
from directory.typed_names import words_of
from search.entries import FacetValue


def with_areas(facts: dict[str, Any], venues: Iterable[Venue] = ()) -> dict[str, Any]:
    """Return facts with what their territories and some venues lie in, themselves among it, as «areas»."""
    territories: list[Territory] = facts.get("territories", [])
    places = [place for venue in venues if not venue.territory_id and (place := commune_of(venue))]
    found = [
        *_of_the_tree(territories),
        *(area for place in places for area in _of_the_state(place.level, place.insee_code)),
    ]
    return {**facts, "areas": list({area.code: area for area in found}.values())} if found else facts


def commune_of(venue: Venue) -> OfficialTerritory | None:
    """Return the commune where a venue without territory stands, by its postcode and town; None where they disagree."""
    named = [row for row in official_by_code(venue.postcode) if words_of(row.name) == words_of(venue.town)]
    return next((row for row in named if row.level == TerritoryLevel.COMMUNE), None)


def _of_the_tree(territories: Iterable[Territory]) -> Iterator[FacetValue]:
    """Yield territories of the directory, those above them in its tree, and those that the State adds: one query."""
    paths = {row.path[:end] for row in territories for end in range(row.steplen, len(row.path) + 1, row.steplen)}
    # The names of the tree are those that editors know them by: they come last, and stay.
    held = list(Territory.objects.filter(path__in=paths)) if paths else []
    for row in held:
        if row.level != TerritoryLevel.NEIGHBOURHOOD:
            yield from _of_the_state(row.level, row.insee_code)
    for row in held:
        yield FacetValue(f"{row.level}:{row.insee_code}", row.name)


@lru_cache(maxsize=2000)
def _of_the_state(level: str, code: str) -> tuple[FacetValue, ...]:
    """Return a territory of the State's list and what holds it; nothing for a code that it lacks."""
    row = official_territory(level, code)
    holding = [official_territory(*key) for key in row.lies_in] if row else []
    return tuple(FacetValue(":".join(found.key), found.name) for found in (row, *holding) if found)
