"""Another participant in the place of one, or the same one with other details.

A place that is handed over becomes a new row in the same change of seats: the old registration is cancelled, the new
one takes its state, its rank or offer, and its frozen price. The seats are counted once both are written, so nothing
is oversold and nothing is free in between for the waiting list. A row that changed hands would have made the history of
one person that of another: each keeps their own, in their space and in the calendar that they were sent.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from events.enums import PriceRule
from events.services import Quote
from registrations.enums import HistoryEvent, RegistrationState
from registrations.messages.tellings import Telling
from registrations.messages.writing import tell, write_messages
from registrations.models import Booking, Participant, Registration, Transition
from registrations.services.billing import route_of
from registrations.services.errors import AlreadyRegistered, NotAllowed, PriceChanged
from registrations.services.moving import AGREED
from registrations.services.prices import PriceLine, fingerprint, frozen_price, price_lines
from registrations.services.requests import Employer, Person
from registrations.services.seats import with_retries
from registrations.services.stages import rivals_of
from registrations.services.steps import MAX_REASON, move, note
from registrations.services.waiting import seat_change


@dataclass(frozen=True)
class Handover:
    """What handing a place to somebody changes of its price: `quote` is None where what was agreed stays."""

    registration: Registration
    person: Person
    quote: Quote | None = None

    @property
    def lines(self) -> list[PriceLine]:
        """The new price as a line to be agreed to; empty where it stays."""
        return [PriceLine(self.person, self.registration.occurrence, self.quote)] if self.quote else []


def handover_of(registration: Registration, person: Person) -> Handover:
    """Return what handing a place to a person changes. Nothing is written.

    Rule: the price agreed stays, unless one of the two is asked the fee of elected officials and the other is not.
    """
    booking = registration.participant.booking
    # A membership that the team did not accept counts for nobody of the booking.
    is_refused = _was_refused(booking)
    employer = Employer(None, booking.organisation_name, booking.organisation_kind) if is_refused else _of(booking)
    is_proven = bool(booking.proof_method or booking.taken_by_id)
    line = price_lines([registration.occurrence], employer, [person], is_proven=is_proven)[0]
    was_elected = registration.price_rule == PriceRule.ELECTED_OFFICIAL
    differs = was_elected != (line.quote.rule == PriceRule.ELECTED_OFFICIAL)
    return Handover(registration, person, line.quote if differs else None)


def _was_refused(booking: Booking) -> bool:
    rows = Registration.objects.filter(participant__booking=booking)
    # Whoever became an elected official since has no trace of it but in the history.
    refused = Q(price_rule=PriceRule.NON_MEMBER, membership__isnull=False)
    return rows.filter(refused | Q(transitions__event=HistoryEvent.FOUND_OTHER)).exists()


def _of(booking: Booking) -> Employer:
    return Employer(
        booking.organisation,
        booking.organisation_name,
        booking.organisation_kind,
        booking.organisation_commune,
        booking.organisation_siret,
    )


def hand_over(
    registration: Registration,
    person: Person,
    *,
    actor: str,
    shown_price: str = "",
    user: User | None = None,
    reason: str = "",
    until_end: bool = False,
) -> Registration:
    """Hand a place to somebody of the same organisation, write the messages, and return the new registration.

    `shown_price` is the `fingerprint` of a new price that was agreed to; `until_end`: also once the date has begun, for
    the team, who sees who came. Raises PriceChanged with the lines to agree to, AlreadyRegistered, NotAllowed where it
    is too late or the registration is over, TooBusy.
    """
    rivals = rivals_of([registration.occurrence_id])
    held = {registration.occurrence_id, *rivals.get(registration.occurrence_id, set())}

    def once() -> Registration:
        with seat_change(held):
            # A proof that arrives now settles before us, or what we write.
            Booking.objects.select_for_update().get(pk=registration.participant.booking_id)
            old = Registration.objects.with_people().get(pk=registration.pk)
            _require(old, person, held, until_end)
            change = handover_of(old, person)
            if change.lines and shown_price != fingerprint(change.lines):
                raise PriceChanged(change.lines)
            before = {old.pk: RegistrationState(old.state)}
            new = _write(change, actor, user, reason)
            _bill(change)
            write_messages("replaced", [old, new], before, reason)
            return new

    return with_retries(once)


def _require(old: Registration, person: Person, held: set[int], until_end: bool) -> None:
    if not (old.is_ahead if until_end else old.may_be_handed_over):
        raise NotAllowed("over, or begun")
    if Registration.objects.active().filter(occurrence_id__in=held, person_key=person.key).exists():
        raise AlreadyRegistered([person])


def _write(change: Handover, actor: str, user: User | None, reason: str) -> Registration:
    """Cancel the old registration and write the new one, in the state and with the rank of the old."""
    old, booking, now = change.registration, change.registration.participant.booking, timezone.now()
    state = old.state
    event = HistoryEvent.HANDED_OVER
    move(old, RegistrationState.CANCELLED, actor=actor, reason=reason, user=user, event=event)
    new = Registration.objects.create(
        participant=_participant(booking, change.person),
        occurrence=old.occurrence,
        state=state,
        person_key=change.person.key,
        created_at=now,
        waiting_since=old.waiting_since,
        offer=old.offer if state == RegistrationState.OFFERED else None,
        **(frozen_price(change.quote) if change.quote else {name: getattr(old, name) for name in AGREED}),
    )
    event, told = HistoryEvent.TAKEN_OVER, reason[:MAX_REASON]
    Transition.objects.create(
        registration=new, to_state=state, event=event, actor=actor, user=user, reason=told, at=now
    )
    return new


def _participant(booking: Booking, person: Person) -> Participant:
    """Return the participant of the booking who is this person, or a new one."""
    known = [row for row in booking.participants.all() if row.registrations.filter(person_key=person.key).exists()]
    if known:
        return known[0]
    return Participant.objects.create(booking=booking, **person.identity)


def correct(
    participant: Participant,
    person: Person,
    *,
    actor: str,
    user: User | None = None,
    reason: str = "",
    category: str = "",
    shown_price: str = "",
) -> Participant:
    """Write the name, job title and e-mail of a participant anew: the same person; with a `category`, that too.

    Where the e-mail is another, their registrations follow it, past ones too: it is by it that they open their space;
    they and the contact are told, and so is the address before: somebody else may have taken the place over.
    Raises AlreadyRegistered when that address has a place of its own on one of their dates, or is another participant's
    of this booking; PriceChanged where the category changes prices and these are not `shown_price`, NotAllowed where
    they are, without a reason; TooBusy.
    """
    held = dates_held(participant)

    def once() -> Participant:
        with seat_change(held):
            # A proof that arrives now settles before us, or what we write.
            Booking.objects.select_for_update().get(pk=participant.booking_id)
            current, before = rewrite(participant, person, held)
            changes = _recategorise(current, category, shown_price) if category else []
            if changes and not reason.strip():
                raise NotAllowed("a new price without a reason")
            for change in changes:
                _reprice(change, actor, user, reason)
                _bill(change)
            note(noted(participant), HistoryEvent.CORRECTED, actor=actor, user=user, reason=reason)
            if before.lower() != person.email.strip().lower():
                _tell_both(current, before)
            return current

    return with_retries(once)


def _recategorise(participant: Participant, category: str, shown_price: str) -> list[Handover]:
    """Write in which capacity somebody takes part; return what it changes of the prices of dates that are not over."""
    if category == participant.category:
        return []
    identity = (participant.first_name, participant.last_name, participant.email, category, participant.job_title)
    person = Person(*identity)
    # A waiver that is given now comes before us, or what we write.
    rows = Registration.objects.filter(participant=participant).with_people().select_for_update(of=("self",))
    changes = [change for row in rows.order_by("pk") if row.is_ahead if (change := handover_of(row, person)).quote]
    lines = [line for change in changes for line in change.lines]
    if lines and shown_price != fingerprint(lines):
        raise PriceChanged(lines)
    participant.category = category
    participant.save(update_fields=["category"])
    return changes


def _reprice(change: Handover, actor: str, user: User | None, reason: str) -> None:
    """Write a price that was agreed anew, the one act that does: both amounts and why stand in the history.

    A waiver stays, never above the new price.
    """
    row, quote, old = change.registration, change.quote, change.registration.price
    if quote is None:
        return
    waived = min(row.waived_amount, quote.price.least)
    kept = {"waived_amount": waived, "waiver_reason": row.waiver_reason if waived else ""}
    # Frozen for everybody else: `Registration.save` refuses it.
    Registration.objects.filter(pk=row.pk).update(**frozen_price(quote), **kept)
    new = Registration.objects.get(pk=row.pk).price
    with override(row.participant.booking.language):
        told = f"{old} → {new}. {reason}"
    note([row], HistoryEvent.REPRICED, actor=actor, user=user, reason=told)


def _bill(change: Handover) -> None:
    """Say how the invoice leaves, where a booking that cost nothing costs something from now on."""
    booking = change.registration.participant.booking
    if change.lines and not booking.billing_route:
        Booking.objects.filter(pk=booking.pk).update(billing_route=route_of(_of(booking), change.lines))


def dates_held(participant: Participant) -> set[int]:
    """Return the dates to hold while a participant changes: theirs, and those that repeat the same sessions."""
    dates = set(Registration.objects.filter(participant=participant).active().values_list("occurrence_id", flat=True))
    return {*dates, *(pk for others in rivals_of(dates).values() for pk in others)}


def rewrite(participant: Participant, person: Person, held: set[int]) -> tuple[Participant, str]:
    """Write a participant anew inside a seat change over `held`; return them, and the address that they had."""
    current = Participant.objects.select_for_update().select_related("booking").get(pk=participant.pk)
    before = current.email.strip()
    rows = Registration.objects.filter(participant=participant)
    if rows.exclude(person_key=person.key).exists():
        _refuse_other(current, person, held)
        # Frozen for everybody else: here the person stays, and the database still refuses two at one date.
        rows.update(person_key=person.key)
    for name in ("first_name", "last_name", "job_title", "email"):
        setattr(current, name, getattr(person, name))
    current.save(update_fields=["first_name", "last_name", "job_title", "email"])
    return current, before


def noted(participant: Participant) -> list[Registration]:
    """Return the registrations in whose history stands what was done to a participant: the active ones, else all."""
    rows = Registration.objects.filter(participant=participant)
    return list(rows.active() or rows)


def _tell_both(participant: Participant, before: str) -> None:
    """Write to the new address and to the contact how the registrations stand, and to the address before that it was.

    The contact is told once, with the private link, which nobody else receives.
    """
    rows = Registration.objects.filter(participant=participant).with_people().order_by("pk")
    active, again = list(rows.active()), f"{timezone.now():%Y%m%d%H%M%S%f}"
    write_messages("corrected", active, again=again)
    if before.lower() != participant.booking.email.strip().lower():
        tell(Telling("address_replaced", again=again, address=before), active or rows)


def _refuse_other(participant: Participant, person: Person, held: set[int]) -> None:
    others = Registration.objects.filter(person_key=person.key).exclude(participant=participant)
    there = others.active().filter(occurrence_id__in=held)
    if there.exists() or others.filter(participant__booking=participant.booking).exists():
        raise AlreadyRegistered([person])
