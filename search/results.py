"""One search: the query is read, an engine matches, the best entries are ordered, fetched and quoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.core.paginator import Page, Paginator
from django.utils import timezone

from search import spelling
from search.engines import EngineRequest, FacetCount, Filters, Matches, get_engine
from search.excerpts import Fragment, Matcher
from search.kinds import kind_label, kind_labels
from search.models import SearchEntry
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
    """What is asked: words, the language of the entries, kinds and facet values to keep, the page of the list."""

    text: str
    language: str
    kinds: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    page: int | str | None = 1
    page_size: int = PAGE_SIZE
    count_facets: Sequence[str] = ()


@dataclass(frozen=True)
class KindCount:
    """One choice of the kind filter. `count` ignores the choice itself."""

    kind: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Hit:
    """One result: its row, its title and the best passage in fragments, and where in it that passage stands."""

    entry: SearchEntry
    kind_label: str
    title: list[Fragment]
    excerpt: list[Fragment]
    heading: str = ""
    anchor: str = ""
    page_number: int | None = None

    @property
    def url(self) -> str:
        """Return the address of the thing, down to its place in the page or the page of the PDF quoted."""
        place = f"page={self.page_number}" if self.page_number else self.entry.anchor
        return f"{self.entry.url}#{place}" if place else self.entry.url

    @property
    def heading_url(self) -> str:
        """Return the address of the section quoted, or "" when it is not below a heading with an anchor."""
        return f"{self.entry.url}#{self.anchor}" if self.heading and self.anchor else ""


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
    # What may have been meant instead: it finds something.
    suggestion: str = ""
    # Who answered, and whether it stands in for an engine that did not.
    engine: str = ""
    reduced: bool = False

    @property
    def asked(self) -> bool:
        """Return whether the query asks for something."""
        return bool(self.query.clauses)

    @property
    def kind_chosen(self) -> bool:
        """Return whether the list is limited to some kinds."""
        return any(kind.chosen for kind in self.kinds)

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
    order = ranked(matches.candidates[:ORDERED], query)
    order += [candidate.entry_id for candidate in matches.candidates[ORDERED:]]
    return SearchResults(
        query=query,
        hits=hits(order[page.start_index() - 1 : page.end_index()] if order else [], query),
        total=matches.total,
        page=page,
        kinds=kind_counts(matches, request.kinds),
        relaxed=relaxed,
        others=[found for language in other_languages if (found := elsewhere(request, language)).total],
        facets=matches.facets,
        suggestion=suggested(query, known) if relaxed or sum(matches.kinds.values()) <= spelling.FEW else "",
        engine=matches.engine,
        reduced=matches.reduced,
    )


def matched(query: Query, request: SearchRequest, limit: int) -> tuple[Matches, bool]:
    """Return what matches all clauses or, when nothing of any kind does, at least one of them; and which it was."""
    filters = Filters(
        language=query.language,
        kinds=frozenset(request.kinds),
        facets={name: frozenset(codes) for name, codes in request.facets.items()},
    )
    engine = get_engine()
    asked = EngineRequest(query, filters, timezone.now(), limit=limit, count_facets=request.count_facets)
    found = engine.search(asked)
    if found.kinds or len(query.clauses) < 2:
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


def elsewhere(request: SearchRequest, language: str) -> OtherLanguage:
    """Return the best entries in another language, of every kind, that hold all the words."""
    query = parse(request.text, language, lexicon(language))
    found = get_engine().search(EngineRequest(query, Filters(language), timezone.now(), limit=ORDERED))
    order = ranked(found.candidates, query)
    return OtherLanguage(language, found.total, hits(order[:OTHER_LANGUAGE_HITS], query))


def kind_counts(matches: Matches, chosen: Sequence[str]) -> list[KindCount]:
    """Return the kinds that match, in their fixed order, and those chosen although they match nothing."""
    present = {**dict.fromkeys(chosen, 0), **matches.kinds}
    ordered = [kind for kind in kind_labels() if kind in present]
    ordered += sorted(kind for kind in matches.kinds if kind not in ordered)
    return [KindCount(kind, kind_label(kind), present[kind], kind in chosen) for kind in ordered]


def hits(keys: Sequence[int], query: Query) -> list[Hit]:
    """Return the hits of these entries, in this order, with what they can be filtered by: two database queries."""
    entries = SearchEntry.objects.prefetch_related("facets").in_bulk(keys)
    matcher = Matcher(query)
    return [hit(entries[key], matcher) for key in keys if key in entries]


@dataclass(frozen=True)
class Place:
    """A text of an entry that may be quoted, and where it stands."""

    text: str
    heading: str = ""
    anchor: str = ""
    page_number: int | None = None
    is_page: bool = False


def places_of(entry: SearchEntry) -> list[Place]:
    """Return the texts of an entry: its summary, its sections, the pages of its file."""
    paged = bool(entry.facts.get("paged"))
    return [
        Place(entry.summary),
        *(Place(section["text"], section["heading"], section["anchor"]) for section in entry.sections),
        *(Place(text, page_number=i if paged else None, is_page=True) for i, text in enumerate(entry.pages, start=1)),
    ]


def best_place(entry: SearchEntry, matcher: Matcher) -> Place:
    """Return the text that satisfies the most clauses with its heading, which then decides; or the first text."""
    places = places_of(entry)
    best, most = None, (0, 0)
    for place in (place for place in places if place.text):
        below = matcher.clauses_in(place.heading) if place.heading else set()
        found = len(below | matcher.clauses_in(place.text)), len(below)
        if found > most:
            best, most = place, found
        # A file may have hundreds of pages: the first that says everything is enough.
        if found[0] == len(matcher.query.clauses) and place.is_page:
            break
    return best or Place(next((place.text for place in places if place.text), ""))


def hit(entry: SearchEntry, matcher: Matcher) -> Hit:
    """Return an entry with the passage that answers best."""
    place = best_place(entry, matcher)
    return Hit(
        entry=entry,
        kind_label=kind_label(entry.kind, singular=True),
        title=matcher.marked(entry.title),
        excerpt=matcher.excerpt(place.text),
        heading=place.heading,
        anchor=place.anchor,
        page_number=place.page_number,
    )
