"""What the page of results shows of its filters: values with their counts, what was chosen, what removing it brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from portal.dates import written
from search.criteria import FILTERS, KNOWN, Criteria
from search.engines import FacetCount
from search.engines.base import DATES, KIND
from search.enums import FacetName, Sort
from search.kinds import kind_label
from search.models import SearchEntryFacet
from search.results import KindCount, SearchResults

# How many values of a facet stand in view, and how many there are at most: the rest is better asked for in words.
FIRST = 5
MOST = 60


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its row (unsaved), how many results have it, and whether it was chosen."""

    value: SearchEntryFacet
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet of the page: the values in view, those chosen among them, and the others, folded."""

    name: str
    label: str
    first: Sequence[Choice]
    others: Sequence[Choice]


@dataclass(frozen=True)
class Chip:
    """Something that was chosen, and the query string of the page without it. `lang`: of its name, where it differs."""

    name: str
    label: str
    lang: str
    query: str


@dataclass(frozen=True)
class Removal:
    """A choice that leaves nothing: its name, what it was, how many results there are without it, and where."""

    label: str
    chosen: Sequence[Chip]
    count: int
    query: str


@dataclass(frozen=True)
class Link:
    """One of several pages: a kind of results alone, an order of the list, a language (with its `code`)."""

    label: str
    chosen: bool
    query: str
    count: int = 0
    code: str = ""


@dataclass(frozen=True)
class FilterPanel:
    """All of it, with the query strings of every kind and of no filter at all."""

    facets: Sequence[Facet]
    chips: Sequence[Chip]
    # Places and months that the words name, each with the page without it.
    understood: Sequence[Chip]
    kinds: Sequence[Link]
    languages: Sequence[Link]
    orders: Sequence[Link]
    # The pages of what may have been meant instead, and of the same question in another language's own pages.
    suggestion: str
    elsewhere: str
    removals: Sequence[Removal]
    all_kinds: str
    no_filter: str


def filter_panel(criteria: Criteria, results: SearchResults) -> FilterPanel:
    """Return what the page shows of its filters. Asks nothing of the database."""
    found = [facet(name, results.facets.get(name, ()), criteria.facets.get(name, ())) for name in FILTERS]
    found.insert(0, kind_facet(results.kinds))
    chosen = chips(criteria)
    return FilterPanel(
        facets=[facet for facet in found if facet.first and not is_the_same_for_all(facet, results.total)],
        chips=chosen,
        understood=[Chip(r.named.value, r.label, "", criteria.query(q=r.without)) for r in results.query.readings],
        kinds=[Link(kind.label, kind.chosen, criteria.query(kind=[kind.kind]), kind.count) for kind in results.kinds],
        languages=languages(criteria, results),
        elsewhere=criteria.query(language=""),
        suggestion=criteria.query(q=results.suggestion),
        orders=[
            Link(str(order.label), order is criteria.sort, criteria.query(sort="date" if order is Sort.DATE else ""))
            for order in Sort
        ],
        removals=removals(criteria, results.without, chosen),
        all_kinds=criteria.query(kind=""),
        no_filter=criteria.without_filters(),
    )


def is_the_same_for_all(facet: Facet, total: int) -> bool:
    """Return whether every result has the only value of a facet: choosing it would change nothing."""
    return len(facet.first) == 1 and not facet.first[0].chosen and facet.first[0].count == total


def kind_facet(kinds: Sequence[KindCount]) -> Facet:
    """Return the kinds as a facet: several may be chosen."""
    rows = (SearchEntryFacet(name=KIND, code=kind.kind, label_fr=kind.label, label_en=kind.label) for kind in kinds)
    choices = [Choice(row, kind.count, kind.chosen) for row, kind in zip(rows, kinds, strict=True)]
    chosen = sum(kind.chosen for kind in kinds)
    choices.sort(key=lambda choice: not choice.chosen)
    return Facet(KIND, _("Kind"), choices[: max(FIRST, chosen)], choices[max(FIRST, chosen) :])


def languages(criteria: Criteria, results: SearchResults) -> list[Link]:
    """Return the languages in which something is found, and the one chosen; none where there is no choice."""
    counts = {criteria.language: results.total, **{other.language: other.total for other in results.others}}
    found = []
    for code, name in settings.LANGUAGES:
        if code in counts:
            query = criteria.query(language="" if code == criteria.page_language else code)
            found.append(Link(str(name), code == criteria.language, query, counts[code], code))
    return found if len(found) > 1 or criteria.foreign_language else []


def facet(name: FacetName, counts: Sequence[FacetCount], chosen: Sequence[SearchEntryFacet]) -> Facet:
    """Return a facet with the values found and those chosen, which may have no result left."""
    rows: dict[str, tuple[SearchEntryFacet, int]] = {value.code: (value, 0) for value in chosen}
    codes = set(rows)
    for found in counts:
        value = SearchEntryFacet(name=name, code=found.code, label_fr=found.label_fr, label_en=found.label_en)
        known, count = rows.get(found.code, (value, 0))
        rows[found.code] = known, count + found.count
    choices = [Choice(value, count, code in codes) for code, (value, count) in rows.items()]
    if name == FacetName.YEAR:
        choices.sort(key=lambda choice: (not choice.chosen, -int(choice.value.code)))
    number = max(FIRST, len(codes))
    return Facet(name, str(name.label), choices[:number], choices[number:MOST])


def chips(criteria: Criteria) -> list[Chip]:
    """Return what was chosen, each with the page without it."""
    result = [
        Chip(KIND, kind_label(kind), "", criteria.query(kind=[other for other in criteria.kinds if other != kind]))
        for kind in criteria.kinds
    ]
    for name, values in criteria.facets.items():
        for value in values:
            others = [other.code for other in values if other.code != value.code]
            result.append(Chip(name, value.label, value.label_language, criteria.query(**{name: others})))
    for parameter, day, words in (
        ("from", criteria.first.day, _("from %(day)s")),
        ("to", criteria.last.day, _("until %(day)s")),
    ):
        if day:
            label = words % {"day": written(day)}
            result.append(Chip(DATES, label, "", criteria.query(**{parameter: ""})))
    return result


def removals(criteria: Criteria, without: Mapping[str, int], chosen: Sequence[Chip]) -> list[Removal]:
    """Return the choices whose removal alone brings results, the most first."""
    labels = {KIND: _("Kind"), DATES: _("Dates"), **{name.value: str(name.label) for name in KNOWN}}
    result = []
    for name, count in without.items():
        if count:
            parameters = ("from", "to") if name == DATES else (name,)
            own = [chip for chip in chosen if chip.name == name]
            result.append(Removal(labels[name], own, count, criteria.query(**dict.fromkeys(parameters, ""))))
    return sorted(result, key=lambda removal: -removal.count)
