"""What a person finds in their space: the dates where they take part, their bookings, those of their organisations."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from directory.models import Organisation
from registrations.messages.descriptions import DateLines, Read, by_date, read_together, with_documents
from registrations.models import Booking, Registration
from registrations.people import person_key, same_person
from registrations.questions import owing
from registrations.space.access import organisations_of

# Of an organisation, what lies further back than this is the officer's to look up.
ORGANISATION_DAYS = 365


@dataclass(frozen=True)
class OwnDate:
    """A date where the person is registered themself, and the booking that holds it."""

    date: DateLines
    booking: Booking
    # True while an answer to what the page asks is owed.
    owes: bool = False

    @property
    def is_ahead(self) -> bool:
        """True while it is theirs, or may become so: not past, not cancelled."""
        return _is_ahead(self.date)


@dataclass(frozen=True)
class BookingDates:
    """A booking with its dates."""

    booking: Booking
    dates: list[DateLines]
    # True while somebody of it owes an answer.
    owes: bool = False

    @property
    def is_ahead(self) -> bool:
        """True while one of its dates is."""
        return any(_is_ahead(date) for date in self.dates)


@dataclass
class Contents:
    """What a space shows. Dates come by day, what is over last first."""

    dates: list[OwnDate] = field(default_factory=list)
    past_dates: list[OwnDate] = field(default_factory=list)
    bookings: list[BookingDates] = field(default_factory=list)
    past_bookings: list[BookingDates] = field(default_factory=list)
    # Of each, what others booked for it.
    organisations: list[tuple[Organisation, list[BookingDates]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """True when there is nothing at all."""
        return not any((self.dates, self.past_dates, self.bookings, self.past_bookings, self.organisations))


def _is_ahead(date: DateLines) -> bool:
    return not date.occurrence.is_past and any(line.registration.is_active for line in date.lines)


def contents_of(key: str, language: str) -> Contents:
    """Return what a person, by their key, finds in their space. The number of bookings costs no query."""
    organisations = {row.pk: row for row in Organisation.objects.filter(pk__in=organisations_of(key)).order_by("name")}
    rows = _registrations(key, organisations)
    read = read_together(rows, language)
    owed = _owed(rows)
    own = _own_dates([row for row in rows if row.person_key == key], language, read, owed)
    booked = _bookings(rows, language, read, owed)
    mine = [entry for entry in booked if person_key(entry.booking.email) == key]
    others = [entry for entry in booked if person_key(entry.booking.email) != key]
    return Contents(
        dates=[entry for entry in own if entry.is_ahead],
        past_dates=[entry for entry in reversed(own) if not entry.is_ahead],
        bookings=[entry for entry in mine if entry.is_ahead],
        past_bookings=[entry for entry in reversed(mine) if not entry.is_ahead],
        organisations=[
            (organisation, [entry for entry in others if entry.booking.organisation_id == pk])
            for pk, organisation in organisations.items()
        ],
    )


def _registrations(key: str, organisations: Iterable[int]) -> list[Registration]:
    recent = timezone.localdate() - datetime.timedelta(days=ORGANISATION_DAYS)
    followed = Q(participant__booking__organisation__in=list(organisations)) & (
        Q(occurrence__day=None) | Q(occurrence__day__gte=recent)
    )
    concerned = Q(person_key=key) | same_person("participant__booking__email", key) | followed
    return list(Registration.objects.filter(concerned).with_people().order_by("occurrence__day", "occurrence_id", "pk"))


def _owed(rows: list[Registration]) -> set[tuple[int, int]]:
    """Return the dates with those who owe an answer, until the date begins."""
    ahead = [row for row in rows if row.may_be_handed_over]
    pages = [row.occurrence.page_id for row in ahead]
    return owing(pages, ((row.occurrence_id, row.occurrence.page_id, row.participant_id) for row in ahead))


def _owes(rows: Iterable[Registration], owed: set[tuple[int, int]]) -> bool:
    return any(row.is_active and (row.occurrence_id, row.participant_id) in owed for row in rows)


def _own_dates(rows: list[Registration], language: str, read: Read, owed: set[tuple[int, int]]) -> list[OwnDate]:
    """Return the dates with their documents; one registered twice leads to the booking that still holds."""
    dates = with_documents(by_date(rows, language, read))
    found = []
    for date in dates:
        held = [line.registration for line in date.lines if line.registration.is_active] or [
            date.lines[-1].registration
        ]
        found.append(OwnDate(date, held[0].participant.booking, _owes(held, owed)))
    return found


def _bookings(rows: list[Registration], language: str, read: Read, owed: set[tuple[int, int]]) -> list[BookingDates]:
    by_booking: dict[int, list[Registration]] = {}
    for row in rows:
        by_booking.setdefault(row.participant.booking_id, []).append(row)
    return [
        BookingDates(own[0].participant.booking, by_date(own, language, read), _owes(own, owed))
        for own in by_booking.values()
    ]
