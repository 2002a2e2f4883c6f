"""The training offer as visitors look at it: the next sessions and the cycles, sessions by month, cycles alone."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cycles.listings import described
from events.agenda import CALENDAR, OVERVIEW, Looked, Offer, View, dates_of, listed_dates, shown_calendar
from events.localized import with_pages
from events.months import by_month
from search.enums import FacetName, Kind
from search.listings import Listing, ListingCriteria, find, pages_of

CYCLES = View(
    "cycles",
    _("Cycles"),
    Listing(
        (Kind.CYCLE,),
        (FacetName.THEME, FacetName.AUDIENCE, FacetName.PLACE, FacetName.PRICE, FacetName.PLACES),
    ),
)


def training(cycle_type: type[Page], session_type: type[Page], data: QueryDict, language: str) -> dict[str, Any]:
    """Return what the page of the training offer shows in the view that an address asks for."""
    offer = Offer(Kind.SESSION, session_type, more=(CYCLES,))
    looked = Looked.read(offer.views(), data, language)
    if looked.view.name == CALENDAR:
        return shown_calendar(offer, data, language)
    if looked.view.name == OVERVIEW:
        return overview(offer, cycle_type, looked, data)
    if looked.view.name == CYCLES.name:
        found = find(CYCLES.listing, looked.criteria)
        items = pages_of(found, looked.criteria, cycle_type)
        items.object_list = described(list(items.object_list))[0]
        return {**looked.context(found, data), "items": items}
    return listed_dates(offer, looked, data)


def overview(offer: Offer, cycle_type: type[Page], looked: Looked, data: QueryDict) -> dict[str, Any]:
    """Return the next sessions by month, and the cycles. Their dates are read together."""
    criteria = looked.criteria
    found = find(looked.view.listing, criteria)
    dates = dates_of(offer, looked, found, 1, offer.first)
    cycles = ListingCriteria.of(CYCLES.listing, QueryDict(), criteria.language)
    items = pages_of(find(CYCLES.listing, cycles, counts=False), criteria, cycle_type)
    items.object_list, occurrences = described(list(items.object_list), dates.where)
    next_dates = with_pages(dates.picked(occurrences), criteria.language)
    return {
        **looked.context(found, data),
        "months": by_month(next_dates),
        "number_of_dates": found.results.total if dates.keys.has_next() else 0,
        "items": items,
    }
