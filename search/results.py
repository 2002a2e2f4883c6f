"""One search: the query is read, an engine matches, the best entries are ordered, fetched and quoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone

from search import spelling
from search.definitions import Meanings, meanings
from search.engines import EngineRequest, FacetCount, Filters, Matches, get_engine
from search.enums import DATED, Sort
from search.hits import Hit, hits
from search.kinds import kind_label, kind_labels
from search.query import Query, parse
from search.ranking import ranked
from search.terms import Lexicon, lexicon

PAGE_SIZE = 10
# Nobody reads further, and every page costs as much as all those before it.
MAX_RESULTS = 1000
# How many of the best matches are put in order by title and summary; what follows keeps the engine's order.
ORDERED = 100
OTHER_LANGUAGE_HITS = 3


@dataclass(frozen=True)
class SearchRequest:
    """What is asked: words, the language of the entries, kinds and facet values to keep, the page of the list.

    `starts_from` and `starts_before` keep what begins between them; `everything`: whatever passes, where no word is.
    """

    text: str
    language: str
    kinds: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    starts_from: datetime | None = None
    starts_before: datetime | None = None
    everything: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int | str | None = 1
    page_size: int = PAGE_SIZE
    count_facets: Sequence[str] = ()

    def filters(self, **changes: Any) -> Filters:
        """Return what entries must be, but for `changes`."""
        facets = {name: frozenset(codes) for name, codes in self.facets.items()}
        chosen = Filters(self.language, frozenset(self.kinds), facets, self.starts_from, self.starts_before)
        return replace(chosen, **changes)


@dataclass(frozen=True)
class KindCount:
    """One choice of the kind filter. `count` ignores the choice itself."""

    kind: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class OtherLanguage:
    """What the same words find in another language."""

    language: str
    total: int
    hits: list[Hit]


@dataclass(frozen=True)
class SearchResults:
    """The answer. `relaxed`: nothing holds all the words, these hold some. `total` counts every chosen kind."""

    query: Query
    hits: list[Hit]
    total: int
    page: Page
    kinds: list[KindCount]
    relaxed: bool
    others: list[OtherLanguage] = field(default_factory=list)
    facets: Mapping[str, list[FacetCount]] = field(default_factory=dict)
    # The terms that the words name.
    meanings: Meanings = field(default_factory=Meanings)
    # What may have been meant instead: it finds something.
    suggestion: str = ""
    # Where nothing was found: how many there would be without each choice, and without any.
    without: Mapping[str, int] = field(default_factory=dict)
    unfiltered: int = 0
    everything: bool = False
    # Who answered, and whether it stands in for an engine that did not.
    engine: str = ""
    reduced: bool = False

    @property
    def asked(self) -> bool:
        """Return whether the query asks for something."""
        return self.everything or bool(self.query.clauses)

    @property
    def kind_chosen(self) -> bool:
        """Return whether the list is limited to some kinds."""
        return any(kind.chosen for kind in self.kinds)

    @property
    def has_dates(self) -> bool:
        """Return whether something found has dates."""
        shown = [kind for kind in self.kinds if kind.chosen or not self.kind_chosen]
        return any(kind.count and kind.kind in DATED for kind in shown)

    @property
    def total_of_all_kinds(self) -> int:
        """Return how many results there would be without the kind filter."""
        return sum(kind.count for kind in self.kinds)


def search(request: SearchRequest, other_languages: Sequence[str] = ()) -> SearchResults:
    """Return one page of results in the request's language, and a few of `other_languages` apart.

    Any text and any page are accepted: an unreadable page is the first, one too far the last.
    """
    size = max(1, min(request.page_size, MAX_RESULTS))
    known = lexicon(request.language)
    query = parse(request.text, request.language, known)
    matches, relaxed = matched(query, request, limit=MAX_RESULTS)
    page = Paginator(range(min(matches.total, MAX_RESULTS)), size).get_page(request.page)
    order = in_order(matches, query, request)
    others = [found for language in other_languages if (found := elsewhere(request, language)).total]
    return SearchResults(
        query=query,
        hits=hits(order[page.start_index() - 1 : page.end_index()] if order else [], query),
        total=matches.total,
        page=page,
        kinds=kind_counts(matches, request.kinds),
        relaxed=relaxed,
        others=others,
        facets=matches.facets,
        meanings=meanings(query, known, order),
        suggestion=suggested(query, known) if relaxed or sum(matches.kinds.values()) <= spelling.FEW else "",
        without=matches.without,
        unfiltered=0 if matches.total else unfiltered(query, request),
        everything=request.everything,
        engine=matches.engine,
        reduced=matches.reduced,
    )


def matched(query: Query, request: SearchRequest, limit: int) -> tuple[Matches, bool]:
    """Return what matches all clauses or, when nothing of any kind does, at least one of them; and which it was.

    Where filters leave nothing of what all the words find, that is told rather than something else shown.
    """
    engine = get_engine()
    asked = engine_request(query, request, request.filters(), limit, request.count_facets)
    found = engine.search(asked)
    if found.kinds or len(query.clauses) < 2 or unfiltered(query, request):
        return found, False
    found = engine.search(replace(asked, any_word=True))
    return found, bool(found.kinds)


def suggested(query: Query, known: Lexicon) -> str:
    """Return what may have been meant, where words were mistyped and the right ones find something together."""
    text = spelling.proposal(query.text, query.language, known) if query.clauses else ""
    if not text:
        return ""
    meant = parse(text, query.language, known)
    found = get_engine().search(EngineRequest(meant, Filters(query.language), timezone.now(), limit=1))
    return text if found.total else ""


def engine_request(
    query: Query, request: SearchRequest, filters: Filters, limit: int, count_facets: Sequence[str] = ()
) -> EngineRequest:
    """Return what an engine is asked for a request."""
    everything = request.everything and not query.clauses
    return EngineRequest(
        query,
        filters,
        timezone.now(),
        everything=everything,
        sort=request.sort,
        limit=limit,
        count_facets=count_facets,
    )


def in_order(matches: Matches, query: Query, request: SearchRequest) -> list[int]:
    """Return the entries' primary keys in the order of the list: by date it is the engine's own."""
    if request.sort is Sort.DATE or not query.clauses:
        return [candidate.entry_id for candidate in matches.candidates]
    best, others = matches.candidates[:ORDERED], matches.candidates[ORDERED:]
    return ranked(best, query) + [candidate.entry_id for candidate in others]


def unfiltered(query: Query, request: SearchRequest) -> int:
    """Return how many entries hold all the words, where filters were chosen that may leave none of them."""
    if not request.filters().chosen:
        return 0
    return get_engine().search(engine_request(query, request, Filters(query.language), limit=0)).total


def elsewhere(request: SearchRequest, language: str) -> OtherLanguage:
    """Return the best entries in another language that hold all the words and pass the filters."""
    query = parse(request.text, language, lexicon(language))
    found = get_engine().search(engine_request(query, request, request.filters(language=language), limit=ORDERED))
    return OtherLanguage(language, found.total, hits(in_order(found, query, request)[:OTHER_LANGUAGE_HITS], query))


def kind_counts(matches: Matches, chosen: Sequence[str]) -> list[KindCount]:
    """Return the kinds that match, in their fixed order, and those chosen although they match nothing."""
    present = {**dict.fromkeys(chosen, 0), **matches.kinds}
    ordered = [kind for kind in kind_labels() if kind in present]
    ordered += sorted(kind for kind in matches.kinds if kind not in ordered)
    return [KindCount(kind, kind_label(kind), present[kind], kind in chosen) for kind in ordered]
