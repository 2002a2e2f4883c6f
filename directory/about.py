"""What a page of the directory says of its row, beside what refers to it: a constant number of queries each."""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from directory.enums import SDG
from directory.models import Country, Network, Organisation, Person, Programme, Territory, Theme
from directory.references import Subject, entries_by_code, is_named, named_beside, named_in_studies
from directory.row_kinds import RowKind
from directory.services import membership_for, membership_of
from search.enums import FacetName
from search.models import SearchEntryFacet

# How many organisations a country or a territory names: its list has them all.
ORGANISATIONS = 30


def subject_of(kind: RowKind, row: Any) -> Subject:
    """Return what entries must name for a row's page: the row, or for a territory whatever lies within it too."""
    if isinstance(row, Territory):
        keys = Territory.objects.filter(path__startswith=row.path).annotate(code=Cast("pk", CharField()))
        return Subject(FacetName.TERRITORY, keys.values("code"))
    return Subject(FacetName(kind.name), [kind.code_of(row)])


def details_of(row: Any, language: str) -> dict[str, Any]:
    """Return what the template of a row's kind shows."""
    details = DETAILS.get(type(row))
    return details(row, language) if details else {}


def _organisation(row: Organisation, language: str) -> dict[str, Any]:
    membership = membership_for(row, timezone.localdate())
    return {"membership": membership, "is_own": bool(membership and membership.organisation_id)}


def _network(row: Network, language: str) -> dict[str, Any]:
    themes = Theme.objects.filter(network_rows__network=row).order_by("network_rows__sort_order")
    cities = named_beside(FacetName.NETWORK, [row.code], FacetName.ORGANISATION).get(row.code, [])
    told = {city.code for city in cities}
    others = named_in_studies(FacetName.NETWORK, row.code, FacetName.ORGANISATION)
    return {"themes": list(themes), "cities": cities, "others": [other for other in others if other.code not in told]}


def _programme(row: Programme, language: str) -> dict[str, Any]:
    return {"networks": networks_with_cities(row.networks.all())}


def _theme(row: Theme, language: str) -> dict[str, Any]:
    return {"networks": networks_with_cities(Network.objects.filter(network_themes__theme=row).distinct())}


def _country(row: Country, language: str) -> dict[str, Any]:
    return {"organisations": list(named_organisations().filter(country=row)[:ORGANISATIONS])}


def _territory(row: Territory, language: str) -> dict[str, Any]:
    found = references_inside(language)
    children = [(child, len(found.get(child.path, ()))) for child in row.get_children()]
    inside = named_organisations().filter(territory__path__startswith=row.path)
    ancestors = list(row.get_ancestors())
    return {
        "ancestors": ancestors,
        "within": [(child, count) for child, count in children if count],
        "organisations": list(inside[:ORGANISATIONS]),
        "membership": membership_of(row, timezone.localdate()),
    }


def _person(row: Person, language: str) -> dict[str, Any]:
    agreed = row.shows_contact_details and is_named(FacetName.CONTACT, str(row.pk))
    return {"reachable": agreed and bool(row.email or row.phone)}


DETAILS: dict[type[Any], Callable[..., dict[str, Any]]] = {
    Organisation: _organisation,
    Network: _network,
    Programme: _programme,
    Theme: _theme,
    Country: _country,
    Territory: _territory,
    Person: _person,
    SDG: lambda row, language: {},
}


def networks_with_cities(networks: QuerySet[Network]) -> list[tuple[Network, list[SearchEntryFacet]]]:
    """Return networks, their themes read, with the organisations that close-ups name with each: who told what they did.

    Costs three queries, however many networks there are.
    """
    rows = list(networks.select_related("programme").prefetch_related("network_themes__theme"))
    cities = named_beside(FacetName.NETWORK, [row.code for row in rows], FacetName.ORGANISATION)
    return [(row, cities.get(row.code, [])) for row in rows]


def named_organisations() -> QuerySet[Organisation]:
    """Return the organisations that something public names: the others have no page."""
    facets = SearchEntryFacet.objects.filter(name=FacetName.ORGANISATION, code=Cast(OuterRef("pk"), CharField()))
    return Organisation.objects.filter(Exists(facets)).select_related("country").order_by("name")


def references_inside(language: str) -> dict[str, set[int]]:
    """Return, by the place in the tree of each territory that has any, the entries about it or what lies within it."""
    found = entries_by_code(FacetName.TERRITORY, language)
    by_path: dict[str, set[int]] = {}
    for pk, path in Territory.objects.filter(pk__in=[int(code) for code in found]).values_list("pk", "path"):
        for end in range(Territory.steplen, len(path) + 1, Territory.steplen):
            by_path.setdefault(path[:end], set()).update(found[str(pk)])
    return by_path
