"""The waiting list under a rush, with real threads, on each database. Its control offers one place twice."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.enums import Attend
from events.models import SeatCounter
from outbox.models import Message
from registrations.enums import OfferState, RegistrationState
from registrations.models import Offer, Registration
from registrations.services import (
    AlreadyRegistered,
    OfferClosed,
    accept_offer,
    cancel,
    expire_offers,
    seats,
    waiting,
)
from registrations.services.seats import wrong_counters
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of
from tests.registrations.threads import all_at_once, errors_in, slowly, together, without_guard

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 8


def counted(occurrence):
    rows = list(Registration.objects.filter(occurrence=occurrence).values_list("state", flat=True))
    return {state: rows.count(state) for state in set(rows)}


@pytest.fixture
def full(session_page):
    """A date whose eight places are taken one by one, with twelve people who wait."""
    date = make_occurrence(session_page, capacity=EACH)
    for number in range(EACH):
        make_booking(date, people=(f"seated{number}",))
    for number in range(12):
        make_booking(date, people=(f"waits{number}",))
    return date


@pytest.fixture
def slow_offer(monkeypatch):
    """Widen the window between the recount and the offer."""
    monkeypatch.setattr(waiting, "free_seats", slowly(waiting.free_seats))


def give_back(date):
    rows = list(Registration.objects.filter(occurrence=date, state=RegistrationState.CONFIRMED).with_people())
    return all_at_once([lambda row=row: cancel([row], actor="contact") for row in rows])


def test_eight_cancellations_at_once_offer_eight_places_to_eight_people(full, slow_offer):
    assert errors_in(give_back(full)) == []

    states = counted(full)
    assert states == {
        RegistrationState.CANCELLED: EACH,
        RegistrationState.OFFERED: EACH,
        RegistrationState.WAITLISTED: 4,
    }
    assert Offer.objects.filter(state=OfferState.OPEN).values("booking").distinct().count() == EACH
    told = Message.objects.filter(kind="registration_offered").exclude(recipient="claire@example.org")
    assert len({message.recipient for message in told}) == told.count() == EACH
    assert SeatCounter.objects.get(occurrence=full).taken == EACH
    assert wrong_counters() == []


def test_control_without_its_guard_one_place_is_offered_twice(full, monkeypatch):
    """If this fails, the test above proves nothing."""
    without_guard(monkeypatch)
    monkeypatch.setattr(waiting, "free_seats", together(waiting.free_seats, EACH))

    # A second attempt would find the place taken: what the database's own rules stop must be seen.
    monkeypatch.setattr(seats, "ATTEMPTS", 1)

    outcomes = give_back(full)

    errors = errors_in(outcomes)
    assert not any(isinstance(error, threading.BrokenBarrierError) for error in errors)
    asked = Offer.objects.filter(state=OfferState.OPEN).values("booking").distinct().count()
    assert errors or asked < EACH


def test_an_offer_answered_twenty_times_at_once_is_answered_once(full):
    cancel(Registration.objects.filter(state=RegistrationState.CONFIRMED).with_people()[:1], actor="contact")
    offer = Offer.objects.get()
    outcomes = all_at_once([lambda: accept_offer(offer)] * 20)

    refused = errors_in(outcomes)
    assert len(refused) == 19
    assert all(isinstance(error, OfferClosed) for error in refused)
    assert Message.objects.filter(kind="registration_accepted").count() == 2
    assert wrong_counters() == []


def test_an_offer_that_expires_while_it_is_accepted_has_one_winner(full):
    cancel(Registration.objects.filter(state=RegistrationState.CONFIRMED).with_people()[:1], actor="contact")
    offer = Offer.objects.get()
    with time_machine.travel(offer.expires_at, tick=False):
        outcomes = all_at_once([*[lambda: accept_offer(offer)] * 5, *[expire_offers] * 5])

        errors = errors_in(outcomes)
        assert all(isinstance(error, OfferClosed) for error in errors)
        offer.refresh_from_db()
        assert offer.state == OfferState.EXPIRED
        assert Offer.objects.filter(state=OfferState.OPEN).count() == 1
        assert counted(full)[RegistrationState.CONFIRMED] == EACH - 1
        assert wrong_counters() == []


def test_two_workers_that_end_offers_together_offer_the_place_once(full):
    cancel(Registration.objects.filter(state=RegistrationState.CONFIRMED).with_people()[:1], actor="contact")
    with time_machine.travel(timezone.now() + timedelta(hours=49), tick=False):
        assert errors_in(all_at_once([expire_offers] * 4)) == []
        assert Offer.objects.filter(state=OfferState.EXPIRED).count() == 1
        assert Offer.objects.filter(state=OfferState.OPEN).count() == 1
        assert Message.objects.filter(kind="registration_offered").count() == 4
        assert wrong_counters() == []


def test_the_same_person_on_two_repeated_dates_at_once_holds_one(session_page):
    type(session_page).objects.filter(pk=session_page.pk).update(attend=Attend.ONE)
    dates = [make_occurrence(session_page, days=day, capacity=50) for day in (30, 31, 32)]
    outcomes = all_at_once(
        [lambda date=date: make_booking(date, people=("ines",)) for date in dates for _time in range(4)]
    )
    refused = errors_in(outcomes)
    assert len(refused) == len(outcomes) - 1
    assert all(isinstance(error, AlreadyRegistered) for error in refused)
    assert Registration.objects.active().count() == 1


def test_people_who_come_while_places_are_given_back_never_overtake_those_who_wait(full, slow_offer):
    rows = list(Registration.objects.filter(state=RegistrationState.CONFIRMED).with_people()[:4])
    coming = [lambda number=number: make_booking(full, people=(f"late{number}",)) for number in range(6)]
    outcomes = all_at_once([*(lambda row=row: cancel([row], actor="contact") for row in rows), *coming])

    assert errors_in(outcomes) == []
    late = Registration.objects.filter(person_key__startswith="late").values_list("state", flat=True)
    assert set(late) == {RegistrationState.WAITLISTED}
    assert counted(full)[RegistrationState.OFFERED] == 4
    assert [row.state for row in registrations_of(next(iter(outcomes[4:])))] == [RegistrationState.WAITLISTED]
