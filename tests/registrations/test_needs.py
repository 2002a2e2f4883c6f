"""Accessibility and diet: asked apart, read by few, in no list, no export and no message, deleted soon."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from home.roles import TRAINING_OFFICER
from outbox.models import Message
from registrations.models import Needs, Registration
from registrations.needs import RETENTION_DAYS, forget_needs, needs_of
from registrations.services import book, cancel
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, make_person, make_request
from tests.registrations.visitor import Visitor, answers
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db
SECRET = "accès en fauteuil roulant"


@pytest.fixture
def told(client, occurrence):
    """A booking by the public form: Claire needs something, Omar eats no meat."""
    typed = answers(**{"people-0-accessibility": SECRET, "people-1-diet": "Végétarien"})
    Visitor(client, occurrence).register(typed)
    return occurrence


def test_they_are_kept_apart_and_only_where_somebody_wrote_something(told):
    rows = Needs.objects.order_by("participant__first_name")
    assert [(row.participant.first_name, row.accessibility, row.diet) for row in rows] == [
        ("Claire", SECRET, ""),
        ("Omar", "", "Végétarien"),
    ]
    make_booking(told, people=("nobody",))
    assert Needs.objects.count() == 2


def test_no_message_tells_them(told):
    assert Message.objects.exists()
    assert not [row for row in Message.objects.all() if SECRET in row.text or SECRET in row.html]


def test_what_was_typed_comes_back_with_an_error(client, occurrence):
    visitor = Visitor(client, occurrence)
    visitor.open()
    typed = answers(**{"people-0-accessibility": SECRET, "contact-email": "nobody"})
    page = visitor.press("continue", typed).content.decode()
    assert f'value="{SECRET}"' in page
    assert '<details class="unfolding" open>' in page


@pytest.mark.parametrize("sees", [True, False])
def test_they_are_read_with_a_permission_of_their_own(client, told, sees):
    sign_in_as(client, TRAINING_OFFICER)
    if not sees:
        Group.objects.get(name=TRAINING_OFFICER).permissions.remove(Permission.objects.get(codename="view_needs"))
    page = client.get(reverse("registrations_admin:occurrence", args=[told.pk])).content.decode()
    assert (SECRET in page) == sees
    assert ("Végétarien (1)" in page) == sees
    export = client.get(reverse("registrations_admin:export", args=[told.pk]))
    assert SECRET not in export.content.decode("utf-8-sig")


def test_diets_are_counted_together_and_those_who_cancelled_are_left_out(occurrence):
    for name, diet in (("a", "végétarien"), ("b", "Végétarien."), ("c", "sans gluten")):
        book(request_of(occurrence, name, diet))
    cancel(Registration.objects.filter(person_key="c@example.org"), actor="contact")
    assert needs_of(occurrence).diets == [("végétarien", 2)]


def request_of(occurrence, name, diet):
    asked = make_request(occurrence, people=(name,))
    return type(asked)(**{**asked.__dict__, "people": (make_person(name, diet=diet),)})


def test_they_are_deleted_some_days_after_the_last_date_of_the_person(session_page, told):
    later = make_occurrence(session_page, days=60)
    book(request_of(later, "ines", "sans sel"))
    day = timezone.now() + datetime.timedelta(days=30 + RETENTION_DAYS)
    with time_machine.travel(day - datetime.timedelta(days=1)):
        assert forget_needs() == 0
    with time_machine.travel(day + datetime.timedelta(days=2)):
        assert forget_needs() == 2
        assert Needs.objects.get().diet == "sans sel"
    with time_machine.travel(day + datetime.timedelta(days=40)):
        assert forget_needs() == 1
