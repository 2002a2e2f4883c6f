"""Events and reports, occurrences with their half-days, price lists and seats."""

from events.models.occurrences import HalfDay, Occurrence, OccurrenceCoOrganiser
from events.models.pages import BookablePage, EventIndexPage, EventPage, ReportOccurrence, ReportPage
from events.models.prices import Fee, PriceList
from events.models.seats import SeatCounter

__all__ = [
    "BookablePage",
    "EventIndexPage",
    "EventPage",
    "Fee",
    "HalfDay",
    "Occurrence",
    "OccurrenceCoOrganiser",
    "PriceList",
    "ReportOccurrence",
    "ReportPage",
    "SeatCounter",
]
