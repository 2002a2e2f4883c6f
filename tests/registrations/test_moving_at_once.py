"""People moved to the same date at the same instant: never a seat too many. The control oversells."""

import pytest

from registrations.models import Registration
from registrations.services import NoSeatLeft, move_people, moving
from registrations.services.seats import wrong_counters
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of
from tests.registrations.threads import all_at_once, slowly, together, without_guard

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, PEOPLE = 2, 8


@pytest.fixture
def slow_count(monkeypatch):
    """Widen the window between the recount and the writing."""
    monkeypatch.setattr(moving, "free_seats", slowly(moving.free_seats))


@pytest.fixture
def crowd(session_page):
    """A date with two seats, and eight people who have a place on eight other dates of the page."""
    target = make_occurrence(session_page, days=60, capacity=SEATS)
    dates = [make_occurrence(session_page, days=30 + number) for number in range(PEOPLE)]
    return target, [registrations_of(make_booking(date, people=(f"p{date.pk}",))) for date in dates]


def move_each(crowd):
    target, people = crowd
    outcomes = all_at_once(lambda rows=rows: move_people(rows, target.pk) for rows in people)
    return outcomes, Registration.objects.filter(occurrence=target).seated().count()


def test_eight_people_moved_to_two_seats_give_exactly_two(crowd, slow_count):
    outcomes, seated = move_each(crowd)
    assert seated == SEATS
    assert sum(isinstance(outcome, NoSeatLeft) for outcome in outcomes) == PEOPLE - SEATS
    assert Registration.objects.active().count() == PEOPLE
    assert wrong_counters() == []


def test_control_without_its_guard_the_same_code_oversells(crowd, monkeypatch):
    """If this fails, the test above proves nothing."""
    without_guard(monkeypatch)
    monkeypatch.setattr(moving, "free_seats", together(moving.free_seats, SEATS + 1))
    _outcomes, seated = move_each(crowd)
    assert seated > SEATS
