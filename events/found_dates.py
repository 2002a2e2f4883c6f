"""The dates that results of a search tell of, as they stand now: entries know a day, not what the clock made of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from events.models import Occurrence
from events.search import columns_of
from search.enums import Kind
from search.models import SearchEntry
from search.providers.pages import PAGE_MODEL

# Pages that one attends by one of their dates.
ATTENDED = (Kind.SESSION, Kind.EVENT)


def dates_of(entries: Iterable[SearchEntry]) -> dict[int, list[Occurrence]]:
    """Map the key of each entry that tells of dates to them, in order, in a constant number of queries.

    An entry that is a date tells of that one; the page of a session or an event, of those ahead, else of the last one.
    """
    rows = list(entries)
    own = {row.pk: int(row.source_key) for row in rows if row.source_model == Occurrence._meta.label_lower}
    pages = {
        row.pk: row.work_key for row in rows if row.source_model == PAGE_MODEL and row.kind in ATTENDED and row.work_key
    }
    if not own and not pages:
        return {}
    wanted = Q(pk__in=set(own.values())) | Q(page__translation_key__in=set(pages.values()))
    by_key: dict[int, Occurrence] = {}
    by_work: dict[str, list[Occurrence]] = defaultdict(list)
    last: dict[str, list[Occurrence]] = {}
    for occurrence in Occurrence.objects.filter(wanted).with_details().in_order():
        by_key[occurrence.pk] = occurrence
        work = str(occurrence.page.translation_key)
        if occurrence.is_ahead:
            by_work[work].append(occurrence)
        elif occurrence.day:
            last[work] = [occurrence]
    found = {pk: [by_key[key]] for pk, key in own.items() if key in by_key}
    told = {pk: by_work[work] or last.get(work) for pk, work in pages.items()}
    return found | {pk: dates for pk, dates in told.items() if dates}


def columns_of_dates(entries: Iterable[SearchEntry]) -> dict[int, list[dict[str, Any]]]:
    """Map the key of each entry that tells of dates to what entries of those hold, in order."""
    return {pk: [columns_of(occurrence) for occurrence in dates] for pk, dates in dates_of(entries).items()}


def in_these_towns_first(dates: Iterable[Occurrence], towns: Collection[str]) -> list[Occurrence]:
    """Return dates in order, those in towns that were asked for before the others."""
    return sorted(dates, key=lambda date: bool(towns) and date.town not in towns)
