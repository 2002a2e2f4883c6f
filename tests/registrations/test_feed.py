"""The calendar of a person, read back: what it holds, and who reads it."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from events.models import Occurrence
from events.services import save_occurrence
from registrations.models import CalendarFeed
from registrations.services import cancel
from registrations.space import feed_views
from registrations.space.spaces import renew_feed
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of
from tests.registrations.test_private_space import enter
from tests.registrations.visitor import private_url

LINK = "https://visio.example/abc"


@pytest.fixture(autouse=True)
def no_readings_before():
    cache.clear()


@pytest.fixture
def online(session_page):
    return make_occurrence(session_page, days=40, capacity=2, video_link=LINK)


def path_of(key="ines@example.org", language="fr"):
    return private_url("feed", renew_feed(key).token, language=language)


def events_in(response):
    calendar = Calendar.from_ical(response.content)
    return {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


@pytest.mark.parametrize(("language", "name"), [("fr", "Mes inscriptions"), ("en", "My registrations")])
def test_it_holds_the_dates_where_the_person_takes_part_with_the_link(client, occurrence, online, language, name):
    full = make_occurrence(occurrence.page, days=50, capacity=0)
    make_booking(occurrence, online, full, people=("ines", "omar"))

    response = client.get(path_of(language=language))
    events = events_in(response)
    assert response["Content-Type"].startswith("text/calendar")
    assert set(events) == {f"occurrence-{occurrence.pk}", f"occurrence-{online.pk}"}
    event = events[f"occurrence-{online.pk}"]
    assert (str(event["STATUS"]), str(event["LOCATION"])) == ("CONFIRMED", LINK)
    assert event["DTSTART"].dt == online.starts_at
    assert str(Calendar.from_ical(response.content)["X-WR-CALNAME"]) == name


def test_it_names_nobody_and_holds_nothing_of_the_contact_who_does_not_take_part(client, online):
    make_booking(online, people=("ines",))
    assert "ines" not in client.get(path_of()).content.decode().lower()
    assert events_in(client.get(path_of("claire@example.org"))) == {}


def test_what_was_given_back_is_cancelled_for_thirty_days_without_its_link(client, online, time_machine):
    result = make_booking(online, people=("ines",))
    cancel(registrations_of(result), actor="contact")
    path = path_of()
    response = client.get(path)
    assert str(events_in(response)[f"occurrence-{online.pk}"]["STATUS"]) == "CANCELLED"
    assert LINK not in response.content.decode()

    time_machine.move_to(timezone.now() + datetime.timedelta(days=30, minutes=1))
    assert events_in(client.get(path)) == {}


def test_who_only_waited_has_nothing_to_take_back(client, session_page):
    full = make_occurrence(session_page, capacity=0)
    cancel(registrations_of(make_booking(full)), actor="contact")
    assert events_in(client.get(path_of())) == {}


def test_coming_back_is_confirmed_again(client, online):
    cancel(registrations_of(make_booking(online)), actor="contact")
    make_booking(online)
    assert str(events_in(client.get(path_of()))[f"occurrence-{online.pk}"]["STATUS"]) == "CONFIRMED"


def test_a_date_that_we_cancel_is_cancelled_there_with_its_sequence_raised(client, online):
    make_booking(online)
    before = events_in(client.get(path_of()))[f"occurrence-{online.pk}"]
    row = Occurrence.objects.get(pk=online.pk)
    row.status = "cancelled"
    save_occurrence(row)
    after = events_in(client.get(path_of()))[f"occurrence-{online.pk}"]
    assert str(after["STATUS"]) == "CANCELLED"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_new_address_ends_the_one_before(online):
    make_booking(online)
    browser = enter("ines@example.org")
    assert "webcal://" not in browser.get(private_url("space")).content.decode()
    browser.post(private_url("renew_feed"))
    old = private_url("feed", CalendarFeed.objects.get().token)
    page = browser.get(private_url("space")).content.decode()
    assert old in page
    assert "webcal://" in page
    browser.post(private_url("renew_feed"))
    anybody = Client()
    assert anybody.get(old).status_code == 404
    new = private_url("feed", CalendarFeed.objects.get().token)
    assert anybody.get(new).status_code == 200
    browser.post(private_url("end_feed"))
    assert anybody.get(new).status_code == 404


def test_only_an_open_space_makes_or_ends_an_address(client, online):
    path = path_of()
    for name in ("renew_feed", "end_feed"):
        assert client.post(private_url(name))["Location"] == private_url("space")
        assert client.get(private_url(name)).status_code == 405
    assert client.get(path).status_code == 200


def test_it_is_neither_indexed_nor_cached_and_sets_no_cookie(client, online):
    response = client.get(path_of())
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert not client.cookies


def test_a_program_that_asks_without_end_is_told_to_wait(client, online, monkeypatch):
    monkeypatch.setattr(feed_views, "READINGS_PER_FEED", 3)
    path = path_of()
    assert [client.get(path).status_code for _time in range(4)] == [200, 200, 200, 429]
    assert client.get(path_of("omar@example.org")).status_code == 200


def test_a_tampered_address_is_404(client, online):
    path = path_of()
    assert client.get(path.replace(".ics", "")[:-1] + ".ics").status_code == 404
    assert client.get(path[:-5] + ("A" if path[-5] != "A" else "B") + ".ics").status_code == 404
