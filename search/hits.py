"""One result as the page shows it: its title, and the passage that answers best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.formats import date_format

from search.engines.indexed_text import facet_labels
from search.excerpts import Fragment, Matcher
from search.kinds import kind_of
from search.models import SearchEntry
from search.query import Query


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
    # Keywords and names that it was found by, where nothing else that is shown says the words.
    found_by: Sequence[list[Fragment]] = ()

    @property
    def url(self) -> str:
        """Return the address of the thing, down to its place in the page or the page of the PDF quoted."""
        return f"{self.entry.url}#page={self.page_number}" if self.page_number else self.entry.address

    @property
    def heading_url(self) -> str:
        """Return the address of the section quoted, or "" when it is not below a heading with an anchor."""
        return f"{self.entry.url}#{self.anchor}" if self.heading and self.anchor else ""


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
    label = kind_of(entry)
    return Hit(
        entry=entry,
        kind_label=label,
        title=matcher.marked(entry.title),
        excerpt=matcher.excerpt(place.text),
        heading=place.heading,
        anchor=place.anchor,
        page_number=place.page_number,
        found_by=found_by(entry, matcher, (label, place.heading, place.text)),
    )


def found_by(entry: SearchEntry, matcher: Matcher, shown: Iterable[str]) -> list[list[Fragment]]:
    """Return the keywords and names that satisfy what neither the title nor what else is `shown` does."""
    with translation.override(entry.language):
        days = [date_format(timezone.localtime(day), "j F Y") for day in (entry.starts, entry.ends) if day]
    texts = (entry.title, entry.place, entry.venue, entry.carrier_title, *days, *shown)
    missing = set(range(len(matcher.query.clauses))) - matcher.satisfied_by(texts)
    found = []
    for text in dict.fromkeys((*entry.keywords, *facet_labels(entry))):
        if missing and (said := matcher.satisfied_by([text]) & missing):
            missing -= said
            found.append(matcher.marked(text))
    return found
