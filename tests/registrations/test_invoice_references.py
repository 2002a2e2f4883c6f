"""What a public body asks its invoices to name: asked with the booking, shown where it lacks, given later."""

import pytest

from directory.enums import ChorusNeed, OrganisationKind
from events.models import Occurrence
from registrations.enums import BillingRoute
from registrations.models import Booking
from registrations.officer.numbers import numbers_of
from registrations.services import BillingReferences, Employer, lacking
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import NOBODY_KNOWN, make_booking
from tests.registrations.visitor import Visitor, answers, private_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def charged(session_page):
    return make_occurrence(session_page, price_list=make_price_list())


@pytest.fixture
def town(db):
    return OrganisationFactory(name="Ville de Creil", kind=OrganisationKind.CITY, chorus_need=ChorusNeed.SERVICE)


def typed(town, **more):
    chosen = {"organisation-query": town.name, "organisation-searched": town.name, "organisation-choice": str(town.pk)}
    return answers(**chosen, **more)


@pytest.mark.parametrize(
    ("need", "service", "engagement", "expected"),
    [
        ("", "", "", ""),
        (ChorusNeed.SERVICE, "", "E1", ChorusNeed.SERVICE),
        (ChorusNeed.SERVICE, "S1", "", ""),
        (ChorusNeed.ENGAGEMENT, "S1", "", ChorusNeed.ENGAGEMENT),
        (ChorusNeed.EITHER, "", "", ChorusNeed.EITHER),
        (ChorusNeed.EITHER, "", "E1", ""),
        (ChorusNeed.BOTH, "", "", ChorusNeed.BOTH),
        (ChorusNeed.BOTH, "S1", "", ChorusNeed.ENGAGEMENT),
        (ChorusNeed.BOTH, "", "E1", ChorusNeed.SERVICE),
        (ChorusNeed.BOTH, "S1", "E1", ""),
    ],
)
def test_what_an_invoice_still_lacks_follows_what_the_body_needs(need, service, engagement, expected):
    assert lacking(need, BillingReferences(service, engagement)) == expected


def test_a_public_body_is_invoiced_through_chorus_pro_and_an_association_by_email(charged, occurrence, town):
    routes = [
        make_booking(charged, people=("a",), employer=Employer.known(town)).booking.billing_route,
        make_booking(charged, people=("b",), employer=NOBODY_KNOWN).booking.billing_route,
        make_booking(occurrence, people=("c",), employer=Employer.known(town)).booking.billing_route,
    ]
    assert routes == [BillingRoute.CHORUS, BillingRoute.EMAIL, ""]


def test_the_form_asks_and_the_summary_says_what_lacks(client, charged, town):
    visitor = Visitor(client, charged, "en")
    assert "Service code" in visitor.open().content.decode()
    summary = visitor.press("continue", typed(town)).content.decode()
    assert "asks its invoices to name: service code" in summary

    visitor.press("modify")
    summary = visitor.press("continue", typed(town, **{"billing-service_code": " SG  12 "})).content.decode()
    assert "asks its invoices" not in summary
    assert "SG 12" in summary
    visitor.confirm()
    booking = Booking.objects.get()
    assert (booking.service_code, booking.engagement_number) == ("SG 12", "")


def test_a_free_session_asks_for_nothing(client, occurrence):
    assert "billing-service_code" not in Visitor(client, occurrence, "en").open().content.decode()


@pytest.mark.parametrize("wrong", ["x" * 101, "a\0b"])
def test_what_is_no_code_is_refused_at_its_field(client, charged, town, wrong):
    visitor = Visitor(client, charged)
    visitor.open()
    response = visitor.press("continue", typed(town, **{"billing-service_code": wrong}))
    assert response.status_code == 422
    assert "billing-service_code" in response.content.decode()
    assert not Booking.objects.exists()


def test_it_is_given_later_on_the_private_page(client, charged, town):
    booking = make_booking(charged, employer=Employer.known(town)).booking
    assert "le code service" in client.get(private_url("booking", booking.token)).content.decode()

    address = private_url("invoice", booking.token)
    assert client.post(address, {"service_code": "x" * 101}).status_code == 422
    assert client.post(address, {"service_code": "SG12", "engagement_number": "2026-7"}).status_code == 302
    booking.refresh_from_db()
    assert (booking.service_code, booking.engagement_number) == ("SG12", "2026-7")
    page = client.get(private_url("booking", booking.token)).content.decode()
    assert "demande que ses factures" not in page
    assert "2026-7" in page


def test_nothing_is_asked_for_what_costs_nothing(client, occurrence, town):
    booking = make_booking(occurrence, employer=Employer.known(town)).booking
    assert client.get(private_url("invoice", booking.token)).status_code == 404


def test_changes_are_limited(client, charged, town, monkeypatch):
    monkeypatch.setattr("registrations.space.billing_views.CHANGES_PER_BOOKING", 1)
    booking = make_booking(charged, employer=Employer.known(town)).booking
    address = private_url("invoice", booking.token)
    assert [client.post(address, {"service_code": code}).status_code for code in ("A", "B")] == [302, 429]


def test_the_board_counts_the_bookings_whose_invoice_lacks_something(charged, town, django_assert_num_queries):
    make_booking(charged, people=("a", "b"), employer=Employer.known(town))
    make_booking(charged, people=("c",), employer=Employer.known(town), billing=BillingReferences("SG12"))
    make_booking(charged, people=("d",), employer=NOBODY_KNOWN)
    row = numbers_of(Occurrence.objects.filter(pk=charged.pk).with_details())[0]
    assert row.uninvoiceable == 1
    assert any("1 " in words for words in row.missing)


def test_a_wrong_membership_code_is_said_on_the_summary_and_tried_only_so_often(client, charged, town, monkeypatch):
    MembershipFactory(organisation=town, code="CREIL 2026")
    visitor = Visitor(client, charged, "en")
    visitor.open()
    wrong = typed(town, **{"organisation-code": "WRONG"})
    assert "not that of your organisation" in visitor.press("continue", wrong).content.decode()
    right = typed(town, **{"organisation-code": "creil2026"})
    assert "not that of your organisation" not in visitor.press("continue", right).content.decode()

    monkeypatch.setattr("registrations.form.views.CODES_PER_ADDRESS", 2)
    assert visitor.press("continue", right).status_code == 429
