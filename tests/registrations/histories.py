"""Random histories of registrations: whatever people do, in whatever order, the live proof finds nothing."""

import contextlib
import datetime
from collections import Counter
from dataclasses import dataclass

import time_machine
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from directory.models import Organisation
from events.enums import BY_APPROVAL_MODES, Attend, OccurrenceStatus, RegistrationMode
from events.models import Occurrence, SeatCounter
from events.services import save_occurrence
from outbox.models import Message
from registrations.enums import OfferState, ProofMethod, RegistrationState
from registrations.models import Booking, Offer, Registration, Transition
from registrations.proof import proof
from registrations.services import (
    BookingRefused,
    Employer,
    accept,
    accept_offer,
    cancel,
    decline_offer,
    expire_offers,
    reject,
    settle,
)
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import make_session
from tests.factories.registrations import NOBODY_KNOWN, make_booking

PEOPLE = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3, unique=True).map(tuple)
DATES = st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True)


@dataclass(frozen=True)
class Setting:
    """What every history takes place in: two dates of one session, of which one attends one, and two others."""

    dates: tuple[Occurrence, ...]
    organisation: Organisation

    def renew(self, capacities: list[int]) -> None:
        """Empty what the history before this one wrote, and give the dates their places."""
        Message.objects.all().delete()
        Booking.objects.all().delete()
        as_announced = {"status": OccurrenceStatus.SCHEDULED, "registration_mode": RegistrationMode.OPEN}
        for date, capacity in zip(self.dates, capacities, strict=True):
            Occurrence.objects.filter(pk=date.pk).update(**as_announced, capacity=capacity)
            SeatCounter.objects.filter(occurrence=date).update(taken=0, allowed=capacity)


def setting() -> Setting:
    """Return a new one: a member, a session on two dates, another on two, one of which costs something."""
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation)
    repeated, other = make_session("Introduction", attend=Attend.ONE), make_session("Gouvernance")
    dates = (
        make_occurrence(repeated, days=30, capacity=1),
        make_occurrence(repeated, days=31, capacity=1),
        make_occurrence(other, days=40, capacity=1, price_list=make_price_list()),
        make_occurrence(other, days=41, capacity=1),
    )
    return Setting(dates, organisation)


