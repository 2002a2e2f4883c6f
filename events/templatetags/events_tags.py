"""Tags of the pages with dates."""

from typing import Any

from django import template

from events import choices
from events.found_dates import dates_of, in_these_towns_first
from events.models import Occurrence
from search.enums import FacetName
from search.hits import Hit
from search.query import Query

register = template.Library()


@register.simple_tag(takes_context=True)
def subscription(context: dict[str, Any], path: str) -> str:
    """Return the address by which calendar programs subscribe to a calendar of ours: webcal://host/path."""
    request = context.get("request")
    return f"webcal://{request.get_host()}{path}" if request else path


@register.filter
def to_come(occurrences: list[Occurrence]) -> list[Occurrence]:
    """Return the dates that are not over, called off or not."""
    return [occurrence for occurrence in occurrences if not occurrence.is_past]


@register.filter
def gone(occurrences: list[Occurrence]) -> list[Occurrence]:
    """Return the dates that are over."""
    return [occurrence for occurrence in occurrences if occurrence.is_past]


@register.filter
def bookable(occurrences: list[Occurrence]) -> list[Occurrence]:
    """Return the dates that take registrations, be it for the waiting list."""
    return [occurrence for occurrence in occurrences if occurrence.is_open_for_registration()]


@register.filter
def with_dates(hits: list[Hit], query: Query) -> list[Hit]:
    """Give the entries of these results the dates that they tell of, those in the towns of the query first.

    The same few queries for all; returns the results.
    """
    found, towns = dates_of(hit.entry for hit in hits), query.held_in.get(FacetName.PLACE, ())
    for hit in hits:
        hit.entry.dates = in_these_towns_first(found.get(hit.entry.pk, []), towns)
    return hits


# Above dates of the same content: how many are left to choose from.
register.simple_tag(choices.words_on_choices)
# Once for all of them: what they cost.
register.simple_tag(choices.same_price)
