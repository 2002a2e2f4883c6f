"""The referents of organisations: added by the officer, seen by nobody else in the admin, acting in their space."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from registrations.models import Offer, Referent, Transition
from registrations.services import Employer, cancel
from tests.factories.directory import OrganisationFactory
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of, states_of
from tests.registrations.test_private_space import enter
from tests.registrations.visitor import private_url
from tests.roles import ADMINISTRATOR, sign_in_as


def admin(name, *args):
    return reverse(f"wagtailsnippets_registrations_referent:{name}", args=args)


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def town(db):
    return OrganisationFactory(name="Ville d’Amiens")


@pytest.fixture
def as_role(client, db):
    return lambda role: sign_in_as(client, role)


@pytest.mark.parametrize(
    ("role", "may"), [(EDITOR, False), (PUBLISHER, False), (TRAINING_OFFICER, True), (ADMINISTRATOR, True)]
)
def test_only_the_training_officer_and_administrators_reach_them(as_role, town, role, may):
    row = Referent.objects.create(organisation=town, email="paul@ville.example")
    signed_in = as_role(role)
    for url in (admin("list"), admin("add"), admin("edit", row.pk), admin("delete", row.pk)):
        assert (signed_in.get(url).status_code == 200) is may, url
    signed_in.post(admin("delete", row.pk))
    assert Referent.objects.exists() is not may


def test_nobody_reaches_them_without_signing_in(client, town):
    assert "login" in client.get(admin("list"))["Location"]


def test_adding_one_says_who_did_and_logs_no_address(as_role, town):
    officer = as_role(TRAINING_OFFICER)
    assert officer.post(admin("add"), {"organisation": town.pk, "email": "Paul@Ville.example"}).status_code == 302
    row = Referent.objects.get()
    assert (row.email, row.by.username) == ("paul@ville.example", TRAINING_OFFICER)
    assert row.since is not None
    assert "paul" not in "".join(entry.label for entry in ModelLogEntry.objects.all()).lower()
    twice = officer.post(admin("add"), {"organisation": town.pk, "email": "paul@ville.example"})
    assert twice.status_code == 200
    assert Referent.objects.count() == 1


def test_an_organisation_without_bookings_lets_its_referent_in_all_the_same(town):
    Referent.objects.create(organisation=town, email="paul@ville.example")
    page = enter("paul@ville.example").get(private_url("space")).content.decode()
    assert "Ville d’Amiens" in page
    assert "Aucune pour l’instant" in page


def test_a_referent_accepts_an_offer_and_history_says_so(session_page, town):
    full = make_occurrence(session_page, capacity=1)
    seated = make_booking(full, people=("a",))
    waiting = make_booking(full, people=("b",), employer=Employer.known(town))
    cancel(registrations_of(seated), actor="contact")
    Referent.objects.create(organisation=town, email="paul@ville.example")
    offer = Offer.objects.get()
    browser = enter("paul@ville.example")
    assert browser.post(private_url("accept_offer", seated.booking.pk, offer.pk)).status_code == 404
    assert browser.post(private_url("accept_offer", waiting.booking.pk, offer.pk)).status_code == 302
    assert states_of(waiting) == ["confirmed"]
    assert Transition.objects.filter(from_state="offered").get().actor == "referent"
