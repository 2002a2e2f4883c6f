"""The calendar of a search: the dates that it finds, and what became of those that it found."""

from collections.abc import Iterable, Sequence

from events.calendar import calendar_of
from events.enums import CALLED_OFF
from events.found_dates import ATTENDED
from events.models import Occurrence
from events.search import columns_of
from search.criteria import Criteria
from search.entries import EntryData, Source
from search.enums import DERIVED, FacetName
from search.models import SearchEntry
from search.providers.pages import PAGE_MODEL
from search.query import parse
from search.terms import lexicon


def calendar_of_found(criteria: Criteria, entries: Sequence[SearchEntry], name: str) -> bytes:
    """Return the calendar file of what a search found."""
    return calendar_of(dates_told(criteria, entries), criteria.language, name=name)


def dates_told(criteria: Criteria, entries: Sequence[SearchEntry]) -> list[Occurrence]:
    """Return the published dates that entries tell of, in order.

    A date found is one of them; a session or an event found brings those to come that pass the filters, in the towns
    that the words name. Dates called off are found no more: those of the same pages are told all the same, to whoever
    has them in a calendar.
    """
    own = {int(entry.source_key) for entry in entries if entry.source_model == Occurrence._meta.label_lower}
    found = {entry.work_key for entry in entries if entry.source_model == PAGE_MODEL and entry.kind in ATTENDED}
    dates = Occurrence.objects.published()
    towns = parse(criteria.text, criteria.language, lexicon(criteria.language)).held_in.get(FacetName.PLACE)
    keys = {str(key) for key in dates.filter(pk__in=own).values_list("page__translation_key", flat=True)}
    rows = dates.filter(page__translation_key__in=keys | found, day__isnull=False).with_details().in_order()
    rows = [row for row in rows if row.pk in own or not towns or row.town in towns]
    return [row for row in rows if row.pk in own or _is_told(row, found, criteria)]


def _is_told(occurrence: Occurrence, found: Iterable[str], criteria: Criteria) -> bool:
    """Tell whether a date that was not found itself belongs to the calendar."""
    if occurrence.is_past or not passes(occurrence, criteria):
        return False
    return occurrence.status in CALLED_OFF or str(occurrence.page.translation_key) in found


def passes(occurrence: Occurrence, criteria: Criteria) -> bool:
    """Tell whether a date is what the filters ask of dates. Of one called off, nobody asks whether it has places."""
    first, last = criteria.first.day, criteria.last.day
    if (first and occurrence.day < first) or (last and occurrence.day > last):
        return False
    data = EntryData(Source("", ""), "", criteria.language, "", "", **columns_of(occurrence))
    own = data.derived_facets()
    for name in DERIVED & criteria.facets.keys():
        if name == FacetName.PLACES and occurrence.status in CALLED_OFF:
            continue
        if not {value.code for value in own.get(name, ())} & {value.code for value in criteria.facets[name]}:
            return False
    return True
