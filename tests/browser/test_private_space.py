"""The private space, from the e-mail to the calendar: for everyone, in both languages."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from events.models import Occurrence
from outbox.models import Message
from registrations.models import OpenSpace, Referent, Registration
from registrations.services import Employer, cancel
from tests.browser.examination import examine
from tests.browser.portal import LivePortal
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of


@pytest.fixture
def date(live_portal: LivePortal) -> Occurrence:
    cache.clear()
    return Occurrence.objects.get(page__slug="etape-4-gouvernance-et-partenariats")


def address(name: str, *args, language: str = "fr") -> str:
    with override(language):
        return reverse(f"registrations:{name}", args=args)


def press(portal: LivePortal, words: str = "button") -> None:
    """Press a button of the page's own part."""
    portal.follow(portal.page.locator(f"main {words}").first)


def enter(portal: LivePortal, email: str, language: str) -> None:
    """Go from the e-mail to the open space, looking at each page."""
    portal.visit(address("space", language=language))
    examine(portal.page, dark=language == "fr")
    portal.page.locator("main [name=email]").fill(email)
    press(portal, "button[type=submit]")
    examine(portal.page)
    text = Message.objects.filter(kind="registration_access").latest("pk").text
    portal.visit(re.search(r"https?://[^/\s]+(/\S+)", text)[1])
    examine(portal.page)
    assert OpenSpace.objects.count() == 0
    press(portal)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_referent_opens_their_space_and_hands_a_place_over(live_portal: LivePortal, date, language: str):
    town = OrganisationFactory(name="Ville d’Amiens, direction de la jeunesse")
    result = make_booking(date, people=("ines", "omar"), employer=Employer.known(town), language=language)
    Referent.objects.create(organisation=town, email="paul@ville.example")
    make_booking(date, people=("paul",))
    Registration.objects.filter(person_key="paul@example.org").update(person_key="paul@ville.example")

    enter(live_portal, "paul@ville.example", language)
    assert town.name in live_portal.page.locator("main").inner_text()
    examine(live_portal.page, dark=language == "fr")
    press(live_portal, "#calendar button")
    assert live_portal.page.locator("#calendar a[href^='webcal:']").count() == 1
    examine(live_portal.page)

    row = registrations_of(result)[0]
    live_portal.visit(address("hand_over", result.booking.pk, row.pk, language=language))
    live_portal.expect_complaint("422")
    press(live_portal, "button[type=submit]")
    examine(live_portal.page, dark=language == "fr")
    for name, value in {"first_name": "Léa", "last_name": "Petit", "email": "lea@example.org"}.items():
        live_portal.page.locator(f"main [name={name}]").fill(value)
    live_portal.page.locator("[name=category]").select_option("agent")
    press(live_portal, "button[type=submit]")
    assert "Léa Petit" in live_portal.page.locator("main").inner_text()
    examine(live_portal.page, dark=language == "fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_offer_and_a_proof_are_for_everyone(live_portal: LivePortal, date, language: str):
    full = make_occurrence(date.page, capacity=1, price_list=date.price_list)
    town = OrganisationFactory(name="Ville de Creil, direction de la jeunesse", email_domain="example.org")
    MembershipFactory(organisation=town, code="CREIL")
    seated = make_booking(full, people=("ines",))
    waiting = make_booking(full, people=("omar",), employer=Employer.known(town), language=language)
    cancel(registrations_of(seated), actor="contact")

    live_portal.visit(address("booking", waiting.booking.token, language=language))
    assert live_portal.page.locator("#proof").count() == 1
    examine(live_portal.page, dark=language == "fr")
    live_portal.expect_complaint("422")
    live_portal.page.locator("[name=code]").fill("nothing")
    press(live_portal, "form:has([name=code]) button")
    examine(live_portal.page, dark=language == "fr")
    press(live_portal, "a.button--primary")
    examine(live_portal.page, dark=language == "fr")
    press(live_portal, "button[type=submit]")
    assert registrations_of(waiting)[0].takes_part
    examine(live_portal.page)
