"""The live proof finds what does not add up, and nothing else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Occurrence, SeatCounter
from outbox.models import Message
from registrations.enums import RegistrationState
from registrations.models import Offer, Registration, Transition
from registrations.proof import proof
from registrations.services import Contact, accept_offer, cancel, correct, correct_contact
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking, make_person, registrations_of
from tests.registrations.visitor import private_url
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(session_page):
    """A date with bookings, a cancellation, an offer taken and one open, and a date that costs something."""
    date = make_occurrence(session_page, capacity=2)
    first = make_booking(date, people=("a", "b"))
    second, third = make_booking(date, people=("c",)), make_booking(date, people=("d",))
    cancel(registrations_of(first)[:1], actor="contact")
    accept_offer(Offer.objects.get(booking=second.booking))
    cancel(registrations_of(first)[1:], actor="contact")
    make_booking(make_occurrence(session_page, days=40, price_list=make_price_list()), people=("e",))
    assert registrations_of(third)[0].state == RegistrationState.OFFERED
    return date


def faults():
    return {check.name: check.faults for check in proof() if check.faults}


def test_a_history_that_went_its_way_adds_up(history):
    assert faults() == {}
    assert all(check.counted for check in proof())


def test_whoever_was_corrected_or_replaced_adds_up(history):
    for number, row in enumerate(Registration.objects.with_people()):
        person = make_person(f"other{number}")
        correct(row.participant, person, actor="officer")
        correct_contact(row.participant.booking, Contact("Zoé", "Petit", f"z{number}@example.org"), actor="officer")
    assert faults() == {}


def break_counter(date):
    SeatCounter.objects.filter(occurrence=date).update(taken=1)


def break_limit(date):
    SeatCounter.objects.filter(occurrence=date).update(allowed=None)


def break_person(date):
    keys = list(Registration.objects.active().values_list("pk", flat=True))
    other = make_occurrence(date.page, days=60)
    Occurrence.objects.filter(pk=other.pk).update(page=date.page)
    type(date.page.specific).objects.filter(pk=date.page_id).update(attend="one")
    Registration.objects.filter(pk=keys[0]).update(person_key="twice@example.org")
    make_booking(other, people=("f",))
    Registration.objects.filter(occurrence=other).update(person_key="twice@example.org")


def break_offer(date):
    Offer.objects.filter(state="open").update(state="expired")


def break_clock(date):
    earlier = timezone.now() - datetime.timedelta(days=3)
    Offer.objects.filter(state="open").update(offered_at=earlier, expires_at=earlier + datetime.timedelta(days=1))


def break_history(date):
    Transition.objects.filter(to_state="offered").delete()


def break_messages(date):
    Message.objects.filter(recipient="e@example.org").delete()


def break_keys(date):
    Message.objects.filter(recipient="e@example.org").update(key=None)


@pytest.mark.parametrize(
    ("break_it", "name"),
    [
        (break_counter, "seats_taken_are_those_counted"),
        (break_limit, "nothing_is_oversold"),
        (break_person, "nobody_is_registered_twice"),
        (break_offer, "each_offer_has_one_owner_and_one_deadline"),
        (break_clock, "offers_end_in_time"),
        (break_history, "every_state_has_its_history"),
        (break_messages, "every_booking_was_told"),
        (break_keys, "every_message_has_its_key"),
    ],
)
def test_what_does_not_add_up_is_found_and_named(history, break_it, name):
    break_it(history)
    assert faults().get(name)


@pytest.mark.parametrize(("role", "status"), [("Rédaction", 302), ("Publication", 302), ("Formation", 200)])
def test_the_proof_is_read_by_who_may_read_registrations(client, history, role, status):
    response = sign_in_as(client, role).get(reverse("registrations_admin:proof"))
    assert response.status_code == status
    if status == 200:
        assert "Tout concorde." in response.content.decode()


def test_the_page_names_no_person(admin_client, history):
    break_messages(history)
    page = admin_client.get(reverse("registrations_admin:proof")).content.decode()
    assert "ne concorde pas" in page
    assert "@example.org" not in page


def test_a_link_that_somebody_asks_for_is_no_fault(history, client):
    for _twice in range(2):
        client.post(private_url("space"), {"email": "e@example.org"})
    assert Message.objects.filter(kind="registration_access").count() == 2
    assert faults() == {}
