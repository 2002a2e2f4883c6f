"""A listing is a search whose kinds are fixed: training, events, resources, news. Same parameters, same engines.

It shows what its language has, then what that language lacks, in the original (`search.siblings`), as one list.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.listings import listed, readable
from search import spelling
from search.analysis import clean
from search.criteria import Criteria, Day
from search.engines import FacetCount, Matches, get_engine
from search.engines.base import DATES, KIND
from search.enums import FacetName, Sort
from search.filters import Chip, FilterPanel, Removal, filter_panel
from search.kinds import kind_label
from search.models import SearchEntry
from search.query import MAX_CHARACTERS, Query, parse
from search.results import (
    MAX_RESULTS,
    KindCount,
    SearchRequest,
    SearchResults,
    engine_request,
    in_order,
    suggested,
)
from search.terms import Lexicon, lexicon

WORDS = "q"
PAGE_SIZE = 20
Key = TypeVar("Key")


@dataclass(frozen=True)
class Listing:
    """What a listing is: its kinds, what all it holds has in common, what visitors may choose by.

    `since` and `until` bound what has a date: what is ahead (unless earlier days are asked for), what is over, a month.
    """

    kinds: Sequence[str]
    filters: Sequence[FacetName] = ()
    common: Mapping[str, Sequence[str]] = field(default_factory=dict)
    has_days: bool = False
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class ListingCriteria(Criteria):
    """What a visitor chose in a listing. `kept` are the parameters of its page that every link of it keeps."""

    kept: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, listing: Listing, data: QueryDict, language: str, **kept: str) -> "ListingCriteria":
        """Return what the parameters of an address ask of a listing; what it does not offer is left out."""
        read = Criteria.read(data, language)
        values = {each.name: getattr(read, each.name) for each in fields(read)}
        values |= {
            "language": language,
            "kinds": [kind for kind in read.kinds if kind in listing.kinds] if len(listing.kinds) > 1 else [],
            "facets": {name: found for name, found in read.facets.items() if name in listing.filters},
            "kept": {name: value for name, value in kept.items() if value},
        }
        left_out = [value for name, found in read.facets.items() if name not in listing.filters for value in found]
        values["unknown"] = read.unknown + len(left_out) + sum(kind not in listing.kinds for kind in read.kinds)
        if not listing.has_days:
            values |= {"first": Day(), "last": Day()}
        return cls(**values)

    @property
    def has_words(self) -> bool:
        """Whether words were typed."""
        return bool(clean(self.text[:MAX_CHARACTERS]).strip())

    @property
    def is_chosen(self) -> bool:
        """Whether anything was asked of the listing but its page."""
        return self.is_filtered or self.has_words or bool(self.first.text or self.last.text)

    def query(self, **changes: str | Sequence[str]) -> str:
        """Return the query string that asks for the same on the same page of the site, but for `changes`."""
        kept = {**self.kept, **{name: value for name, value in changes.items() if name in self.kept}}
        parts = super().query(**changes), urlencode({name: value for name, value in kept.items() if value})
        return "&".join(part for part in parts if part)

    def followed(self, listing: Listing) -> str:
        """Return the query string of a search that finds the same: what feeds and alerts ask for."""
        return super().query(kind=self.kinds or listing.kinds, **listing.common)

    def elsewhere(self, **kept: str) -> str:
        """Return the query string that asks for the same in another view of the listing."""
        return replace(self, kept={name: value for name, value in kept.items() if value}).query()

    def asked(self, listing: Listing, count_facets: Sequence[str]) -> SearchRequest:
        """Return what is asked of the search: without words, everything, by date."""
        request = self.request(count_facets)
        by_date = request.sort is Sort.DATE or not self.has_words
        ends = [moment for moment in (request.starts_before, listing.until) if moment]
        return replace(
            request,
            kinds=self.kinds or listing.kinds,
            facets={**request.facets, **listing.common},
            starts_from=request.starts_from or listing.since,
            starts_before=min(ends, default=None),
            everything=True,
            sort=Sort.DATE if by_date else Sort.RELEVANCE,
        )


@dataclass(frozen=True)
class Found:
    """What a listing holds: the keys of its entries in order, and what its page shows of the filters."""

    keys: Sequence[int]
    results: SearchResults
    panel: FilterPanel

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held."""
        return not self.results.total


@dataclass(frozen=True)
class InLanguage:
    """What one language holds of a listing, the terms by which the words were read among it."""

    query: Query
    terms: Lexicon
    matches: Matches
    keys: Sequence[int]


def find(listing: Listing, criteria: ListingCriteria, *, counts: bool = True) -> Found:
    """Return what a listing holds for what was chosen. Without `counts`, nothing is told of what one may choose."""
    request = criteria.asked(listing, listing.filters if counts else ())
    parts = [in_language(each, MAX_RESULTS) for each in (request, *lacking(request))]
    own, total = parts[0], sum(part.matches.total for part in parts)
    without = summed(part.matches.without for part in parts)
    results = SearchResults(
        query=own.query,
        hits=[],
        total=total,
        page=Paginator(range(min(total, MAX_RESULTS)), request.page_size).get_page(request.page),
        kinds=kinds_of(listing, criteria, parts),
        relaxed=False,
        facets=facets_of(parts),
        suggestion="" if total > spelling.FEW else suggested(own.query, own.terms),
        without={name: count for name, count in without.items() if name in listing.filters},
        everything=True,
        engine=own.matches.engine,
        reduced=any(part.matches.reduced for part in parts),
    )
    panel = filter_panel(criteria, results)
    panel = replace(panel, facets=[facet for facet in panel.facets if facet.name != KIND])
    if not total and criteria.is_chosen:
        panel = replace(panel, removals=removals(listing, criteria, parts, panel))
        anything = replace(criteria, kinds=[], facets={}, first=Day(), last=Day())
        results = replace(results, unfiltered=number(listing, anything) if len(panel.chips) > 1 else 0)
    return Found([key for part in parts for key in part.keys], results, panel)


