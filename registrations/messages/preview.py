"""A message as invented people would receive it: nothing is read from the database, nothing written."""

import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page

from directory.models import Venue
from events.enums import OccurrenceStatus, PriceRule
from events.models import HalfDay, Occurrence, SeatCounter
from outbox.identity import Centre
from outbox.kinds import Preview, Words
from registrations.enums import ParticipantCategory, RegistrationState
from registrations.message_kinds import CENTRE, PREFIX, REASON, TITLE
from registrations.messages.bodies import Links, body_of
from registrations.messages.descriptions import DateLines, Line
from registrations.messages.tellings import Reader, Telling
from registrations.models import Booking, Offer, Participant, Registration

# In which state a message finds, or leaves, the registration that it tells of.
STATES = {
    "booked_waitlisted": RegistrationState.WAITLISTED,
    "booked_pending": RegistrationState.PENDING,
    "rejected": RegistrationState.REJECTED,
    "cancelled": RegistrationState.CANCELLED,
    "called_off": RegistrationState.CANCELLED,
    "offered": RegistrationState.OFFERED,
    "offer_expired": RegistrationState.EXPIRED,
    "declined": RegistrationState.DECLINED,
}
WITH_REASON = frozenset({"rejected", "called_off", "postponed", "waived"})
# Kinds that tell of an event by another name than their own.
EVENTS = {"postponed": "called_off", "contact_before": "address_replaced"}
LINK = "https://example.org/…"


def preview_of(name: str, language: str, words: Words) -> Preview:
    """Return the message of a kind, with these words, as its contact would receive it in a language."""
    wanted = name.removeprefix(PREFIX)
    event = "booked" if wanted.startswith("booked") else EVENTS.get(wanted, wanted)
    with override(language):
        occurrence = _date(language, days=30)
        other = _date(language, days=44)
        rows = _registrations(occurrence, language, STATES.get(wanted, RegistrationState.CONFIRMED))
        if wanted == "booked":
            rows[1].state, rows[1].waiting_since = RegistrationState.WAITLISTED, timezone.now()
        if wanted == "waived":
            rows = rows[:1]
            rows[0].waived_amount = Decimal(50)
        if wanted == "postponed":
            occurrence.status = OccurrenceStatus.POSTPONED
        telling = Telling(
            event,
            reason=REASON.examples[language] if wanted in WITH_REASON else "",
            was=_date(language, days=23) if wanted == "changed" else None,
            alternatives=(other,) if event == "called_off" else (),
            name="Claire Dubois" if wanted == "contact_before" else "",
        )
        booking = rows[0].participant.booking
        reader = Reader(booking, booking.email, booking.contact_name, tuple(rows), rows[0].participant, True, "")
        places = {row: number for number, row in enumerate(rows, 1) if row.state == RegistrationState.WAITLISTED}
        dates = [DateLines(occurrence, occurrence.page, [Line(row, places.get(row)) for row in rows])]
        links = Links(LINK, LINK, {occurrence.pk: LINK}, {other.pk: LINK})
        return body_of(telling, reader, words, dates, links, _centre(language))


def _centre(language: str) -> Centre:
    """Return an invented centre."""
    name, email, phone = CENTRE.examples[language], "contact@example.org", "03 20 00 00 00"
    return Centre(name, "https://example.org", "12 rue des Jardins\n80000 Amiens", email, phone)


def _date(language: str, days: int) -> Occurrence:
    """Return a date some days ahead."""
    page = Page(pk=1, title=TITLE.examples[language], locale=Locale(language_code=language))
    venue = Venue(
        name="Maison des habitants",
        address="12 rue des Jardins",
        postcode="80000",
        town="Amiens",
        access_fr="À cinq minutes à pied de la gare. L’entrée est de plain-pied.",
        access_en="Five minutes on foot from the station. The entrance has no step.",
    )
    occurrence = Occurrence(
        pk=days,
        page=page,
        day=timezone.localdate() + datetime.timedelta(days=days),
        doors=datetime.time(9),
        venue=venue,
        capacity=20,
    )
    occurrence.seat_counter = SeatCounter(occurrence=occurrence, taken=12)
    occurrence.half_days = [
        HalfDay(starts=datetime.time(9, 30), ends=datetime.time(12, 30)),
        HalfDay(starts=datetime.time(14), ends=datetime.time(17)),
    ]
    return occurrence


def _registrations(occurrence: Occurrence, language: str, state: RegistrationState) -> list[Registration]:
    """Return those of Claire, who booked, and of her colleague Omar."""
    booking = Booking(
        pk=1,
        language=language,
        first_name="Claire",
        last_name="Dubois",
        email="claire@example.org",
        organisation_name="Ville d’Amiens",
    )
    offer = Offer(expires_at=timezone.now() + datetime.timedelta(hours=48))
    return [
        Registration(
            pk=pk,
            participant=Participant(
                pk=pk,
                booking=booking,
                first_name=first_name,
                last_name=last_name,
                email=f"{first_name.lower()}@example.org",
                category=ParticipantCategory.AGENT,
            ),
            occurrence=occurrence,
            state=state,
            offer=offer if state in (RegistrationState.OFFERED, RegistrationState.EXPIRED) else None,
            waiting_since=timezone.now(),
            price_amount=Decimal(150),
            price_currency="EUR",
            price_rule=PriceRule.NON_MEMBER,
        )
        for pk, (first_name, last_name) in enumerate([("Claire", "Dubois"), ("Omar", "Martin")], 1)
    ]
