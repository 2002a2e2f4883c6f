"""Bookings for tests, made as the public form makes them."""

import uuid
from typing import Any

from events.models import Occurrence
from registrations.enums import ParticipantCategory
from registrations.models import Registration
from registrations.services import BookingRequest, BookingResult, Contact, Employer, Person, book

NOBODY_KNOWN = Employer(None, "Association des voisins", "association", "Amiens")
CONSENT = "I agree."


def make_person(name: str = "ines", **fields: Any) -> Person:
    """Return somebody whose e-mail is `name`@example.org."""
    values = {"first_name": name.title(), "last_name": "Martin", "email": f"{name}@example.org"}
    return Person(**{**values, "category": ParticipantCategory.AGENT, **fields})


def make_request(*occurrences: Occurrence, people: tuple[str, ...] = ("ines",), **fields: Any) -> BookingRequest:
    """Return the request of a contact, Claire, for people by name."""
    values = {
        "key": uuid.uuid4(),
        "language": "fr",
        "contact": Contact("Claire", "Dubois", "claire@example.org", "03 20 00 00 00"),
        "employer": NOBODY_KNOWN,
        "people": tuple(make_person(name) for name in people),
        "occurrence_ids": tuple(occurrence.pk for occurrence in occurrences),
        "consent_wording": CONSENT,
    }
    return BookingRequest(**{**values, **fields})


def make_booking(*occurrences: Occurrence, people: tuple[str, ...] = ("ines",), **fields: Any) -> BookingResult:
    """Book people for dates and return the result."""
    return book(make_request(*occurrences, people=people, **fields))


def registrations_of(result: BookingResult) -> list[Registration]:
    """Return the registrations of a booking, in the order in which they were written."""
    return list(Registration.objects.filter(participant__booking=result.booking).with_people().order_by("pk"))


def states_of(result: BookingResult) -> list[str]:
    """Return the states of the registrations of a booking."""
    return [str(row.state) for row in registrations_of(result)]
