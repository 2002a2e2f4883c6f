"""The contact of a booking: written anew, or sent their private link once more."""

from dataclasses import asdict

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from registrations.enums import HistoryEvent
from registrations.messages.private_links import write_private_link
from registrations.messages.tellings import Telling
from registrations.messages.writing import tell
from registrations.models import AccessLink, Booking, Participant, Registration
from registrations.models.bookings import new_token
from registrations.people import person_key
from registrations.services.replacing import dates_held, noted, rewrite
from registrations.services.requests import Contact, Person
from registrations.services.seats import with_retries
from registrations.services.steps import note
from registrations.services.waiting import seat_change


def contact_of(booking: Booking) -> Contact:
    """Return the contact of a booking."""
    return Contact(booking.first_name, booking.last_name, booking.email, booking.phone)


def own_participant(booking: Booking) -> Participant | None:
    """Return the participant who is the contact of their booking; None where the contact takes no part."""
    key = person_key(booking.email)
    return next((row for row in booking.participants.all() if person_key(row.email) == key), None)


def correct_contact(
    booking: Booking,
    contact: Contact,
    *,
    actor: str,
    user: User | None = None,
    reason: str = "",
    takes_part: bool = False,
) -> Booking:
    """Write the name, e-mail and telephone of the contact anew; with `takes_part`, also the participant who they are.

    Where the e-mail is another, the booking gets another private link, and what was on its way to the address before
    opens nothing; the new address is told with the new link, the one before without. Raises AlreadyRegistered as
    `correct` does, TooBusy.
    """
    participant = own_participant(booking) if takes_part else None
    held = dates_held(participant) if participant else set()

    def once() -> Booking:
        with seat_change(held):
            current = Booking.objects.select_for_update().get(pk=booking.pk)
            before = contact_of(current)
            if participant is not None:
                rewrite(participant, _person(participant, contact), held)
                note(noted(participant), HistoryEvent.CORRECTED, actor=actor, user=user, reason=reason)
            _write(current, contact, before)
            rows = Registration.objects.filter(participant__booking=current).with_people().order_by("pk")
            note(rows, HistoryEvent.CONTACT, actor=actor, user=user, reason=reason)
            if _is_other(contact, before):
                _tell_both(list(rows.active() or rows), before)
            return current

    return with_retries(once)


def _person(participant: Participant, contact: Contact) -> Person:
    return Person(contact.first_name, contact.last_name, contact.email, participant.category, participant.job_title)


def _is_other(contact: Contact, before: Contact) -> bool:
    return contact.email.strip().lower() != before.email.strip().lower()


def _write(booking: Booking, contact: Contact, before: Contact) -> None:
    """Write the contact; another address gets another link, and the links on their way to the one before end."""
    written = asdict(contact)
    if _is_other(contact, before):
        written["token"] = new_token()
        AccessLink.objects.filter(person_key=person_key(before.email), used_at=None).update(revoked=True)
    for name, value in written.items():
        setattr(booking, name, value)
    booking.save(update_fields=list(written))


def _tell_both(rows: list[Registration], before: Contact) -> None:
    again = f"{timezone.now():%Y%m%d%H%M%S%f}"
    tell(Telling("contact_now", again=again), rows)
    name = f"{before.first_name} {before.last_name}"
    tell(Telling("address_replaced", again=again, address=before.email, name=name), rows)


def send_private_link(booking: Booking, *, actor: str, user: User | None = None) -> None:
    """Write the message with the private link to the contact once more, and note it."""
    with transaction.atomic():
        write_private_link(booking)
        rows = Registration.objects.filter(participant__booking=booking)
        note(rows, HistoryEvent.LINK_SENT, actor=actor, user=user)
