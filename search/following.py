"""What a search finds as a whole, for those who follow it: feeds, calendars and alerts.

Only what holds every word is told: a page may show something near where nothing answers, a follower would be sent it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext, pgettext

from portal.dates import written
from search.criteria import Criteria
from search.engines import get_engine
from search.enums import Kind, Sort
from search.filters import chips
from search.hits import Hit, hits
from search.models import SearchEntry
from search.query import Query, parse
from search.results import SearchRequest, engine_request
from search.terms import lexicon

# Of how much that matches the newest is looked for; Elasticsearch gives no more at once.
MOST = 10_000
BATCH = 500


def asked(criteria: Criteria) -> str:
    """Return what is asked, in the active language: its words, then the values chosen."""
    return ", ".join(part for part in (criteria.words, *(str(chip.label) for chip in chips(criteria))) if part)


def name_of(criteria: Criteria) -> str:
    """Return what a search is called."""
    query = asked(criteria)
    return gettext("Search: %(query)s") % {"query": query} if query else pgettext("title of a page", "Search")


def facts_of(entry: SearchEntry) -> str:
    """Return when and where what was found takes place, in the active language.

    A date says so itself: the day in its title, the place at the head of its summary.
    """
    if entry.kind == Kind.OCCURRENCE:
        return ""
    day = written(timezone.localdate(entry.starts)) if entry.starts else ""
    place = entry.place if entry.place != entry.venue else ""
    return " · ".join(part for part in (day, entry.venue, place) if part)


def found_keys(request: SearchRequest, limit: int = MOST) -> tuple[Query, list[int]]:
    """Return the query as it was read, and the keys of all that holds its words and passes the filters."""
    query = parse(request.text, request.language, lexicon(request.language))
    matches = get_engine().search(engine_request(query, request, request.filters(), limit))
    return query, [candidate.entry_id for candidate in matches.candidates]


def newest(request: SearchRequest, number: int) -> list[Hit]:
    """Return what could first be found last, of all that a search finds."""
    query, keys = found_keys(request)
    return hits(list(islice(newest_first(keys, request.language), number)), query)


def newest_first(keys: Sequence[int], language: str) -> Iterator[int]:
    """Yield these keys of entries in a language, the one that appeared last first."""
    wanted = set(keys)
    if len(wanted) <= BATCH:
        yield from (
            SearchEntry.objects.filter(pk__in=wanted).order_by("-appeared_at", "-pk").values_list("pk", flat=True)
        )
        return
    # Many: it is the newest entries that are looked at, in order, until there are enough.
    ordered = SearchEntry.objects.filter(language=language).order_by("-appeared_at", "-pk").values_list("pk", flat=True)
    yield from (pk for pk in ordered.iterator(chunk_size=BATCH) if pk in wanted)


def soonest(request: SearchRequest, number: int) -> list[SearchEntry]:
    """Return the first entries that a search finds by date: what is to come first."""
    _query, keys = found_keys(replace(request, sort=Sort.DATE), number)
    entries = SearchEntry.objects.in_bulk(keys)
    return [entries[key] for key in keys if key in entries]
