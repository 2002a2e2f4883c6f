"""What templates ask of the directory."""

from typing import Any

from django import template

from directory.addresses import query_of, url_of
from search.enums import FacetName
from search.models import SearchEntry, SearchEntryFacet

register = template.Library()
# What a passage names, in the order in which it is read.
NAMED = (FacetName.TERRITORY, FacetName.ORGANISATION, FacetName.NETWORK, FacetName.THEME)


@register.filter
def directory_url(row: Any) -> str:
    """Return the address of a row's page in the directory, "" when it has none. Costs no query."""
    return url_of(row)


@register.filter
def names_in(entry: SearchEntry) -> list[SearchEntryFacet]:
    """Return the places, networks and themes that an entry names. Costs no query where its facets are read already."""
    facets = [facet for facet in entry.facets.all() if facet.name in NAMED]
    return sorted(facets, key=lambda facet: NAMED.index(facet.name))


@register.simple_tag
def narrowed(address: str, kind: str = "", facet: SearchEntryFacet | None = None) -> str:
    """Return the address of a page of the directory that shows one kind of references, or those that name a facet."""
    query = query_of(kind, facet).removesuffix("&")
    return f"{address}?{query}" if query else address
