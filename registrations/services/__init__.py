"""Every change of a seat: booking, cancelling, accepting, and keeping the counters true."""

from registrations.services.booking import book
from registrations.services.deciding import accept, cancel, reject
from registrations.services.errors import (
    AlreadyRegistered,
    BookingRefused,
    NoSeatLeft,
    NotAllowed,
    NotBookable,
    PriceChanged,
    TooBusy,
)
from registrations.services.prices import PriceLine, fingerprint, price_lines, total_of
from registrations.services.requests import BookingRequest, BookingResult, Contact, Employer, Person
from registrations.services.seats import has_seats_for, keep_counter_true, seat_transaction

__all__ = [
    "AlreadyRegistered",
    "BookingRefused",
    "BookingRequest",
    "BookingResult",
    "Contact",
    "Employer",
    "NoSeatLeft",
    "NotAllowed",
    "NotBookable",
    "Person",
    "PriceChanged",
    "PriceLine",
    "TooBusy",
    "accept",
    "book",
    "cancel",
    "fingerprint",
    "has_seats_for",
    "keep_counter_true",
    "price_lines",
    "reject",
    "seat_transaction",
    "total_of",
]