def number(listing: Listing, criteria: ListingCriteria) -> int:
    """Return how many a listing holds for what was chosen."""
    request = criteria.asked(listing, ())
    return sum(in_language(each, 0).matches.total for each in (request, *lacking(request)))


def lacking(request: SearchRequest) -> list[SearchRequest]:
    """Return the request for what the language asked for lacks, in the original; none for the original itself."""
    if request.language == settings.LANGUAGE_CODE:
        return []
    facets = {**request.facets, FacetName.LACKS.value: [request.language]}
    return [replace(request, language=settings.LANGUAGE_CODE, facets=facets)]


def in_language(request: SearchRequest, limit: int) -> InLanguage:
    """Return what holds all the words and passes the filters in the request's language."""
    has_words = bool(clean(request.text[:MAX_CHARACTERS]).strip())
    terms = lexicon(request.language) if has_words else Lexicon(request.language)
    query = parse(request.text, request.language, terms)
    matches = get_engine().search(engine_request(query, request, request.filters(), limit, request.count_facets))
    return InLanguage(query, terms, matches, in_order(matches, query, request))


def summed(counts: Iterable[Mapping[Key, int]]) -> Counter[Key]:
    """Return what several languages count as one."""
    total: Counter[Key] = Counter()
    for count in counts:
        total.update(count)
    return total


def kinds_of(listing: Listing, criteria: Criteria, parts: Sequence[InLanguage]) -> list[KindCount]:
    """Return the kinds of a listing with what each holds, where there are several."""
    counts = summed(part.matches.kinds for part in parts)
    kinds = listing.kinds if len(listing.kinds) > 1 else ()
    return [KindCount(kind, kind_label(kind), counts[kind], kind in criteria.kinds) for kind in kinds]


def facets_of(parts: Sequence[InLanguage]) -> dict[str, list[FacetCount]]:
    """Return the values of each facet with what all languages count, the most frequent first."""
    found = {}
    for name in dict.fromkeys(name for part in parts for name in part.matches.facets):
        counts = summed(
            {(value.code, value.label_fr, value.label_en): value.count for value in part.matches.facets.get(name, ())}
            for part in parts
        )
        values = [FacetCount(*labels, count) for labels, count in counts.items()]
        found[name] = sorted(values, key=lambda value: (-value.count, value.label_fr))
    return found


def removals(
    listing: Listing, criteria: ListingCriteria, parts: Sequence[InLanguage], panel: FilterPanel
) -> list[Removal]:
    """Return what to take back where nothing is left: each choice that brings something alone, the words among them."""
    kinds = summed(part.matches.kinds for part in parts)
    days = [chip for chip in panel.chips if chip.name == DATES]
    words = [Chip(WORDS, criteria.text.strip(), "", "")] if criteria.has_words else []
    own = [
        (
            _("Kind"),
            [chip for chip in panel.chips if chip.name == KIND],
            sum(kinds[each] for each in listing.kinds),
            {"kind": ""},
        ),
        (
            _("Dates"),
            days,
            number(listing, replace(criteria, first=Day(), last=Day())) if days else 0,
            {"from": "", "to": ""},
        ),
        (_("Words"), words, number(listing, replace(criteria, text="")) if words else 0, {"q": ""}),
    ]
    found = [
        Removal(label, chips, count, criteria.query(**changes))
        for label, chips, count, changes in own
        if chips and count
    ]
    return sorted([*panel.removals, *found], key=lambda removal: -removal.count)


def pages_of(found: Found, criteria: ListingCriteria, page_type: type[Page] = Page) -> ListPage:
    """Return the page of a listing of pages that was asked for, as `ListedPage` objects.

    They are read again: what was restricted an instant ago is left out.
    """
    pages: Paginator[Any] = Paginator(found.keys, PAGE_SIZE)
    shown = pages.get_page(criteria.page)
    ids = [int(source) for source, _starts in sources(list(shown))]
    return ListPage(listed(ids, criteria.language, readable(page_type)), shown.number, pages)


def list_of_pages(listing: Listing, data: QueryDict, language: str, page_type: type[Page] = Page) -> dict[str, Any]:
    """Return what the page of a listing of pages shows: `items`, a page of them, and what one may choose."""
    criteria = ListingCriteria.of(listing, data, language)
    found = find(listing, criteria)
    query = criteria.query()
    return {
        "criteria": criteria,
        "results": found.results,
        "filters": found.panel,
        "query": f"{query}&" if query else "",
        "hides_days": not listing.has_days,
        "followed": criteria.followed(listing),
        "items": pages_of(found, criteria, page_type),
    }


def sources(keys: Sequence[int]) -> list[tuple[str, datetime | None]]:
    """Return, in the order of these entries, what each is of and when it begins: one query."""
    rows = SearchEntry.objects.filter(pk__in=keys).values_list("pk", "source_key", "starts")
    known = {pk: (source, starts) for pk, source, starts in rows}
    return [known[key] for key in keys if key in known]
