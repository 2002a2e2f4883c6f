"""Never a seat too many, never an error: real threads, on whichever database the run uses. The control oversells."""

import uuid

import pytest
from django.db import connection

from events.models import SeatCounter
from outbox.models import Message
from registrations.enums import RegistrationState
from registrations.models import Booking, Registration, Transition
from registrations.services import AlreadyRegistered, NotBookable, TooBusy, booking, cancel, seats
from registrations.services.seats import wrong_counters
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, make_request, registrations_of, states_of
from tests.registrations.threads import all_at_once, errors_in, slowly, together, without_guard

pytestmark = pytest.mark.django_db(transaction=True)

SEATS, PEOPLE = 5, 20


def counted(occurrence):
    rows = Registration.objects.filter(occurrence=occurrence).values_list("state", flat=True)
    return {state: list(rows).count(state) for state in set(rows)}


@pytest.fixture
def slow_decision(monkeypatch):
    """Widen the window between the recount and the writing."""
    monkeypatch.setattr(booking, "outcome_for", slowly(booking.outcome_for))


def book_each(occurrence, people):
    return all_at_once(lambda name=name: make_booking(occurrence, people=(name,)) for name in people)


def test_twenty_people_for_five_seats_give_exactly_five(occurrence, slow_decision):
    outcomes = book_each(occurrence, [f"person{number}" for number in range(PEOPLE)])

    assert errors_in(outcomes) == []
    assert counted(occurrence) == {RegistrationState.CONFIRMED: SEATS, RegistrationState.WAITLISTED: PEOPLE - SEATS}
    counter = SeatCounter.objects.get(occurrence=occurrence)
    assert (counter.taken, counter.allowed) == (SEATS, SEATS)
    positions = Registration.objects.positions([occurrence.pk])
    assert sorted(positions.values()) == list(range(1, PEOPLE - SEATS + 1))
    assert Message.objects.count() == 2 * PEOPLE
    assert Transition.objects.count() == PEOPLE


def test_control_without_its_guard_the_same_code_oversells(occurrence, monkeypatch):
    """If this fails, the test above proves nothing."""
    without_guard(monkeypatch)
    monkeypatch.setattr(booking, "outcome_for", together(booking.outcome_for, SEATS + 1))

    book_each(occurrence, [f"person{number}" for number in range(PEOPLE)])

    assert counted(occurrence)[RegistrationState.CONFIRMED] > SEATS


def test_the_same_person_twenty_times_gets_one_registration(occurrence, slow_decision):
    spellings = ["ines", "Ines", "ines+a", "INES+b"]
    outcomes = book_each(occurrence, [spellings[number % 4] for number in range(PEOPLE)])

    refused = errors_in(outcomes)
    assert len(refused) == PEOPLE - 1
    assert all(isinstance(error, AlreadyRegistered) for error in refused)
    assert Registration.objects.count() == Booking.objects.count() == 1


def test_the_same_key_twenty_times_makes_one_booking_and_one_set_of_messages(occurrence, slow_decision):
    request = make_request(occurrence, people=("ines", "omar"))

    outcomes = all_at_once([lambda: booking.book(request)] * PEOPLE)

    assert errors_in(outcomes) == []
    assert len({outcome.booking.pk for outcome in outcomes}) == 1
    assert sum(outcome.created for outcome in outcomes) == 1
    assert Registration.objects.count() == 2
    assert Message.objects.count() == 3


def test_the_same_key_for_two_dates_at_once_makes_one_booking(occurrence, slow_decision):
    """A form opened in two tabs on two dates would not share a key; whoever forges one gets a single booking."""
    other = make_occurrence(occurrence.page, days=40)
    key = uuid.uuid4()

    outcomes = all_at_once(
        [lambda date=date: make_booking(date, key=key) for date in (occurrence, other) for _time in range(5)]
    )

    assert errors_in(outcomes) == []
    assert Booking.objects.count() == 1
    assert Registration.objects.count() == 1


def test_groups_over_two_dates_in_opposite_order_do_not_wait_for_each_other(occurrence, slow_decision):
    other = make_occurrence(occurrence.page, days=40, capacity=5)
    pairs = [(occurrence, other), (other, occurrence)]

    outcomes = all_at_once(
        lambda number=number: make_booking(*pairs[number % 2], people=(f"a{number}", f"b{number}"))
        for number in range(10)
    )

    assert errors_in(outcomes) == []
    for date in (occurrence, other):
        assert counted(date) == {RegistrationState.CONFIRMED: 4, RegistrationState.WAITLISTED: 16}
    assert wrong_counters() == []


