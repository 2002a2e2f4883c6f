"""What templates ask of the directory."""

from typing import Any

from django import template

from directory.addresses import query_of, url_of
from directory.around import around
from directory.doors import Door, rows_named
from directory.references import PASSAGES
from search.enums import FacetName
from search.models import SearchEntry, SearchEntryFacet
from search.results import SearchResults

register = template.Library()
# What a passage names, in the order in which it is read.
NAMED = (FacetName.TERRITORY, FacetName.ORGANISATION, FacetName.NETWORK)


@register.filter
def directory_url(row: Any) -> str:
    """Return the address of a row's page in the directory, "" when it has none. Costs no query."""
    return url_of(row)


@register.filter
def names_in(entry: SearchEntry) -> list[SearchEntryFacet]:
    """Return the places, organisations and networks that a passage names, the themes of a page.

    Costs no query where the facets of the entry are read already.
    """
    wanted = NAMED if entry.kind in PASSAGES else (FacetName.THEME,)
    facets = [facet for facet in entry.facets.all() if facet.name in wanted]
    return sorted(facets, key=lambda facet: wanted.index(FacetName(facet.name)))


@register.filter
def directory_doors(results: SearchResults) -> list[Door]:
    """Return the rows of the directory that a search names, above the first page of its results."""
    return rows_named(results) if results.page.number == 1 else []


@register.simple_tag
def narrowed(address: str, kind: str = "", facet: SearchEntryFacet | None = None) -> str:
    """Return the address of a page of the directory that shows one kind of references, or those that name a facet."""
    query = query_of(kind, facet).removesuffix("&")
    return f"{address}?{query}" if query else address


# The territories around a commune of which nothing tells.
register.simple_tag(around)
