"""What happened, and who is told: one message to the contact of a booking, one to each other participant."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from events.enums import OccurrenceStatus
from events.models import Occurrence
from outbox.kinds import kind_named
from registrations.enums import RegistrationState
from registrations.message_kinds import PREFIX
from registrations.models import Booking, Participant, Registration
from registrations.people import person_key

Before = Mapping[int, RegistrationState]

# Told of one date at a time; the others tell a booking all that changed for it in one message.
BY_DATE = frozenset({"called_off", "changed", "reminder", "joining_instructions", "documents_available", "thanks"})
# What concerns whoever pays.
TO_CONTACT = frozenset({"waived", "contact_now"})


@dataclass(frozen=True)
class Telling:
    """An event of registrations or of their dates.

    `before` maps keys of registrations to the states they left, `reason` is the officer's. Of a date that changed or
    was called off, `was` is the date as it stood, and `alternatives` are other dates of its page. What may be told
    several times says in `again` which time it is. `address`: the only one told, where a participant was known by it
    or, with their `name`, the contact.
    """

    event: str
    before: Before = field(default_factory=dict)
    reason: str = ""
    was: Occurrence | None = None
    alternatives: tuple[Occurrence, ...] = ()
    again: str = ""
    address: str = ""
    name: str = ""

    def kind_of(self, rows: Iterable[Registration]) -> str:
        """Return the kind of the message that tells of these registrations."""
        rows = list(rows)
        if self.event == "booked":
            states = {str(row.state) for row in rows}
            name = f"{PREFIX}booked_{states.pop()}" if len(states) == 1 else ""
            return name if kind_named(name) else f"{PREFIX}booked"
        if self.event == "called_off" and rows[0].occurrence.status == OccurrenceStatus.POSTPONED:
            return f"{PREFIX}postponed"
        if self.event == "address_replaced" and self.name:
            return f"{PREFIX}contact_before"
        return PREFIX + self.event

    def shown(self, occurrence: Occurrence) -> Occurrence:
        """Return the date that the message shows: one that is called off as it stood, its new day being unknown."""
        return self.was if self.was is not None and self.event == "called_off" else occurrence


@dataclass(frozen=True)
class Reader:
    """Who reads a message, about which registrations. `participant` is the reader, where they take part.

    The `key` is the same each time the same thing is told to the same reader.
    """

    booking: Booking
    email: str
    name: str
    rows: tuple[Registration, ...]
    participant: Participant | None
    is_contact: bool
    key: str


def readers_of(telling: Telling, registrations: Iterable[Registration]) -> list[Reader]:
    """Return who is told: for each booking, and for some events each of its dates, the contact and each participant."""
    groups: dict[tuple[int, int], list[Registration]] = {}
    for row in registrations:
        date = row.occurrence_id if telling.event in BY_DATE else 0
        groups.setdefault((row.participant.booking_id, date), []).append(row)
    return [reader for rows in groups.values() for reader in _readers_of_group(telling, rows)]


def _readers_of_group(telling: Telling, rows: list[Registration]) -> Iterator[Reader]:
    booking = rows[0].participant.booking
    people = {row.participant_id: row.participant for row in rows}
    contact_key = person_key(booking.email)
    themself = next((person for person in people.values() if person_key(person.email) == contact_key), None)
    if telling.address:
        person = None if telling.name else rows[0].participant
        name, role = (person.name, "before") if person else (telling.name, "contact-before")
        key = _key(telling, rows, telling.address, role)
        yield Reader(booking, telling.address, name, tuple(rows), person, False, key)
        return
    name, email = booking.contact_name, booking.email
    yield Reader(booking, email, name, tuple(rows), themself, True, _key(telling, rows, email, "contact"))
    others = [] if telling.event in TO_CONTACT else people.values()
    for person in others:
        if person is not themself:
            own = tuple(row for row in rows if row.participant_id == person.pk)
            key = _key(telling, rows, person.email, f"participant-{person.pk}")
            yield Reader(booking, person.email, person.name, own, person, False, key)


def _key(telling: Telling, rows: list[Registration], email: str, role: str) -> str:
    """Name a message. A booking's rows may come and go before a date is told of: the reader names it, not the rows."""
    first = rows[0]
    if telling.event in BY_DATE:
        who = hashlib.sha256(person_key(email).encode()).hexdigest()[:16]
        again = telling.again
        if telling.event in ("called_off", "changed"):
            again = again or str(first.occurrence.calendar_sequence)
        parts = [telling.event, f"b{first.participant.booking_id}", f"o{first.occurrence_id}", again, who]
    else:
        parts = [telling.event, str(min(row.pk for row in rows)), telling.again, role]
    return ":".join(part for part in parts if part)
