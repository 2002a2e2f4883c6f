"""The ways into the directory from elsewhere: from what somebody searches for, and from the home page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Count, Max, QuerySet
from django.db.models.functions import Cast

from directory.enums import OrganisationKind
from directory.models import Organisation, Territory, Theme
from directory.references import named_codes
from directory.row_kinds import KINDS, RowKind
from search.analysis import analyse
from search.enums import FacetName, Kind
from search.models import SearchEntryFacet
from search.query import Query

# How many rows a search proposes: more would hide its results.
PROPOSED = 4
# How many themes the home page shows (more than the vocabulary has), and how many towns and networks.
THEMES = 24
NAMES = 8
TOWNS = (OrganisationKind.CITY, OrganisationKind.INTERCOMMUNALITY)


@dataclass(frozen=True)
class Door:
    """A row of the directory that answers a search: its name and address are those of its facet."""

    facet: SearchEntryFacet
    kind: RowKind


@dataclass(frozen=True)
class HomeDoors:
    """What the home page leads to: every theme, by its name, and the towns and networks that tell most."""

    themes: Sequence[Theme]
    towns: Sequence[SearchEntryFacet]
    networks: Sequence[SearchEntryFacet]


def rows_named(query: Query) -> list[Door]:
    """Return the rows, named by something public, whose names hold all that is asked: the shortest names first.

    Costs two queries, whatever is named.
    """
    if not query.clauses:
        return []
    facets = SearchEntryFacet.objects.filter(name__in=KINDS).values_list("name", "code", "label_fr", "label_en")
    named = {(name, code): (french, english) for name, code, french, english in facets.distinct().order_by("pk")}
    named |= {(FacetName.TERRITORY.value, code): (name, "") for code, name in _named_territories(named)}
    found = [
        Door(SearchEntryFacet(name=name, code=code, label_fr=french, label_en=english), KINDS[name])
        for (name, code), (french, english) in named.items()
        if _holds(english if query.language == "en" and english else french, query)
    ]
    order = list(KINDS)
    return sorted(found, key=lambda door: (len(door.facet.label.split()), order.index(door.kind.name)))[:PROPOSED]


def home_doors() -> HomeDoors:
    """Return the ways in that the home page shows: four queries, and none of them reads a page.

    Themes keep their places whatever is published: a visitor finds theirs where it was.
    """
    towns = Organisation.objects.filter(kind__in=TOWNS).annotate(key=Cast("pk", CharField())).values("key")
    told = SearchEntryFacet.objects.filter(entry__kind__in=(Kind.CLOSE_UP, Kind.CASE_STUDY))
    return HomeDoors(
        themes=KINDS[FacetName.THEME].with_codes(named_codes(FacetName.THEME))[:THEMES],
        towns=_facets(FacetName.ORGANISATION, told.filter(code__in=towns)),
        networks=_facets(FacetName.NETWORK, told),
    )


def _holds(label: str, query: Query) -> bool:
    """Return whether a name holds every clause of a query: all the words of one of its alternatives."""
    stems = {token.stem for token in analyse(label, query.language) if not token.is_stop}
    return all(any(stems.issuperset(wanted.stems) for wanted in clause.alternatives) for clause in query.clauses)


def _named_territories(named: dict[tuple[str, str], tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (code, name) of the territories that something names, or names one that lies within."""
    rows = Territory.objects.values_list("pk", "path", "name")
    within: set[str] = set()
    for pk, path, _name in rows:
        if (FacetName.TERRITORY.value, str(pk)) in named:
            within.update(path[:end] for end in range(Territory.steplen, len(path) + 1, Territory.steplen))
    return [(str(pk), name) for pk, path, name in rows if path in within]


def _most_named(name: FacetName, facets: QuerySet[SearchEntryFacet]) -> QuerySet:
    """Return code and labels of the values of a facet, those that most works name first."""
    works = Count("entry__work_key", distinct=True)
    values = facets.filter(name=name).values("code")
    named = values.annotate(total=works, french=Max("label_fr"), english=Max("label_en"))
    return named.order_by("-total", "french")


def _facets(name: FacetName, facets: QuerySet[SearchEntryFacet]) -> list[SearchEntryFacet]:
    return [
        SearchEntryFacet(name=name, code=row["code"], label_fr=row["french"], label_en=row["english"])
        for row in _most_named(name, facets)[:NAMES]
    ]
