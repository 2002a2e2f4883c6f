"""The board of the training officer: the dates ahead with their numbers, what is missing, what waits for a decision."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from cycles.models import SessionPage
from events.enums import OccurrenceStatus, RegistrationMode
from events.models import Occurrence
from events.services import save_occurrence
from registrations.models import Registration
from registrations.officer.numbers import numbers_of
from tests.factories.directory import VenueFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import make_page, make_session
from tests.factories.registrations import make_booking, registrations_of

BOARD = "registrations_admin:occurrences"


@pytest.fixture
def officer(client, db):
    user = User.objects.create_user("officer")
    UserProfile.objects.create(user=user, preferred_language="en")
    for codename in ("access_admin", "view_registration", "change_registration"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(user)
    return client


def only(date):
    return numbers_of(Occurrence.objects.filter(pk=date.pk).with_details())[0]


def test_places_waiting_list_and_amounts_are_counted_from_the_registrations(session_page):
    date = make_occurrence(session_page, capacity=2, price_list=make_price_list(), venue=VenueFactory())
    make_booking(date, people=("ines", "omar"))
    make_booking(date, people=("lea",))
    row = only(date)
    assert (row.taken, row.waiting, row.pending) == (2, 1, 0)
    assert row.amounts.price.most == 300
    assert (row.missing, row.decisions) == ([], [])


def test_a_price_that_waits_for_a_proof_counts_with_both_amounts(session_page):
    date = make_occurrence(session_page, capacity=2, price_list=make_price_list())
    row = registrations_of(make_booking(date))[0]
    Registration.objects.filter(pk=row.pk).update(
        price_amount=None, price_rule="to_be_confirmed", price_if_member=0, price_otherwise=150
    )
    amounts = only(date).amounts
    assert (amounts.price.least, amounts.price.most, amounts.unknown) == (0, 150, 1)
    assert only(date).decisions


def test_what_a_date_lacks_is_named(session_page):
    bare = make_occurrence(session_page, days=None, status=OccurrenceStatus.TENTATIVE)
    assert len(only(bare).missing) == 4
    assert len(only(make_occurrence(session_page, capacity=3)).missing) == 1
    full = make_occurrence(session_page, capacity=3, venue=VenueFactory())
    assert only(full).missing == []


def test_a_request_and_people_of_a_cancelled_date_wait_for_a_decision(session_page):
    date = make_occurrence(session_page, registration_mode=RegistrationMode.BY_APPROVAL)
    make_booking(date)
    assert len(only(date).decisions) == 1
    Occurrence.objects.filter(pk=date.pk).update(status=OccurrenceStatus.CANCELLED)
    assert len(only(date).decisions) == 2
    assert only(date).missing == []


def test_the_board_shows_the_dates_ahead_and_their_filters_narrow_them(officer):
    near, far = make_session("Proche"), make_session("Lointaine")
    make_occurrence(near, days=3, capacity=1)
    make_booking(make_occurrence(far, days=60, capacity=1))

    def shown(query=""):
        page = officer.get(reverse(BOARD) + query).content.decode()
        return {title for title in ("Proche", "Lointaine") if f"<strong>{title}</strong>" in page}

    assert shown() == {"Proche", "Lointaine"}
    assert shown("?period=30") == {"Proche"}
    assert shown("?shown=full") == {"Lointaine"}
    assert shown(f"?cycle={near.get_parent().pk}") == {"Proche"}
    assert shown("?shown=decision") == set()
    assert shown("?past") == set()


@pytest.mark.parametrize(
    "query", ["?period=x", "?cycle=999999", "?cycle=' or 1", "?shown=all", "?p=99", "?past&cycle=x"]
)
def test_filters_that_mean_nothing_filter_nothing(officer, query):
    make_occurrence(make_session("Proche"), days=3)
    assert officer.get(reverse(BOARD) + query).status_code == 200


def test_the_board_costs_a_constant_number_of_queries(officer):
    cycle = make_session("Première").get_parent()
    make_booking(make_occurrence(SessionPage.objects.get(), capacity=9, price_list=make_price_list()))
    officer.get(reverse(BOARD))
    with CaptureQueriesContext(connection) as few:
        officer.get(reverse(BOARD))
    for number in range(4):
        page = make_page(SessionPage, f"Séance {number}", cycle.specific)
        date = make_occurrence(page, capacity=9, price_list=make_price_list(), venue=VenueFactory())
        make_booking(date, people=(f"a{number}", f"b{number}"))
    with CaptureQueriesContext(connection) as many:
        officer.get(reverse(BOARD))
    assert len(many) == len(few)


def test_the_home_of_the_admin_tells_the_next_dates_to_those_who_see_registrations(officer, client):
    date = make_occurrence(make_session("Proche"), days=3, registration_mode=RegistrationMode.BY_APPROVAL)
    make_booking(date)
    address = reverse("registrations_admin:occurrence", args=[date.pk])
    page = officer.get(reverse("wagtailadmin_home")).content.decode()
    assert address in page
    assert "1 request to answer" in page

    other = User.objects.create_user("editor")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(other)
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_more_people_than_places_waits_for_a_decision(session_page):
    date = make_occurrence(session_page, capacity=3)
    make_booking(date, people=("a", "b"))
    date.capacity = 1
    save_occurrence(date)
    assert only(date).is_over
    assert only(date).decisions
