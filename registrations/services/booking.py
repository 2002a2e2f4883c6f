"""Making a booking."""

from django.utils import timezone

from events.enums import RegistrationMode
from events.models import Occurrence
from registrations.enums import RegistrationState
from registrations.messages import write_messages
from registrations.models import Booking, Participant, Registration, Transition
from registrations.services.errors import AlreadyRegistered, NotBookable, PriceChanged
from registrations.services.prices import PriceLine, fingerprint, price_lines
from registrations.services.requests import BookingRequest, BookingResult
from registrations.services.seats import has_seats_for, seat_transaction, with_retries, write_counters


def book(request: BookingRequest) -> BookingResult:
    """Register people for dates, and write their messages: all of it, or nothing.

    On each date the people are seated together when all of them fit, else all of them wait; a date by approval takes
    their request. Prices are frozen. Raises NotBookable, AlreadyRegistered, PriceChanged or TooBusy, and RuntimeError
    inside another transaction.
    """
    return with_retries(lambda: _book_once(request))


def _book_once(request: BookingRequest) -> BookingResult:
    with seat_transaction(request.occurrence_ids):
        # Whoever sent the same key before us has committed by now: we held their counters' queue.
        known = Booking.objects.filter(idempotency_key=request.key).first()
        if known is not None:
            return BookingResult(known, created=False)
        occurrences = _bookable(request.occurrence_ids)
        _refuse_twice(request)
        lines = price_lines(occurrences, request.employer.organisation, request.people)
        if request.shown_prices is not None and request.shown_prices != fingerprint(lines):
            raise PriceChanged(lines)
        booking = _write_booking(request)
        registrations = _write_registrations(booking, _write_participants(booking, request), occurrences, lines)
        write_counters(occurrences)
        write_messages("booked", registrations)
    return BookingResult(booking, created=True)


def _bookable(occurrence_ids: tuple[int, ...]) -> list[Occurrence]:
    """Return the dates as they stand now. Raises NotBookable when one of them takes no registration."""
    found = {row.pk: row for row in Occurrence.objects.published().filter(pk__in=occurrence_ids).with_details()}
    for pk in occurrence_ids:
        if pk not in found or not found[pk].is_open_for_registration():
            raise NotBookable(found.get(pk))
    return sorted(found.values(), key=lambda row: (row.day is None, row.day, row.pk))


def _refuse_twice(request: BookingRequest) -> None:
    """Raise AlreadyRegistered when somebody holds, waits for, or has asked for a place on one of these dates."""
    people = {person.key: person for person in request.people}
    keys = (
        Registration.objects.active()
        .filter(occurrence_id__in=request.occurrence_ids, person_key__in=people)
        .values_list("person_key", flat=True)
    )
    if twice := sorted(set(keys)):
        raise AlreadyRegistered([people[key] for key in twice])


def _write_booking(request: BookingRequest) -> Booking:
    return Booking.objects.create(
        idempotency_key=request.key,
        language=request.language,
        first_name=request.contact.first_name,
        last_name=request.contact.last_name,
        email=request.contact.email,
        phone=request.contact.phone,
        organisation=request.employer.organisation,
        organisation_name=request.employer.name,
        organisation_kind=request.employer.kind,
        organisation_commune=request.employer.commune,
        consent_at=timezone.now(),
        consent_wording=request.consent_wording,
    )


def _write_participants(booking: Booking, request: BookingRequest) -> dict[str, Participant]:
    """Write the people and return them by key."""
    return {
        person.key: Participant.objects.create(
            booking=booking,
            first_name=person.first_name,
            last_name=person.last_name,
            email=person.email,
            job_title=person.job_title,
            category=person.category,
        )
        for person in request.people
    }


def _write_registrations(
    booking: Booking, participants: dict[str, Participant], occurrences: list[Occurrence], lines: list[PriceLine]
) -> list[Registration]:
    """Decide on each date for the whole group, then write one registration per person and date."""
    states = {occurrence.pk: _decide(occurrence, len(participants)) for occurrence in occurrences}
    now = timezone.now()
    registrations = []
    for line in lines:
        state = states[line.occurrence.pk]
        membership = line.quote.membership
        registration = Registration.objects.create(
            participant=participants[line.person.key],
            occurrence=line.occurrence,
            state=state,
            person_key=line.person.key,
            created_at=now,
            waiting_since=now if state == RegistrationState.WAITLISTED else None,
            price_amount=line.quote.amount,
            price_currency=line.quote.currency,
            price_rule=line.quote.rule,
            membership=membership,
            membership_label=str(membership) if membership else "",
            membership_flagged=line.quote.flagged,
        )
        Transition.objects.create(registration=registration, to_state=state, actor="contact", at=now)
        registrations.append(registration)
    return registrations


def _decide(occurrence: Occurrence, size: int) -> RegistrationState:
    """Return what becomes of a group that asks for a date now."""
    if occurrence.registration_mode == RegistrationMode.BY_APPROVAL:
        return RegistrationState.PENDING
    if has_seats_for(occurrence, size):
        return RegistrationState.CONFIRMED
    return RegistrationState.WAITLISTED
