"""The live proof: seats, states, prices and messages recounted from their rows, and what does not add up.

Each check reads the rows as they are now and changes nothing. What it finds is named by key: no name, no address.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import PriceRule
from events.models import Occurrence, SeatCounter
from outbox.models import Message
from registrations.enums import ACTIVE, TRANSITIONS, HistoryEvent, OfferState, RegistrationState
from registrations.messages.private_links import ASKED_FOR
from registrations.models import Booking, Offer, Registration, Transition
from registrations.people import person_key
from registrations.querysets import HOLDING
from registrations.services.stages import rivals_of

# More would not be read.
MOST_SHOWN = 20
# What tells of a booking: as it was made, or to an address that took the place of one of then.
TELLS = Q(kind__startswith="registration_booked") | Q(kind__in=["registration_corrected", "registration_contact_now"])
# Messages are not kept for ever.
TOLD_SINCE = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Check:
    """What was checked, by which function, over how many rows, and the keys of those that do not add up."""

    label: object
    counted: int
    faults: list[str]
    name: str = ""

    @property
    def is_right(self) -> bool:
        """True when nothing is wrong."""
        return not self.faults

    @property
    def shown(self) -> list[str]:
        """The first faults."""
        return self.faults[:MOST_SHOWN]


def proof() -> list[Check]:
    """Recount everything and return the checks, in the order in which one reads them."""
    return [replace(check(), name=check.__name__) for check in CHECKS]


def _named(model: type, keys: Iterable[object]) -> list[str]:
    return [f"{model._meta.verbose_name} {key}" for key in sorted(set(keys), key=str)]


def seats_taken_are_those_counted() -> Check:
    """Compare each counter with the rows that hold a seat: confirmed, and offered until a change of seats ends it."""
    seated = Registration.objects.filter(HOLDING).order_by().values_list("occurrence_id")
    recount = dict(seated.annotate(number=Count("pk")))
    counters = dict(SeatCounter.objects.values_list("occurrence_id", "taken"))
    wrong = [key for key in recount.keys() | counters.keys() if recount.get(key, 0) != counters.get(key, 0)]
    return Check(_("Seats taken, as the counters have them"), len(counters), _named(Occurrence, wrong))


def nothing_is_oversold() -> Check:
    """Find the dates with more seats taken than allowed: the capacity, or what was taken when it was lowered."""
    counters = SeatCounter.objects.select_related("occurrence")
    wrong = [
        row.occurrence_id
        for row in counters
        if (row.allowed is not None and row.taken > row.allowed)
        or (row.allowed is None) != (row.occurrence.capacity is None)
    ]
    return Check(_("Never more seats than places"), len(counters), _named(Occurrence, wrong))


def nobody_is_registered_twice() -> Check:
    """Find who has two active registrations for one date, or for two dates of a session that one attends once."""
    rows = list(Registration.objects.active().values_list("occurrence_id", "person_key", "pk"))
    rivals = rivals_of({occurrence_id for occurrence_id, _key, _pk in rows})
    stage = {pk: min({pk, *others}) for pk, others in rivals.items()}
    held = Counter((stage.get(occurrence_id, occurrence_id), key) for occurrence_id, key, _pk in rows)
    wrong = [pk for occurrence_id, key, pk in rows if held[stage.get(occurrence_id, occurrence_id), key] > 1]
    return Check(
        _("One place for one person on one date, and on one of the repeated dates"),
        len(rows),
        _named(Registration, wrong),
    )


def each_offer_has_one_owner_and_one_deadline() -> Check:
    """Find open offers without anybody to answer, past a change of seats after their deadline, or beyond the window."""
    offers = Offer.objects.filter(state=OfferState.OPEN).select_related("occurrence").prefetch_related("registrations")
    offered = Registration.objects.filter(state=RegistrationState.OFFERED)
    wrong = [offer.pk for offer in offers if not _is_owned(offer)]
    strays = offered.filter(Q(offer=None) | ~Q(offer__state=OfferState.OPEN)).values_list("offer_id", flat=True)
    return Check(
        _("Each offer holds seats for one booking, until its deadline"), len(offers), _named(Offer, [*wrong, *strays])
    )


def _is_owned(offer: Offer) -> bool:
    asked = [row for row in offer.registrations.all() if row.state == RegistrationState.OFFERED]
    return bool(asked) and all(row.occurrence_id == offer.occurrence_id for row in asked) and len(asked) <= offer.size


def offers_end_in_time() -> Check:
    """Find offers that the clock should have ended: the job of `run_due` does not run, or did not yet."""
    overdue = Offer.objects.filter(state=OfferState.OPEN, expires_at__lte=timezone.now())
    return Check(
        _("Offers past their deadline are ended"),
        Offer.objects.count(),
        _named(Offer, overdue.values_list("pk", flat=True)),
    )


def prices_are_known_or_one_of_two() -> Check:
    """Find prices that are neither settled nor to be confirmed, or settled at another amount than the two agreed."""
    rows = Registration.objects.all()
    settled = Q(price_amount__isnull=False, price_if_member__isnull=False)
    wrong = rows.filter(
        Q(price_amount__isnull=True) & ~Q(price_rule=PriceRule.TO_BE_CONFIRMED)
        | Q(price_amount__isnull=False, price_rule=PriceRule.TO_BE_CONFIRMED)
        | settled & ~Q(price_amount=F("price_if_member")) & ~Q(price_amount=F("price_otherwise"))
        | Q(waived_amount__gt=F("price_amount"))
    )
    return Check(
        _("Prices as they were agreed"), rows.count(), _named(Registration, wrong.values_list("pk", flat=True))
    )


def every_state_has_its_history() -> Check:
    """Follow the transitions of each registration: from nothing to its state, each step allowed, each with an actor."""
    steps: dict[int, list[tuple[str, str, str]]] = {}
    for pk, *step in Transition.objects.order_by("pk").values_list(
        "registration_id", "from_state", "to_state", "actor"
    ):
        steps.setdefault(pk, []).append(tuple(step))
    states = dict(Registration.objects.values_list("pk", "state"))
    wrong = [pk for pk, state in states.items() if not _leads_to(steps.get(pk, []), state)]
    return Check(_("Every state has its history"), len(states), _named(Registration, wrong))


def _leads_to(steps: list[tuple[str, str, str]], state: str) -> bool:
    here = ""
    for from_state, to_state, actor in steps:
        if from_state != here or not actor:
            return False
        # A handover or a correction leaves the state as it is.
        if here and to_state != here and to_state not in TRANSITIONS[RegistrationState(here)]:
            return False
        here = to_state
    return bool(steps) and here == state


def every_booking_was_told() -> Check:
    """Find bookings of late whose contact or participants have no message of their booking."""
    told: dict[int, set[str]] = {}
    messages = Message.objects.filter(TELLS, about_type__app_label="registrations", about_type__model="booking")
    for pk, recipient in messages.values_list("about_id", "recipient"):
        told.setdefault(pk, set()).add(person_key(recipient))
    since = timezone.now() - TOLD_SINCE
    bookings = Booking.objects.filter(created_at__gte=since).prefetch_related("participants__registrations")
    # Whoever is corrected once all is over is told nothing at the new address.
    corrected = Transition.objects.filter(event=HistoryEvent.CORRECTED).exclude(registration__state__in=ACTIVE)
    left_out = set(corrected.values_list("registration_id", flat=True))
    wrong = [row.pk for row in bookings if not _expected_readers(row, left_out) <= told.get(row.pk, set())]
    return Check(_("Every booking was told to its contact and its participants"), len(bookings), _named(Booking, wrong))


def _expected_readers(booking: Booking, left_out: set[int]) -> set[str]:
    """Return who is told of a booking as it was made, but for some registrations: who came later was told then."""
    made = booking.created_at
    people = {
        registration.person_key
        for participant in booking.participants.all()
        for registration in participant.registrations.all()
        if registration.pk not in left_out and abs((registration.created_at - made).total_seconds()) < 1
    }
    return {person_key(booking.email), *people}


def every_message_has_its_key() -> Check:
    """Find messages without the key that lets the database refuse the same event, told twice to the same reader.

    A link that somebody asks for is no event: it is sent as often as they ask.
    """
    ours = Message.objects.filter(kind__startswith="registration_").exclude(kind__in=ASKED_FOR)
    unkeyed = ours.filter(Q(key=None) | Q(key=""))
    return Check(
        _("Each message names what happened, so that it is told once"),
        ours.count(),
        _named(Message, unkeyed.values_list("pk", flat=True)),
    )


CHECKS: tuple[Callable[[], Check], ...] = (
    seats_taken_are_those_counted,
    nothing_is_oversold,
    nobody_is_registered_twice,
    each_offer_has_one_owner_and_one_deadline,
    offers_end_in_time,
    prices_are_known_or_one_of_two,
    every_state_has_its_history,
    every_booking_was_told,
    every_message_has_its_key,
)
