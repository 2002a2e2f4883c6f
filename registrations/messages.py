"""The messages of a change, written in its transaction: one to the contact, one to each other participant."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop, override

from outbox.services import Attachment, queue_message
from portal.dates import written
from registrations.calendar import invitation
from registrations.descriptions import DateLines, by_date, total_of_active
from registrations.enums import SEATED, RegistrationState
from registrations.links import centre_name, page_url, private_url
from registrations.models import Booking, Participant, Registration
from registrations.people import person_key

Before = Mapping[int, RegistrationState]

# By event and state: the subject, then the first sentence. Without a state, those of an event with several.
WORDS = {
    ("booked", RegistrationState.CONFIRMED): (
        gettext_noop("Registration confirmed: %(what)s"),
        gettext_noop("The registration below is confirmed."),
    ),
    ("booked", RegistrationState.WAITLISTED): (
        gettext_noop("Waiting list: %(what)s"),
        gettext_noop("All places are taken or promised: you are on the waiting list, in the order of requests."),
    ),
    ("booked", RegistrationState.PENDING): (
        gettext_noop("Request received: %(what)s"),
        gettext_noop("We have received the request below. The team answers each of them by e-mail."),
    ),
    ("booked", None): (
        gettext_noop("Your registrations: %(what)s"),
        gettext_noop("Here is what was recorded, date by date."),
    ),
    ("accepted", None): (
        gettext_noop("Registration confirmed: %(what)s"),
        gettext_noop("Good news: there is a place, and the registration below is confirmed."),
    ),
    ("rejected", None): (
        gettext_noop("Your request for %(what)s"),
        gettext_noop("We are sorry: the request below could not be accepted."),
    ),
    ("cancelled", None): (
        gettext_noop("Registration cancelled: %(what)s"),
        gettext_noop("The registration below is cancelled."),
    ),
}


def write_messages(
    event: str, registrations: list[Registration], before: Before | None = None, reason: str = ""
) -> None:
    """Write the messages of an event («booked», «accepted», «rejected», «cancelled») for registrations that changed.

    Each is in the language of its booking. `before` maps keys to the states they left; `reason` is the officer's.
    """
    bookings: dict[int, list[Registration]] = {}
    for row in registrations:
        bookings.setdefault(row.participant.booking_id, []).append(row)
    for rows in bookings.values():
        booking = rows[0].participant.booking
        with override(booking.language):
            _write_for_booking(event, booking, rows, before or {}, reason)


def _write_for_booking(event: str, booking: Booking, rows: list[Registration], before: Before, reason: str) -> None:
    contact_key = person_key(booking.email)
    people = {row.participant_id: row.participant for row in rows}
    themself = next((person for person in people.values() if person_key(person.email) == contact_key), None)
    common = {"event": event, "booking": booking, "reason": reason, "centre_name": centre_name()}
    _write(common, booking.email, booking.contact_name, rows, themself, before, is_contact=True)
    for person in people.values():
        if person is not themself:
            own = [row for row in rows if row.participant_id == person.pk]
            _write(common, person.email, person.name, own, person, before, is_contact=False)


def _write(
    common: dict[str, Any],
    to: str,
    name: str,
    rows: list[Registration],
    participant: Participant | None,
    before: Before,
    is_contact: bool,
) -> None:
    """Write one message to one reader about `rows`; `participant` is the reader, where they take part."""
    booking, event = common["booking"], common["event"]
    dates = by_date(rows, booking.language)
    subject, opening = _words(event, rows)
    context = {
        **common,
        "name": name,
        "is_contact": is_contact,
        "dates": [(date, page_url(date.page)) for date in dates],
        "opening": gettext(opening),
        "total": total_of_active(dates),
        "is_group": len(rows) > 1,
        "private_url": private_url(booking) if is_contact else "",
    }
    role = "contact" if is_contact else f"participant-{participant.pk if participant else 0}"
    queue_message(
        kind=f"registration_{event}",
        to=to,
        language=booking.language,
        subject=gettext(subject) % {"what": _what(dates)},
        text=render_to_string("emails/registration.txt", context),
        html=render_to_string("emails/registration.html", context),
        attachments=_files(dates, booking, participant, before),
        about=booking,
        key=f"{event}:{min(row.pk for row in rows)}:{role}",
    )


def _words(event: str, rows: list[Registration]) -> tuple[str, str]:
    states = {RegistrationState(row.state) for row in rows}
    return WORDS.get((event, states.pop()), WORDS[event, None]) if len(states) == 1 else WORDS[event, None]


def _what(dates: list[DateLines]) -> str:
    """Return what the message is about: the title and the day, or the number of dates."""
    if len(dates) > 1:
        return gettext("%(count)d dates") % {"count": len(dates)}
    occurrence, title = dates[0].occurrence, dates[0].page.title
    return f"{title}, {written(occurrence.day)}" if occurrence.day else title


def _files(dates: list[DateLines], booking: Booking, reader: Participant | None, before: Before) -> list[Attachment]:
    """Return the calendar file of each date where a seat was given or given back.

    Whoever takes part is invited, or uninvited; a contact who does not gets the date only as an information.
    """
    files = []
    for date in (date for date in dates if date.occurrence.day):
        rows = [line.registration for line in date.lines]
        if reader is not None:
            rows = [row for row in rows if row.participant_id == reader.pk]
        gone = any(before.get(row.pk) in SEATED and not row.holds_seat for row in rows)
        if any(row.holds_seat for row in rows):
            method = "REQUEST" if reader else "PUBLISH"
        elif gone and reader:
            method = "CANCEL"
        else:
            continue
        files.append(invitation(date.occurrence, booking.language, method, reader))
    return files
