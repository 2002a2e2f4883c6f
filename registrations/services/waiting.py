"""The waiting list: what becomes free is offered in order, held for a time, accepted, declined, or offered to the next.

An offer past its deadline holds no seat, whether or not the clock's job has said so: each change of seats on its date
ends it first.
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.utils import timezone

from events.enums import RegistrationMode
from events.models import Occurrence
from registrations.enums import OfferState, RegistrationState
from registrations.messages.writing import write_messages
from registrations.models import Offer, Registration
from registrations.querysets import RegistrationQuerySet
from registrations.services.errors import OfferClosed
from registrations.services.seats import allow_what_is_taken, free_seats, seat_transaction, with_retries, write_counters
from registrations.services.steps import move

# How long a place is held for whoever it is offered to; less when registration closes before.
OFFER_HOURS = getattr(settings, "REGISTRATION_OFFER_HOURS", 48)
CLOCK = "clock"


@contextmanager
def seat_change(occurrence_ids: Iterable[int]) -> Iterator[None]:
    """Hold the seats of dates for a change: overdue offers end before it, what it frees is offered after it.

    Durable, as `seat_transaction`. The counters are written at the end.
    """
    ids = sorted(set(occurrence_ids))
    with seat_transaction(ids):
        end_overdue_offers(ids)
        yield
        offer_what_is_free(ids)


def offer_what_is_free(occurrence_ids: Iterable[int]) -> None:
    """Offer the free seats of dates whose counters are held, write their counters, and the messages."""
    ids = sorted(set(occurrence_ids))
    _close_answered(ids)
    dates = list(Occurrence.objects.filter(pk__in=ids).with_details().order_by("pk"))
    public = set(Occurrence.objects.published().filter(pk__in=ids).values_list("pk", flat=True))
    offered = [row for date in dates if date.pk in public for row in _offers_on(date)]
    write_counters(dates)
    write_messages("offered", offered, {row.pk: RegistrationState.WAITLISTED for row in offered})


def _offers_on(occurrence: Occurrence) -> list[Registration]:
    """Offer the free seats of a date to the groups that wait, in their order, each that fits."""
    now = timezone.now()
    deadline = _deadline(occurrence, now)
    # A date by approval is the officer's to decide.
    is_open = occurrence.registration_mode == RegistrationMode.OPEN and occurrence.is_open_for_registration(now)
    if not is_open or deadline <= now:
        return []
    free = free_seats(occurrence)
    offered: list[Registration] = []
    for group in Registration.objects.waiting_groups(occurrence.pk):
        if free is not None and group.size > free:
            continue
        rows = _waiting(occurrence).filter(participant__booking=group.booking_id).with_people()
        offered += _offer(rows, occurrence, deadline)
        free = None if free is None else free - group.size
    return offered


def _deadline(occurrence: Occurrence, now: datetime.datetime) -> datetime.datetime:
    """Return until when a place offered now is held: real hours, and never beyond the registration window."""
    deadline = now + datetime.timedelta(hours=OFFER_HOURS)
    closes = occurrence.registration_closes or occurrence.starts_at
    return min(deadline, closes) if closes else deadline


def _waiting(occurrence: Occurrence) -> RegistrationQuerySet:
    return Registration.objects.filter(occurrence=occurrence).waiting()


def _offer(rows: Iterable[Registration], occurrence: Occurrence, deadline: datetime.datetime) -> list[Registration]:
    group = list(rows)
    offer = Offer.objects.create(
        booking=group[0].participant.booking, occurrence=occurrence, size=len(group), expires_at=deadline
    )
    for row in group:
        row.offer = offer
        move(row, RegistrationState.OFFERED, actor=CLOCK)
    return group


def end_overdue_offers(occurrence_ids: Iterable[int]) -> None:
    """End the offers of dates whose deadline is past, their counters held, and write the messages."""
    now = timezone.now()
    overdue = list(
        Offer.objects.filter(occurrence_id__in=list(occurrence_ids), state=OfferState.OPEN, expires_at__lte=now)
    )
    rows = list(
        Registration.objects.filter(offer__in=overdue, state=RegistrationState.OFFERED).with_people().order_by("pk")
    )
    for row in rows:
        move(row, RegistrationState.EXPIRED, actor=CLOCK)
    Offer.objects.filter(pk__in=[offer.pk for offer in overdue]).update(state=OfferState.EXPIRED, closed_at=now)
    write_messages("offer_expired", rows, {row.pk: RegistrationState.OFFERED for row in rows})


def _close_answered(occurrence_ids: list[int]) -> None:
    """Close the offers that nobody is asked about any longer: the officer decided, or everybody cancelled."""
    asked = Registration.objects.filter(state=RegistrationState.OFFERED, occurrence_id__in=occurrence_ids)
    idle = Offer.objects.filter(occurrence_id__in=occurrence_ids, state=OfferState.OPEN).exclude(
        pk__in=asked.values("offer")
    )
    for offer in idle:
        seated = offer.registrations.filter(state=RegistrationState.CONFIRMED).exists()
        offer.state = OfferState.ACCEPTED if seated else OfferState.WITHDRAWN
        offer.closed_at = timezone.now()
        offer.save(update_fields=["state", "closed_at"])


def accept_offer(offer: Offer, *, actor: str = "contact") -> list[Registration]:
    """Take the places of an offer for all whom it still asks. Raises OfferClosed when it is over, TooBusy."""
    return _answer(offer, RegistrationState.CONFIRMED, OfferState.ACCEPTED, "accepted", actor)


def decline_offer(offer: Offer, *, actor: str = "contact") -> list[Registration]:
    """Give the places of an offer back: they go to the next. Raises OfferClosed when it is over, TooBusy."""
    return _answer(offer, RegistrationState.DECLINED, OfferState.DECLINED, "declined", actor)


def _answer(
    offer: Offer, to_state: RegistrationState, answer: OfferState, event: str, actor: str
) -> list[Registration]:
    def once() -> list[Registration]:
        with seat_change([offer.occurrence_id]):
            current = Offer.objects.get(pk=offer.pk)
            if not current.is_open:
                raise OfferClosed(current)
            rows = list(
                Registration.objects.filter(offer=current, state=RegistrationState.OFFERED).with_people().order_by("pk")
            )
            for row in rows:
                move(row, to_state, actor=actor)
            current.state, current.closed_at = answer, timezone.now()
            current.save(update_fields=["state", "closed_at"])
            write_messages(event, rows, {row.pk: RegistrationState.OFFERED for row in rows})
            return rows

    return with_retries(once)


def expire_offers() -> int:
    """End every offer past its deadline and offer its places to the next; return how many dates had one.

    Raises TooBusy. Two processes together do it once: the second finds the counters held, then nothing left to end.
    """
    overdue = Offer.objects.filter(state=OfferState.OPEN, expires_at__lte=timezone.now())
    dates = sorted(set(overdue.values_list("occurrence_id", flat=True)))
    for occurrence_id in dates:
        with_retries(partial(_touch, occurrence_id))
    return len(dates)


def _touch(occurrence_id: int) -> None:
    with seat_change([occurrence_id]):
        pass


def follow_occurrence(sender: object, occurrence: Occurrence, **kwargs: object) -> None:
    """Follow an occurrence that changed: nobody loses a seat, and a place more is offered to who waits.

    Receiver of `events.signals.occurrence_changed`, inside its transaction, the counter held.
    """
    allow_what_is_taken(occurrence)
    end_overdue_offers([occurrence.pk])
    offer_what_is_free([occurrence.pk])
