"""Events and reports, occurrences with their half-days, price lists and seats."""

from events.models.bookable import BookablePage
from events.models.documents import PageDocument, PrivateCollection
from events.models.occurrences import HalfDay, Occurrence, OccurrenceCoOrganiser
from events.models.pages import EventIndexPage, EventPage, ReportOccurrence, ReportPage
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
    "PageDocument",
    "PriceList",
    "PrivateCollection",
    "ReportOccurrence",
    "ReportPage",
    "SeatCounter",
]
