"""The agenda as visitors look at it: what comes next, then what was with its reports; dates by month."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from wagtail.models import Page

from events.agenda import CALENDAR, OVERVIEW, PAST, Looked, Offer, dates_of, listed_dates, load, shown_calendar
from events.listings import days_of, with_report, with_report_pages, with_reports
from events.localized import with_pages
from events.months import by_month
from portal.listings import listed, readable
from search.enums import Kind
from search.listings import PAGE_SIZE, Listing, ListingCriteria, find, sources

EVENTS = Listing((Kind.EVENT,))


def events(event_type: type[Page], report_type: type[Page], data: QueryDict, language: str) -> dict[str, Any]:
    """Return what the page of events shows in the view that an address asks for."""
    offer = Offer(Kind.EVENT, event_type, first=20, shows_undated=True)
    looked = Looked.read(offer.views(), data, language)
    if looked.view.name == CALENDAR:
        return shown_calendar(offer, data, language)
    if looked.view.name == OVERVIEW:
        return overview(offer, looked, event_type, report_type, data)
    context = listed_dates(offer, looked, data)
    if looked.view.name == PAST:
        with_report_pages([date for month in context["months"] for date in month.dates], language, report_type)
    return context


def overview(
    offer: Offer, looked: Looked, event_type: type[Page], report_type: type[Page], data: QueryDict
) -> dict[str, Any]:
    """Return the next dates by month, and a page of what was, the latest first. All dates are read together.

    A series that goes on stands in both once a report tells of a date.
    """
    language = looked.criteria.language
    found = find(looked.view.listing, looked.criteria)
    dates = dates_of(offer, looked, found, 1, offer.first)
    past = Paginator(earlier(event_type, report_type, language), PAGE_SIZE).get_page(looked.criteria.page)
    past.object_list = listed(list(past.object_list), language, readable(event_type))
    pages = [item.page for item in past]
    read = load(dates.where | Q(page__translation_key__in=[page.translation_key for page in pages]))
    for page in pages:
        page.occurrences = [date for date in read if date.page.translation_key == page.translation_key]
    with_reports(pages, language, report_type)
    return {
        **looked.context(found, data),
        "months": by_month(with_pages(dates.picked(read), language)),
        "number_of_dates": found.results.total if dates.keys.has_next() else 0,
        "items": past,
    }


def earlier(event_type: type[Page], report_type: type[Page], language: str) -> list[int]:
    """Return the pages of events that are over, and of those that go on and have a report."""
    every = ListingCriteria.of(EVENTS, QueryDict(), language)
    ids = [int(source) for source, _starts in sources(find(EVENTS, every, counts=False).keys)]
    every_day = days_of(ids, language)
    begun = {event.page_id: event.key for event in every_day if event.is_ahead and event.was_held}
    texts = event_type.objects.filter(pk__in=begun).values_list("translation_key", "report")
    told = {key for key, text in texts if text} | with_report(begun.values(), report_type)
    over = [event for event in every_day if not event.is_ahead or event.key in told]
    return [event.page_id for event in sorted(over, key=lambda each: (each.is_foreign, -each.last.toordinal()))]
