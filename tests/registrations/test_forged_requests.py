"""A form of another site, filled in by somebody's browser without their knowing: nothing is done.

The addresses are read from the URL patterns, so that a new view is tried as well.
"""

from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from outbox.models import Message
from registrations import urls
from registrations.messages.addresses import proof_url
from registrations.models import CalendarFeed, Offer
from registrations.services import Employer, cancel
from registrations.space.spaces import renew_feed
from tests.addresses import views_in
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking, registrations_of
from tests.registrations.test_private_space import enter, link_for

CLAIRE = "claire@example.org"
# What a form of ours would send, all of them together.
EVERYTHING = {
    "first_name": "Lea",
    "last_name": "Martin",
    "email": "lea@example.org",
    "category": "agent",
    "code": "x",
    "action": "confirm",
}


@pytest.fixture
def world(session_page):
    """Claire's booking of Ines, to whom a place is offered at a price to be proven; and what addresses hold of it."""
    town = OrganisationFactory(name="Ville", email_domain="example.org")
    MembershipFactory(organisation=town)
    date = make_occurrence(session_page, capacity=1, price_list=make_price_list())
    before = make_booking(date, people=("omar",))
    booking = make_booking(date, employer=Employer.known(town)).booking
    cancel(registrations_of(before), actor="contact")
    row = booking.participants.get().registrations.get()
    known = {
        "register": {"pk": date.pk},
        "register_page": {"pk": session_page.pk},
        "participant_document": {"pk": 1},
        "cancel_one": {"pk": row.pk},
        "hand_over": {"pk": row.pk},
        "correct_details": {"pk": row.participant_id},
        "answers": {"pk": row.participant_id},
        "accept_offer": {"pk": Offer.objects.get().pk},
        "decline_offer": {"pk": Offer.objects.get().pk},
        "feed": {"secret": renew_feed(CLAIRE).token},
        "proof": {"secret": proof_url(booking).rstrip("/").rpartition("/")[2]},
    }
    return booking, known


def addresses(booking, known: dict[str, dict[str, Any]], secret: str) -> list[str]:
    """Return the address of every public page of registrations. A view that is new says in `world` what it is about."""
    found = []
    with override("fr"):
        for view, names in views_in(urls.urlpatterns):
            values = {"token": booking.token, "booking_pk": booking.pk, "secret": secret, **known.get(view, {})}
            found.append(reverse(f"registrations:{view}", kwargs={name: values[name] for name in names}))
    # What closes the space comes last: the others need it.
    return sorted(found, key=lambda address: "fermer" in address)


def everything_kept() -> str:
    """Return all that registrations and the outbox hold, as text."""
    models = [*apps.get_app_config("registrations").get_models(), Message]
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in models)


def browser(cookies, strict: bool) -> Client:
    client = Client(enforce_csrf_checks=strict)
    client.cookies.update(cookies)
    return client


def test_without_the_token_of_our_own_page_every_post_is_refused_and_changes_nothing(world):
    booking, known = world
    opened = enter(CLAIRE).cookies
    secret = link_for(Client(), CLAIRE).rstrip("/").rpartition("/")[2]
    kept = everything_kept()
    tried = addresses(booking, known, secret)
    assert len(tried) > 30
    for address in tried:
        response = browser(opened, strict=True).post(address, EVERYTHING)
        assert response.status_code == 403, address
        assert "Ce formulaire a expiré" in response.content.decode()
    assert everything_kept() == kept

    # The control: the addresses are real, and the same posts from our own pages do something.
    for address in tried:
        response = browser(opened, strict=False).post(address, EVERYTHING)
        assert response.status_code not in (403, 404), address
    assert everything_kept() != kept
    assert not CalendarFeed.objects.exists()
