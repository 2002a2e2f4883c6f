"""Making a booking."""

from dataclasses import dataclass

from django.utils import timezone

from events.enums import OccurrenceState
from events.models import Occurrence
from registrations.enums import ProofMethod, RegistrationState
from registrations.messages.writing import write_messages
from registrations.models import Answer, Booking, Needs, Participant, Registration, Transition
from registrations.questions import fingerprint_of, questions_of
from registrations.services.billing import route_of
from registrations.services.errors import AlreadyRegistered, NotBookable, OneOfThem, PriceChanged, QuestionsChanged
from registrations.services.prices import PriceLine, fingerprint, frozen_price, price_lines
from registrations.services.proofs import is_code_of
from registrations.services.requests import BookingRequest, BookingResult
from registrations.services.seats import outcome_for, with_retries
from registrations.services.stages import rivals_of
from registrations.services.waiting import seat_change

# What an officer may still book: somebody telephones after the window has closed, or before it opens.
CLOSED_TO_VISITORS = frozenset({OccurrenceState.CLOSED, OccurrenceState.NOT_YET_OPEN, OccurrenceState.SAVE_THE_DATE})


@dataclass(frozen=True)
class Priced:
    """The lines of a booking, and what proved the membership that they are priced on («» where nothing did)."""

    lines: list[PriceLine]
    proof: str


def book(request: BookingRequest) -> BookingResult:
    """Register people for dates, and write their messages: all of it, or nothing.

    On each date the people are seated together when all of them fit, else all of them wait; a date by approval takes
    their request. Prices are frozen. Raises NotBookable, AlreadyRegistered, OneOfThem, PriceChanged, QuestionsChanged
    or TooBusy, and RuntimeError inside another transaction.
    """
    return with_retries(lambda: _book_once(request))


def _book_once(request: BookingRequest) -> BookingResult:
    rivals = rivals_of(request.occurrence_ids)
    # The other dates of a session that one attends once are held too: two bookings at the same instant, each for
    # another of its dates, must not both register the same person.
    held = {*request.occurrence_ids, *(pk for others in rivals.values() for pk in others)}
    with seat_change(held):
        # Whoever sent the same key before us has committed by now: we held their counters' queue.
        known = Booking.objects.filter(idempotency_key=request.key).first()
        if known is not None:
            return BookingResult(known, created=False)
        if any(others.intersection(request.occurrence_ids) for others in rivals.values()):
            raise OneOfThem
        occurrences = _bookable(request)
        _refuse_twice(request, held)
        priced = priced_lines(request, occurrences)
        if request.shown_prices is not None and request.shown_prices != fingerprint(priced.lines):
            raise PriceChanged(priced.lines)
        _require_questions(request, occurrences)
        booking = _write_booking(request, priced)
        people = _write_participants(booking, request)
        Answer.objects.bulk_create(answer.of(people[answer.person_key]) for answer in request.answers)
        registrations = _write_registrations(request, people, occurrences, priced.lines)
        write_messages("booked", registrations)
    return BookingResult(booking, created=True)


def priced_lines(request: BookingRequest, occurrences: list[Occurrence]) -> Priced:
    """Return what a booking would cost: a membership counts as proven by an officer, or by its code."""
    if request.by_officer:
        lines = price_lines(occurrences, request.employer, request.people, is_proven=True)
        return Priced(lines, ProofMethod.OFFICER if _memberships(lines) else "")
    lines = price_lines(occurrences, request.employer, request.people, is_proven=False)
    if is_code_of(_memberships(lines), request.membership_code):
        return Priced(price_lines(occurrences, request.employer, request.people, is_proven=True), ProofMethod.CODE)
    return Priced(lines, "")


def _memberships(lines: list[PriceLine]) -> list:
    return [line.quote.membership for line in lines if line.quote.membership]


def _bookable(request: BookingRequest) -> list[Occurrence]:
    """Return the dates as they stand now. Raises NotBookable when one of them takes no registration."""
    rows = Occurrence.objects.published().filter(pk__in=request.occurrence_ids).with_details()
    found = {row.pk: row for row in rows}
    for pk in request.occurrence_ids:
        if pk not in found or not _takes(request, found[pk]):
            raise NotBookable(found.get(pk))
    return sorted(found.values(), key=lambda row: (row.day is None, row.day, row.pk))


def _takes(request: BookingRequest, occurrence: Occurrence) -> bool:
    is_late = request.by_officer and occurrence.state in CLOSED_TO_VISITORS
    return occurrence.is_open_for_registration() or is_late


def _refuse_twice(request: BookingRequest, held: set[int]) -> None:
    """Raise AlreadyRegistered when somebody holds, waits for, or has asked for a place on one of these dates."""
    people = {person.key: person for person in request.people}
    keys = (
        Registration.objects.active()
        .filter(occurrence_id__in=held, person_key__in=people)
        .values_list("person_key", flat=True)
    )
    if twice := sorted(set(keys)):
        raise AlreadyRegistered([people[key] for key in twice])


def _require_questions(request: BookingRequest, occurrences: list[Occurrence]) -> None:
    """Raise QuestionsChanged when what is asked is not what was answered."""
    if request.shown_questions is None:
        return
    asked = questions_of(row.page_id for row in occurrences)
    if request.shown_questions != fingerprint_of(question for rows in asked.values() for question in rows):
        raise QuestionsChanged


def _write_booking(request: BookingRequest, priced: Priced) -> Booking:
    now, proof = timezone.now(), priced.proof
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
        organisation_siret=request.employer.siret,
        billing_route=route_of(request.employer, priced.lines),
        service_code=request.billing.service_code,
        engagement_number=request.billing.engagement_number,
        proof_method=proof,
        proof_at=now if proof else None,
        proof_by=request.user if proof else None,
        taken_by=request.user,
        consent_at=now,
        consent_wording=request.consent_wording,
    )


def _write_participants(booking: Booking, request: BookingRequest) -> dict[str, Participant]:
    """Write the people, with what they need, and return them by key."""
    participants = {
        person.key: Participant.objects.create(booking=booking, **person.identity) for person in request.people
    }
    Needs.objects.bulk_create(
        Needs(participant=participants[person.key], accessibility=person.accessibility, diet=person.diet)
        for person in request.people
        if person.accessibility or person.diet
    )
    return participants


def _write_registrations(
    request: BookingRequest,
    participants: dict[str, Participant],
    occurrences: list[Occurrence],
    lines: list[PriceLine],
) -> list[Registration]:
    """Decide on each date for the whole group, then write one registration per person and date."""
    states = {occurrence.pk: outcome_for(occurrence, len(participants)) for occurrence in occurrences}
    now = timezone.now()
    actor = "officer" if request.by_officer else "contact"
    registrations = []
    for line in lines:
        state = states[line.occurrence.pk]
        registration = Registration.objects.create(
            participant=participants[line.person.key],
            occurrence=line.occurrence,
            state=state,
            person_key=line.person.key,
            created_at=now,
            waiting_since=now if state == RegistrationState.WAITLISTED else None,
            **frozen_price(line.quote),
        )
        Transition.objects.create(registration=registration, to_state=state, actor=actor, user=request.user, at=now)
        registrations.append(registration)
    return registrations
