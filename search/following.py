"""What a search finds as a whole, for those who follow it: feeds, calendars and alerts.

Only what holds every word is told: a page may show something near where nothing answers, a follower would be sent it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from heapq import nlargest
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext, pgettext

from portal.dates import written
from search.criteria import Criteria
from search.engines import get_engine
from search.enums import DATED, Kind, Sort
from search.filters import chips
from search.hits import Hit, hits
from search.models import SearchEntry
from search.providers.pages import as_datetime
from search.query import Query, parse
from search.results import SearchRequest, engine_request
from search.terms import lexicon

# Of how much that matches the newest is looked for; Elasticsearch gives no more at once.
MOST = 10_000
BATCH = 500
# What has days of its own, on which it is held.
HELD = (*DATED, Kind.CYCLE)


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


def told_at(entry: SearchEntry) -> datetime:
    """Return the moment that readers know an entry by: the day that its page says of itself, as lists show it.

    The days of what is held, and those to come, say nothing of when it was published: then it is when it appeared.
    """
    if entry.kind in HELD:
        return entry.appeared_at
    told = entry.starts or as_datetime(entry.updated_on)
    return told if told and told <= timezone.now() else entry.appeared_at


def newest(request: SearchRequest, number: int) -> list[Hit]:
    """Return the latest of all that a search finds, by the day that each says."""
    query, keys = found_keys(request)
    return hits(latest(keys, number), query)


def latest(keys: Sequence[int], number: int) -> list[int]:
    """Return the keys of the latest entries among these, the last one first."""
    found = SearchEntry.objects.only("kind", "starts", "updated_on", "appeared_at")
    batches = (found.filter(pk__in=keys[at : at + BATCH]) for at in range(0, len(keys), BATCH))
    entries = chain.from_iterable(batches)
    return [entry.pk for entry in nlargest(number, entries, key=lambda row: (told_at(row), row.appeared_at, row.pk))]


def soonest(request: SearchRequest, number: int) -> list[SearchEntry]:
    """Return the first entries that a search finds by date: what is to come first."""
    _query, keys = found_keys(replace(request, sort=Sort.DATE), number)
    entries = SearchEntry.objects.in_bulk(keys)
    return [entries[key] for key in keys if key in entries]
