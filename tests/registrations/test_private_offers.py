"""Answering an offer on the private page, and the deadline of cancelling."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from registrations.enums import OfferState
from registrations.models import Offer, Transition
from registrations.services import TooBusy, cancel
from registrations.space import offer_views
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of, states_of
from tests.registrations.visitor import private_url

HOURS = datetime.timedelta(hours=1)


@pytest.fixture
def seated(session_page):
    return make_booking(make_occurrence(session_page, capacity=2), people=("a", "b"))


@pytest.fixture
def group(seated):
    """Two who wait together, and are offered the two places that become free."""
    waiting = make_booking(registrations_of(seated)[0].occurrence, people=("c", "d"))
    cancel(registrations_of(seated), actor="contact")
    return waiting


@pytest.fixture
def offer(group):
    return Offer.objects.get(booking=group.booking)


@pytest.mark.parametrize(
    ("language", "held", "until"),
    [("fr", "2 places sont réservées à votre groupe", "à {}"), ("en", "2 places are held for your group", "at {}")],
)
def test_an_offer_shows_until_when_it_is_held_in_the_centres_time(client, group, offer, language, held, until):
    Offer.objects.update(expires_at=datetime.datetime(2027, 1, 10, 8, 30, tzinfo=datetime.UTC))
    page = client.get(private_url("booking", group.booking.token, language=language)).content.decode()

    assert held in page
    hour = {"fr": "9 h 30", "en": "9:30"}[language]
    assert until.format(hour) in page.replace("\u00a0", " ").replace("09:30", "9:30")
    assert {"fr": "dimanche 10 janvier 2027", "en": "Sunday 10 January 2027"}[language] in page.replace("\u00a0", " ")
    assert private_url("accept_offer", group.booking.token, offer.pk, language=language) in page
    assert private_url("decline_offer", group.booking.token, offer.pk, language=language) in page


def test_opening_an_answer_changes_nothing_and_posting_it_takes_the_places(client, group, offer):
    url = private_url("accept_offer", group.booking.token, offer.pk)
    assert client.get(url).status_code == 200
    assert states_of(group) == ["offered", "offered"]

    response = client.post(url)
    assert response["Location"] == private_url("booking", group.booking.token) + "?accepted"
    assert states_of(group) == ["confirmed", "confirmed"]
    assert "La place est à vous" in client.get(response["Location"]).content.decode()
    assert Transition.objects.filter(to_state="confirmed", from_state="offered", actor="contact").count() == 2


def test_leaving_the_places_gives_them_to_the_next(client, group, offer):
    following = make_booking(offer.occurrence, people=("e",))
    response = client.post(private_url("decline_offer", group.booking.token, offer.pk))

    assert response["Location"].endswith("?declined")
    assert (states_of(group), states_of(following)) == (["declined", "declined"], ["offered"])


@pytest.mark.parametrize("answer", ["accept_offer", "decline_offer"])
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (OfferState.ACCEPTED, "it is yours"),
        (OfferState.DECLINED, "was left to the next one"),
        (OfferState.WITHDRAWN, "were cancelled"),
        (OfferState.EXPIRED, "not accepted in time"),
    ],
)
def test_an_offer_that_is_over_says_what_became_of_it(client, group, offer, answer, state, sentence):
    Offer.objects.filter(pk=offer.pk).update(state=state)
    url = private_url(answer, group.booking.token, offer.pk, language="en")
    for response in (client.get(url), client.post(url)):
        assert response.status_code == 409
        assert sentence in response.content.decode()
    assert states_of(group) == ["offered", "offered"]


def test_the_deadline_that_passes_while_one_reads_is_told(client, group, offer, time_machine):
    url = private_url("accept_offer", group.booking.token, offer.pk, language="en")
    assert client.get(url).status_code == 200
    time_machine.move_to(offer.expires_at)
    response = client.post(url)
    assert response.status_code == 409
    assert "not accepted in time" in response.content.decode()
    page = client.get(private_url("booking", group.booking.token)).content.decode()
    assert private_url("accept_offer", group.booking.token, offer.pk) not in page


def test_the_offer_of_another_booking_is_404(client, group, offer, seated):
    for name in ("accept_offer", "decline_offer"):
        assert client.post(private_url(name, seated.booking.token, offer.pk)).status_code == 404
    assert states_of(group) == ["offered", "offered"]


def test_answering_needs_the_token_against_forgery(group, offer):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(private_url("accept_offer", group.booking.token, offer.pk)).status_code == 403
    assert states_of(group) == ["offered", "offered"]


def test_a_busy_database_keeps_the_question_open(client, group, offer, monkeypatch):
    def busy(*args, **kwargs):
        raise TooBusy

    monkeypatch.setattr(offer_views, "accept_offer", busy)
    response = client.post(private_url("accept_offer", group.booking.token, offer.pk, language="en"))
    assert response.status_code == 503
    assert "Nothing has changed" in response.content.decode()


def test_the_answer_is_neither_cached_nor_indexed(client, group, offer):
    response = client.get(private_url("accept_offer", group.booking.token, offer.pk))
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"


def test_leaving_the_waiting_list_asks_once_and_says_so(client, seated):
    waiting = make_booking(registrations_of(seated)[0].occurrence, people=("c",))
    url = private_url("cancel_one", waiting.booking.token, registrations_of(waiting)[0].pk)
    assert "Quitter la liste d’attente" in client.get(url).content.decode()
    client.post(url)
    assert states_of(waiting) == ["cancelled"]


def test_the_deadline_of_cancelling_is_shown_and_holds(client, occurrence, settings, time_machine):
    settings.REGISTRATION_CANCEL_HOURS = 72
    result = make_booking(occurrence)
    page = private_url("booking", result.booking.token, language="en")
    assert "can be given back here until" in client.get(page).content.decode()

    time_machine.move_to(occurrence.starts_at - 72 * HOURS)
    client.post(private_url("cancel_all", result.booking.token))
    assert states_of(result) == ["confirmed"]
    late = client.get(page).content.decode()
    assert "It is too late to cancel here" in late
    assert private_url("cancel_one", result.booking.token, registrations_of(result)[0].pk, language="en") not in late


def test_who_waits_may_leave_until_the_date_begins(seated, settings, time_machine):
    settings.REGISTRATION_CANCEL_HOURS = 72
    occurrence = registrations_of(seated)[0].occurrence
    row = registrations_of(make_booking(occurrence, people=("c",)))[0]
    time_machine.move_to(occurrence.starts_at - HOURS)
    assert row.may_be_cancelled
    assert row.cancel_until > timezone.now()


def test_between_the_deadline_and_the_clock_the_page_says_that_it_is_over(group, offer, time_machine):
    time_machine.move_to(offer.expires_at + HOURS)
    page = Client().get(private_url("booking", group.booking.token)).content.decode()
    assert "n’a pas été acceptée à temps" in page
    assert private_url("accept_offer", group.booking.token, offer.pk) not in page
