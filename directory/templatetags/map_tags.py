"""Maps for templates."""

from collections.abc import Iterable
from typing import Any

from django import template

from directory import region_map as maps

register = template.Library()


@register.simple_tag(takes_context=True)
def region_map(context: dict[str, Any], places: Iterable[maps.Place]) -> maps.RegionMap | None:
    """Return the map of places on the outline of the centre's region, and number them; None where nothing is drawn."""
    return maps.region_map(places, getattr(context.get("centre"), "region", ""))
