"""Moving people to another date of the same page: one seat given back and one taken, in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext, override

from events.amounts import Price
from events.enums import BOOKABLE_STATES, PriceRule
from events.models import Occurrence
from events.services import Quote
from registrations.enums import RegistrationState
from registrations.messages.writing import write_messages
from registrations.models import Registration, Transition
from registrations.services.booking import CLOSED_TO_VISITORS
from registrations.services.errors import AlreadyRegistered, NoSeatLeft, NotAllowed, NotBookable, PriceChanged
from registrations.services.prices import PriceLine, frozen_price, price_lines
from registrations.services.requests import Employer, Person
from registrations.services.seats import free_seats, with_retries
from registrations.services.steps import MAX_REASON, move
from registrations.services.waiting import seat_change


@dataclass(frozen=True)
class Move:
    """What becomes of one registration. `new` is the price on the other date, `quote` where it differs from today's."""

    registration: Registration
    new: Price
    quote: Quote | None = None

    @property
    def differs(self) -> bool:
        """True when the person will pay something else."""
        return self.quote is not None


def moves_of(registrations: Iterable[Registration], target: Occurrence) -> list[Move]:
    """Return what moving registrations to another date changes for each. Nothing is written.

    The price that was agreed stays, where both dates would cost the same today; else that of the other date holds.
    """
    return [_move_of(row, target) for row in registrations]


def _move_of(row: Registration, target: Occurrence) -> Move:
    here, there = (_line(row, date).quote for date in (row.occurrence, target))
    if here.price == there.price:
        return Move(row, row.price)
    return Move(row, there.price, there)


def _line(row: Registration, date: Occurrence) -> PriceLine:
    booking, person = row.participant.booking, row.participant
    employer = Employer(
        booking.organisation,
        booking.organisation_name,
        booking.organisation_kind,
        booking.organisation_commune,
        booking.organisation_siret,
    )
    people = [Person(person.first_name, person.last_name, person.email, person.category, person.job_title)]
    return price_lines([date], employer, people, is_proven=row.price_rule != PriceRule.TO_BE_CONFIRMED)[0]


def fingerprint_of(moves: Iterable[Move]) -> str:
    """Return the prices of moves as a short text, to tell whether they are still those that the officer saw."""
    return ",".join(f"{row.registration.pk}:{row.new.least:.2f}-{row.new.most:.2f}" for row in moves)


def move_people(
    registrations: Iterable[Registration],
    target_id: int,
    *,
    shown_prices: str | None = None,
    reason: str = "",
    user: User | None = None,
) -> list[Registration]:
    """Move people to another date of the same page, and write their messages: all of them, or nobody.

    Each has a place there afterwards; the old registration is cancelled, its reason telling where to. Return the new
    ones. Raises NotAllowed (another page, another date of origin, a registration that is over), NotBookable,
    AlreadyRegistered, NoSeatLeft, PriceChanged when the prices are not `shown_prices`, TooBusy.
    """
    asked = [row.pk for row in registrations]
    source_ids = set(Registration.objects.filter(pk__in=asked).values_list("occurrence_id", flat=True))

    def once() -> list[Registration]:
        with seat_change({*source_ids, target_id}):
            rows = list(Registration.objects.filter(pk__in=asked).with_people().order_by("pk"))
            target = Occurrence.objects.with_details().get(pk=target_id)
            _require_movable(rows, target)
            moves = moves_of(rows, target)
            if shown_prices is not None and shown_prices != fingerprint_of(moves):
                raise PriceChanged([])
            before = {row.pk: RegistrationState(row.state) for row in rows}
            for row in rows:
                move(row, RegistrationState.CANCELLED, actor="officer", reason=_reason(row, target, reason), user=user)
            new = [_write(change, target, reason, user) for change in moves]
            write_messages("moved", [*rows, *new], before, reason)
            return new

    return with_retries(once)


def _require_movable(rows: list[Registration], target: Occurrence) -> None:
    """Refuse what cannot be moved, the counters held: see `move_people`."""
    if not all(row.is_active and row.occurrence.page_id == target.page_id for row in rows):
        raise NotAllowed("not active, or of another page")
    if any(row.occurrence_id == target.pk for row in rows) or not rows:
        raise NotAllowed("the same date")
    if target.state not in BOOKABLE_STATES | CLOSED_TO_VISITORS:
        raise NotBookable(target)
    keys = {row.person_key: row for row in rows}
    there = Registration.objects.active().filter(occurrence=target, person_key__in=keys)
    if twice := sorted(there.values_list("person_key", flat=True)):
        raise AlreadyRegistered([_line(keys[key], target).person for key in twice])
    free = free_seats(target)
    if free is not None and free < len(rows):
        raise NoSeatLeft


def _reason(row: Registration, target: Occurrence, reason: str) -> str:
    """Return why the old registration is cancelled, in the language of its booking: its people may read it."""
    with override(row.participant.booking.language):
        where = gettext("moved to %(day)s, %(place)s") % {"day": target.day_label, "place": target.place_label}
    return f"{where}. {reason}" if reason else where


# What was agreed about the price goes with the person.
AGREED = (
    "price_amount",
    "price_if_member",
    "price_otherwise",
    "price_currency",
    "price_rule",
    "membership",
    "membership_label",
    "membership_flagged",
    "waived_amount",
    "waiver_reason",
)


def _write(change: Move, target: Occurrence, reason: str, user: User | None) -> Registration:
    """Write the new registration, at the price agreed or at that of the date where it differs."""
    old, now = change.registration, timezone.now()
    new = Registration.objects.create(
        participant=old.participant,
        occurrence=target,
        state=RegistrationState.CONFIRMED,
        person_key=old.person_key,
        created_at=now,
        **(frozen_price(change.quote) if change.quote else {name: getattr(old, name) for name in AGREED}),
    )
    Transition.objects.create(
        registration=new, to_state=new.state, actor="officer", user=user, reason=reason[:MAX_REASON], at=now
    )
    return new
