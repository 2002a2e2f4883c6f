"""Handing over, cancelling, opening a link: many at the same instant, on whichever database the run uses."""

import pytest

from registrations.models import AccessLink, OpenSpace, Registration
from registrations.services import NotAllowed, cancel, hand_over
from registrations.services.seats import wrong_counters
from registrations.space import spaces
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, make_person, registrations_of, states_of
from tests.registrations.threads import all_at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_place_handed_to_eight_people_at_once_goes_to_one_of_them(session_page):
    full = make_occurrence(session_page, capacity=1)
    row = registrations_of(make_booking(full, people=("a",)))[0]
    waiting = make_booking(full, people=("w",))
    outcomes = all_at_once(
        lambda name=f"p{number}": hand_over(row, make_person(name), actor="contact") for number in range(8)
    )
    assert [type(error) for error in errors_in(outcomes)] == [NotAllowed] * 7
    assert Registration.objects.filter(occurrence=full, state="confirmed").count() == 1
    assert states_of(waiting) == ["waitlisted"]
    assert wrong_counters() == []


def test_handing_over_while_it_is_cancelled_leaves_one_of_the_two(session_page):
    full = make_occurrence(session_page, capacity=1)
    row = registrations_of(make_booking(full, people=("a",)))[0]
    waiting = make_booking(full, people=("w",))
    all_at_once([lambda: hand_over(row, make_person("b"), actor="contact"), lambda: cancel([row], actor="contact")] * 3)
    taken = Registration.objects.filter(person_key="b@example.org", state="confirmed").exists()
    assert states_of(waiting) == (["waitlisted"] if taken else ["offered"])
    assert wrong_counters() == []


def test_a_link_pressed_in_eight_windows_opens_one_space(occurrence, monkeypatch):
    secrets = []
    monkeypatch.setattr(spaces, "write_access_link", lambda to, language, secret: secrets.append(secret))
    make_booking(occurrence, people=("ines",))
    spaces.ask_for_link("ines@example.org", "fr")
    outcomes = all_at_once([lambda: spaces.open_space(secrets[0])] * 8)
    assert errors_in(outcomes) == []
    assert len([opened for opened in outcomes if opened]) == OpenSpace.objects.count() == 1
    assert AccessLink.objects.get().used_at is not None