def test_cancelling_and_booking_at_once_keeps_the_counter_true(occurrence, slow_decision):
    held = [make_booking(occurrence, people=(f"held{number}",)) for number in range(SEATS)]
    cancelling = [lambda result=result: cancel(registrations_of(result), actor="contact") for result in held]
    booking_too = [lambda number=number: make_booking(occurrence, people=(f"new{number}",)) for number in range(5)]

    outcomes = all_at_once([*cancelling, *booking_too])

    assert errors_in(outcomes) == []
    states = counted(occurrence)
    assert states[RegistrationState.CANCELLED] == SEATS
    assert states.get(RegistrationState.CONFIRMED, 0) <= SEATS
    assert wrong_counters() == []


def test_a_registration_cancelled_twenty_times_at_once_is_cancelled_once(occurrence):
    rows = registrations_of(make_booking(occurrence))

    outcomes = all_at_once([lambda: cancel(rows, actor="contact")] * PEOPLE)

    assert errors_in(outcomes) == []
    assert sum(len(changed) for changed in outcomes) == 1
    assert Transition.objects.filter(to_state=RegistrationState.CANCELLED).count() == 1
    assert Message.objects.filter(kind="registration_cancelled").count() == 2


def test_a_capacity_lowered_while_people_book_never_oversells_what_they_saw(occurrence, slow_decision):
    from events.models import Occurrence
    from events.services import save_occurrence

    def lower():
        row = Occurrence.objects.get(pk=occurrence.pk)
        row.capacity = 3
        save_occurrence(row)

    outcomes = all_at_once(
        [lower, *(lambda number=number: make_booking(occurrence, people=(f"p{number}",)) for number in range(10))]
    )

    assert errors_in(outcomes) == []
    taken = Registration.objects.filter(occurrence=occurrence).seated().count()
    counter = SeatCounter.objects.get(occurrence=occurrence)
    assert 3 <= taken <= SEATS
    assert (counter.taken, counter.allowed) == (taken, taken)


def test_a_date_closed_while_people_book_takes_nobody_afterwards(occurrence, slow_decision):
    from events.models import Occurrence
    from events.services import save_occurrence

    def close():
        row = Occurrence.objects.get(pk=occurrence.pk)
        row.status = "cancelled"
        save_occurrence(row)

    outcomes = all_at_once(
        [close, *(lambda number=number: make_booking(occurrence, people=(f"p{number}",)) for number in range(10))]
    )

    assert {type(error) for error in errors_in(outcomes)} <= {NotBookable}
    with pytest.raises(NotBookable):
        make_booking(occurrence, people=("late",))


def test_a_lock_that_never_comes_ends_in_a_polite_refusal(occurrence, monkeypatch):
    from django.db import OperationalError

    calls = []

    def locked(ids):
        calls.append(ids)
        raise OperationalError("database is locked")

    monkeypatch.setattr(seats, "lock_counters", locked)
    with pytest.raises(TooBusy):
        make_booking(occurrence)
    assert len(calls) == seats.ATTEMPTS
    assert not Booking.objects.exists()


def test_a_lock_lost_once_is_tried_again(occurrence, monkeypatch):
    from django.db import OperationalError

    failures = [OperationalError("deadlock detected")]
    lock = seats.lock_counters

    def lock_second_time(ids):
        if failures:
            raise failures.pop()
        lock(ids)

    monkeypatch.setattr(seats, "lock_counters", lock_second_time)
    assert states_of(make_booking(occurrence)) == [RegistrationState.CONFIRMED]


@pytest.mark.postgresql
def test_on_postgresql_a_wait_for_the_counters_is_bounded(occurrence, monkeypatch):
    from django.db import transaction
    from django.db.utils import OperationalError

    monkeypatch.setattr(seats, "LOCK_TIMEOUT_MS", 200)
    monkeypatch.setattr(seats, "ATTEMPTS", 1)

    with transaction.atomic():
        SeatCounter.objects.filter(occurrence=occurrence).update(taken=0)
        outcomes = all_at_once([lambda: make_booking(occurrence)])
    assert isinstance(outcomes[0], TooBusy)
    assert isinstance(outcomes[0].__cause__, OperationalError)


@pytest.mark.postgresql
def test_on_postgresql_the_recount_sees_what_others_committed(occurrence):
    """REPEATABLE READ would recount an old picture of the database, and oversell in silence."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


@pytest.mark.sqlite
def test_on_sqlite_a_transaction_takes_its_lock_at_once():
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["OPTIONS"]["timeout"] >= 20
