"""A date by approval whose requests hold their places until the officer decides."""

import pytest

from events.enums import RegistrationMode
from events.services import save_occurrence
from registrations.enums import RegistrationState
from registrations.services import accept, cancel, reject
from registrations.services.seats import wrong_counters
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of, states_of
from tests.registrations.visitor import Visitor, answers

pytestmark = pytest.mark.django_db(transaction=True)
PENDING, WAITLISTED = RegistrationState.PENDING, RegistrationState.WAITLISTED


@pytest.fixture
def held(session_page):
    """A date of two places."""
    return make_occurrence(session_page, capacity=2, registration_mode=RegistrationMode.BY_APPROVAL_HELD)


def taken(date):
    date.refresh_from_db()
    counter = type(date.seat_counter).objects.get(occurrence=date)
    assert wrong_counters() == []
    return counter.taken


def test_a_request_takes_its_place_and_keeps_it_when_it_is_accepted(held):
    result = make_booking(held, people=("a", "b"))
    assert states_of(result) == [PENDING, PENDING]
    assert taken(held) == 2

    accept(registrations_of(result), actor="officer")
    assert states_of(result) == [RegistrationState.CONFIRMED] * 2
    assert taken(held) == 2


def test_who_comes_when_all_places_are_asked_for_waits_and_overtakes_nobody(held):
    make_booking(held, people=("a",))
    group = make_booking(held, people=("b", "c"))
    single = make_booking(held, people=("d",))
    assert states_of(group) == [WAITLISTED, WAITLISTED]
    assert states_of(single) == [PENDING]
    assert states_of(make_booking(held, people=("e",))) == [WAITLISTED]


@pytest.mark.parametrize("give_back", [reject, cancel])
def test_what_a_request_gives_back_is_the_officers_to_give(held, give_back):
    first = make_booking(held, people=("a", "b"))
    waiting = make_booking(held, people=("c",))
    give_back(registrations_of(first)[:1], actor="officer")

    assert taken(held) == 1
    assert states_of(waiting) == [WAITLISTED]
    accept(registrations_of(waiting), actor="officer")
    assert taken(held) == 2


def test_requests_made_before_are_held_from_then_on_and_nobody_is_thrown_out(session_page):
    date = make_occurrence(session_page, capacity=2, registration_mode=RegistrationMode.BY_APPROVAL)
    asked = [make_booking(date, people=(name,)) for name in "abc"]
    assert taken(date) == 0

    date.registration_mode = RegistrationMode.BY_APPROVAL_HELD
    save_occurrence(date)
    assert taken(date) == 3
    assert {state for result in asked for state in states_of(result)} == {PENDING}
    assert states_of(make_booking(date, people=("d",))) == [WAITLISTED]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Votre place vous est gardée"), ("en", "Your place is held meanwhile")]
)
def test_the_summary_says_that_the_place_is_held(client, held, language, words):
    visitor = Visitor(client, held, language)
    visitor.open()
    assert words in visitor.press("continue", answers()).content.decode()
