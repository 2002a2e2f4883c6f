"""The private page: for the holder of the link alone."""

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar

from events.models import Occurrence
from events.services import save_occurrence
from outbox.models import Message
from registrations.enums import RegistrationState
from registrations.models import Registration, Transition
from registrations.services import TooBusy
from registrations.space import booking_views
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of, states_of
from tests.registrations.visitor import private_url


@pytest.fixture
def result(occurrence):
    return make_booking(occurrence, people=("ines", "omar"))


@pytest.fixture
def token(result):
    return result.booking.token


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_holder_sees_everybody_of_the_booking_in_both_languages(client, token, language):
    page = client.get(private_url("booking", token, language=language))

    assert page.status_code == 200
    assert "Ines Martin" in page.content.decode()
    assert "Omar Martin" in page.content.decode()


@pytest.mark.parametrize("name", ["booking", "calendar", "cancel_all"])
def test_it_is_neither_cached_nor_indexed_nor_told_to_others(client, token, name):
    response = client.get(private_url(name, token))

    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    expected = "same-origin" if name == "cancel_all" else "no-referrer"
    assert response["Referrer-Policy"] == expected


def test_seeing_it_sets_no_cookie(client, token):
    client.get(private_url("booking", token))
    assert not client.cookies


@pytest.mark.parametrize("name", ["booking", "calendar", "cancel_all"])
def test_a_wrong_token_is_404_and_says_nothing(client, token, name):
    swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
    unknown = client.get(private_url(name, swapped))
    assert unknown.status_code == 404
    assert "martin" not in unknown.content.decode().lower()
    assert client.post(private_url(name, swapped)).status_code in (404, 405)
    for shape in ("x", token + "x", "%00" * 43, token.replace(token[0], "é")):
        assert client.get(private_url(name, token).replace(token, shape), follow=True).status_code == 404


def test_tokens_are_long_and_never_the_same(occurrence):
    tokens = {make_booking(occurrence, people=(f"p{number}",)).booking.token for number in range(5)}
    assert len(tokens) == 5
    assert {len(token) for token in tokens} == {43}


def test_opening_the_cancel_link_cancels_nothing(client, result, token):
    assert client.get(private_url("cancel_all", token)).status_code == 200
    assert client.head(private_url("cancel_all", token)).status_code == 200
    assert states_of(result) == ["confirmed", "confirmed"]


def test_one_participant_is_cancelled_and_the_others_stay(client, result, token):
    omar = registrations_of(result)[1]
    response = client.post(private_url("cancel_one", token, omar.pk))

    assert response["Location"] == private_url("booking", token) + "?cancelled"
    assert states_of(result) == ["confirmed", "cancelled"]
    assert Transition.objects.get(to_state="cancelled").actor == "contact"
    page = client.get(response["Location"]).content.decode()
    assert private_url("cancel_one", token, omar.pk) not in page


def test_everything_is_cancelled_at_once(client, result, token):
    client.post(private_url("cancel_all", token))
    assert states_of(result) == ["cancelled", "cancelled"]
    assert client.post(private_url("cancel_all", token)).status_code == 302
    assert Message.objects.filter(kind="registration_cancelled").count() == 3


def test_a_registration_of_another_booking_is_404(client, occurrence, token):
    other = registrations_of(make_booking(occurrence, people=("zoe",)))[0]
    assert client.post(private_url("cancel_one", token, other.pk)).status_code == 404
    assert Registration.objects.get(pk=other.pk).state == RegistrationState.CONFIRMED


def test_once_it_has_begun_a_date_is_no_longer_cancelled_by_the_visitor(
    client, result, token, time_machine, occurrence
):
    time_machine.move_to(occurrence.starts_at)
    client.post(private_url("cancel_all", token))
    assert states_of(result) == ["confirmed", "confirmed"]
    assert private_url("cancel_all", token) not in client.get(private_url("booking", token)).content.decode()


def test_cancelling_needs_the_token_against_forgery(result, token):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(private_url("cancel_all", token)).status_code == 403
    assert states_of(result) == ["confirmed", "confirmed"]


def test_a_busy_database_keeps_the_question_open(client, result, token, monkeypatch):
    def busy(*args, **kwargs):
        raise TooBusy

    monkeypatch.setattr(booking_views, "cancel", busy)
    response = client.post(private_url("cancel_all", token, language="en"))
    assert response.status_code == 503
    assert "Nothing was cancelled" in response.content.decode()


def test_the_calendar_holds_the_dates_where_one_has_a_seat_with_the_video_link(client, occurrence):
    online = make_occurrence(occurrence.page, days=40, video_link="https://visio.example/abc")
    full = make_occurrence(occurrence.page, days=50, capacity=0)
    result = make_booking(occurrence, online, full)

    response = client.get(private_url("calendar", result.booking.token))
    events = Calendar.from_ical(response.content).walk("VEVENT")

    assert response["Content-Type"].startswith("text/calendar")
    assert [str(event["UID"]).split("@")[0] for event in events] == [
        f"occurrence-{row.pk}" for row in (occurrence, online)
    ]
    assert "https://visio.example/abc" in response.content.decode()
    assert events[0]["DTSTART"].dt == occurrence.starts_at


def test_the_video_link_is_for_those_who_hold_a_seat(client, session_page):
    online = make_occurrence(session_page, capacity=1, video_link="https://visio.example/abc")
    seated = make_booking(online, people=("ines",))
    waiting = make_booking(online, people=("omar",))

    assert "visio.example" in client.get(private_url("booking", seated.booking.token)).content.decode()
    assert "visio.example" not in client.get(private_url("booking", waiting.booking.token)).content.decode()
    texts = {message.recipient: message.text for message in Message.objects.all()}
    assert "visio.example" in texts["ines@example.org"]
    assert "visio.example" not in texts["omar@example.org"]


def test_a_date_cancelled_by_the_centre_is_shown_as_such(client, result, token, occurrence):
    row = Occurrence.objects.get(pk=occurrence.pk)
    row.status = "cancelled"
    save_occurrence(row)
    assert "state--cancelled" in client.get(private_url("booking", token)).content.decode()


def test_no_request_opens_a_mail_connection(client, token, settings):
    settings.OUTBOX_DELIVERY = True
    client.post(private_url("cancel_all", token))
    assert mail.outbox == []