class Histories(RuleBasedStateMachine):
    """Whatever people, the officer and the clock do, in whatever order."""

    setting: Setting
    # The steps that the histories took, of all of them: a proof that they go somewhere.
    seen: Counter[tuple[str, str]]

    def __init__(self) -> None:
        super().__init__()
        self.frozen: dict[int, tuple[object, ...]] = {}
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.traveller = self.clock.start()

    def teardown(self) -> None:
        """Recount everything, then let the clock go: what broke on the way stays broken, so once is enough."""
        try:
            self.everything_adds_up()
            self.seen.update(Transition.objects.values_list("from_state", "to_state"))
            self.nobody_comes_back_from_a_final_state()
        finally:
            self.clock.stop()

    @initialize(
        capacities=st.lists(st.integers(1, 2), min_size=4, max_size=4),
        first=st.lists(st.tuples(DATES, PEOPLE, st.booleans()), min_size=3, max_size=5),
    )
    def announce(self, capacities: list[int], first: list[tuple[list[int], tuple[str, ...], bool]]) -> None:
        """Announce the dates with few places, and let the first people come."""
        self.setting.renew(capacities)
        self.dates, self.organisation = self.setting.dates, self.setting.organisation
        for dates, people, is_member in first:
            self._book(dates, people, is_member)

    def _book(self, dates: list[int], people: tuple[str, ...], is_member: bool) -> None:
        """Somebody books for a group."""
        employer = Employer.known(self.organisation) if is_member else NOBODY_KNOWN
        with contextlib.suppress(BookingRefused):
            make_booking(*(self.dates[number] for number in dates), people=people, employer=employer)

    # More likely than anything else: without bookings nothing happens.
    book = rule(dates=DATES, people=PEOPLE, is_member=st.booleans())(_book)
    book_again = rule(dates=DATES, people=PEOPLE, is_member=st.booleans())(_book)

    @precondition(lambda self: Registration.objects.active().exists())
    @rule(which=st.integers(0, 50))
    def cancel_one(self, which: int) -> None:
        """Somebody cancels."""
        rows = list(Registration.objects.active().order_by("pk"))
        cancel([rows[which % len(rows)]], actor="contact")

    @precondition(lambda self: Offer.objects.filter(state=OfferState.OPEN).exists())
    @rule(which=st.integers(0, 50), accepted=st.booleans())
    def answer(self, which: int, accepted: bool) -> None:
        """Somebody answers an offer, in time or too late."""
        offers = list(Offer.objects.filter(state=OfferState.OPEN).order_by("pk"))
        with contextlib.suppress(BookingRefused):
            (accept_offer if accepted else decline_offer)(offers[which % len(offers)])

    @precondition(lambda self: Registration.objects.waiting().exists())
    @rule(which=st.integers(0, 50))
    def give_a_place(self, which: int) -> None:
        """The officer gives a place by hand."""
        rows = list(Registration.objects.waiting())
        with contextlib.suppress(BookingRefused):
            accept([rows[which % len(rows)]], actor="officer")

    @rule(which=st.integers(0, 3), capacity=st.one_of(st.none(), st.integers(0, 6)))
    def change_capacity(self, which: int, capacity: int | None) -> None:
        """The officer finds a larger room, or a smaller one."""
        self._change(which, capacity=capacity)

    @precondition(lambda self: Registration.objects.filter(state=RegistrationState.PENDING).exists())
    @rule(which=st.integers(0, 50), is_accepted=st.booleans())
    def decide_about_a_request(self, which: int, is_accepted: bool) -> None:
        """The officer accepts a request, or refuses it."""
        rows = list(Registration.objects.filter(state=RegistrationState.PENDING).order_by("pk"))
        with contextlib.suppress(BookingRefused):
            (accept if is_accepted else reject)([rows[which % len(rows)]], actor="officer")

    @rule(mode=st.sampled_from([RegistrationMode.OPEN, *sorted(BY_APPROVAL_MODES)]))
    def decide_who_comes(self, mode: str) -> None:
        """The officer decides about the requests for a date from now on, or no longer."""
        self._change(3, registration_mode=mode)

    @rule(which=st.integers(0, 3), status=st.sampled_from([OccurrenceStatus.SCHEDULED, OccurrenceStatus.POSTPONED]))
    def postpone_or_not(self, which: int, status: str) -> None:
        """The officer postpones a date, or holds it after all: on the day that it had."""
        row = Occurrence.objects.get(pk=self.dates[which].pk)
        is_back = status == OccurrenceStatus.SCHEDULED and row.postponed_from
        self._change(which, status=status, **({"day": row.postponed_from} if is_back else {}))

    @rule(hours=st.sampled_from([1, 24, 49]))
    def time_passes(self, hours: int) -> None:
        """Offers come to their end, and registration to its own."""
        self.traveller.shift(datetime.timedelta(hours=hours))

    @rule()
    def clock_runs(self) -> None:
        """The job of `run_due` does its work."""
        expire_offers()

    @precondition(lambda self: Booking.objects.filter(proof_method="").exists())
    @rule(is_member=st.booleans())
    def settle_one(self, is_member: bool) -> None:
        """The officer looks at a membership."""
        settle(Booking.objects.filter(proof_method="").first(), is_member, ProofMethod.OFFICER)

    def _change(self, which: int, **fields: object) -> None:
        row = Occurrence.objects.get(pk=self.dates[which].pk)
        for name, value in fields.items():
            setattr(row, name, value)
        save_occurrence(row)

    def everything_adds_up(self) -> None:
        """Seats, persons, offers, prices, history and messages: only offers may be late, until the clock runs."""
        wrong = {check.name: check.faults for check in proof() if check.faults}
        overdue = Offer.objects.filter(state=OfferState.OPEN, expires_at__lte=timezone.now()).count()
        assert set(wrong) <= ({"offers_end_in_time"} if overdue else set()), wrong

    @invariant()
    def no_date_holds_more_than_allowed(self) -> None:
        """Invariant 1, straight from the rows: what is confirmed, or held by a live offer or by a request, fits."""
        for counter in SeatCounter.objects.all():
            held = Registration.objects.filter(occurrence_id=counter.occurrence_id).seated().count()
            assert counter.allowed is None or held <= counter.allowed

    @invariant()
    def what_was_agreed_stays(self) -> None:
        """A price that was known never changes."""
        for row in Registration.objects.all():
            agreed = (row.price_amount, row.price_rule, row.price_if_member, row.price_otherwise)
            if row.pk in self.frozen and self.frozen[row.pk][0] is not None:
                assert self.frozen[row.pk] == agreed
            self.frozen[row.pk] = agreed

    def nobody_comes_back_from_a_final_state(self) -> None:
        """An offer that was answered asks nobody any longer."""
        closed = Offer.objects.exclude(state=OfferState.OPEN)
        assert not Registration.objects.filter(offer__in=closed, state=RegistrationState.OFFERED).exists()
