"""The ways into the directory from elsewhere: from what somebody searches for, and from the home page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Count, Max, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from directory.addresses import url_of
from directory.enums import SDG, OrganisationKind
from directory.models import Organisation, Theme
from directory.references import named_codes
from directory.row_kinds import KINDS, RowKind
from search.analysis import analyse
from search.engines import EngineRequest, Filters, get_engine
from search.enums import FacetName, Kind
from search.models import SearchEntry, SearchEntryFacet
from search.query import Query
from search.results import SearchResults

# How many rows a search proposes: more would hide its results.
PROPOSED = 4
# How many of the best matches are looked at for it.
LOOKED_AT = 50
# How many themes the home page shows (more than the vocabulary has), and how many towns and networks.
THEMES = 24
NAMES = 8
TOWNS = (OrganisationKind.CITY, OrganisationKind.INTERCOMMUNALITY)


@dataclass(frozen=True)
class Door:
    """A row of the directory that answers a search."""

    name: str
    address: str
    kind: RowKind


@dataclass(frozen=True)
class HomeDoors:
    """What the home page leads to: every theme, by its name, and the towns and networks that tell most."""

    themes: Sequence[Theme]
    towns: Sequence[SearchEntryFacet]
    networks: Sequence[SearchEntryFacet]


def rows_named(results: SearchResults) -> list[Door]:
    """Return the rows, named by something public, whose names hold all that is asked: the shortest names first.

    Costs a search of the directory where the results hold something of it, else nothing.
    """
    query = results.query
    if not query.clauses:
        return []
    found = _goals(query)
    if any(kind.kind == Kind.DIRECTORY and kind.count for kind in results.kinds):
        found += _rows(query)
    order = list(KINDS.values())
    return sorted(found, key=lambda door: (len(door.name.split()), order.index(door.kind)))[:PROPOSED]


def _rows(query: Query) -> list[Door]:
    filters = Filters(query.language, frozenset({Kind.DIRECTORY}))
    matches = get_engine().search(EngineRequest(query, filters, timezone.now(), limit=LOOKED_AT))
    entries = SearchEntry.objects.filter(pk__in=[match.entry_id for match in matches.candidates])
    kinds = {kind.model._meta.label_lower: kind for kind in KINDS.values() if kind.model}
    return [
        Door(entry.title, entry.url, kinds[entry.source_model])
        for entry in entries.only("title", "url", "source_model").order_by("pk")
        if entry.source_model in kinds and _holds(entry.title, query)
    ]


def _goals(query: Query) -> list[Door]:
    """Return the goals whose names hold a query: they are no rows, and have no entries of their own."""
    kind = KINDS[FacetName.GOAL]
    goals = [goal for goal in SDG if _holds(str(goal.label), query)]
    named = set(named_codes(FacetName.GOAL)) if goals else set()
    return [Door(str(goal.label), url_of(goal), kind) for goal in goals if str(goal.value) in named]


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
