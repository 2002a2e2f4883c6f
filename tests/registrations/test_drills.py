"""Long proofs of the seats (`make drills`): many rounds of a rush, and random histories."""

import random

import pytest

from events.enums import OccurrenceStatus
from events.models import Occurrence
from events.services import save_occurrence
from registrations.enums import RegistrationState
from registrations.models import Registration
from registrations.services import BookingRefused, cancel
from registrations.services.seats import wrong_counters
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking
from tests.registrations.threads import all_at_once, errors_in

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

SEATS, THREADS, EACH = 20, 20, 10
ROUNDS = 20
HISTORIES, STEPS = 50, 40


def confirmed(occurrence: Occurrence) -> int:
    return Registration.objects.filter(occurrence=occurrence, state=RegistrationState.CONFIRMED).count()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_hundred_attempts_for_twenty_seats_give_exactly_twenty(session_page, turn):
    occurrence = make_occurrence(session_page, capacity=SEATS)

    def come_one_after_another(thread: int) -> None:
        for number in range(EACH):
            make_booking(occurrence, people=(f"person-{thread}-{number}",))

    outcomes = all_at_once(lambda thread=thread: come_one_after_another(thread) for thread in range(THREADS))
    assert errors_in(outcomes) == []
    assert confirmed(occurrence) == SEATS
    assert Registration.objects.filter(state=RegistrationState.WAITLISTED).count() == THREADS * EACH - SEATS
    assert list(wrong_counters()) == []


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_no_history_of_bookings_cancellations_and_changes_breaks_the_count(session_page, seed):
    chance = random.Random(seed)
    occurrences = [make_occurrence(session_page, capacity=chance.randint(0, 6)) for _date in range(3)]
    held = {occurrence.pk: 0 for occurrence in occurrences}
    for step in range(STEPS):
        action = chance.choice(["book", "book", "book", "cancel", "capacity", "status"])
        if action == "book":
            dates = chance.sample(occurrences, chance.randint(1, 3))
            people = tuple(f"person{chance.randint(0, 15)}" for _person in range(chance.randint(1, 3)))
            try:
                make_booking(*dates, people=tuple(dict.fromkeys(people)))
            except BookingRefused:
                continue
        elif action == "cancel":
            rows = list(Registration.objects.active().order_by("pk"))
            if rows:
                cancel(chance.sample(rows, 1), actor="test", reason=f"step {step}")
        else:
            occurrence = Occurrence.objects.get(pk=chance.choice(occurrences).pk)
            if action == "capacity":
                occurrence.capacity = chance.choice([None, 0, 2, 5, 9])
            else:
                occurrence.status = chance.choice([OccurrenceStatus.SCHEDULED, OccurrenceStatus.POSTPONED])
            save_occurrence(occurrence)
        for occurrence in Occurrence.objects.all():
            taken = confirmed(occurrence)
            limit = occurrence.capacity
            # Above the capacity only by what was taken before it was lowered: nobody is thrown out, nobody is let in.
            assert limit is None or taken <= max(limit, held[occurrence.pk])
            held[occurrence.pk] = taken
        assert list(wrong_counters()) == []
