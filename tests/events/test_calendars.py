"""Calendars to save or to follow, parsed back."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from events.calendar import occurrence_calendar
from events.enums import Attend, OccurrenceStatus
from events.models import EventPage, Occurrence
from events.services import save_occurrence
from home.models import NewsPage
from home.services import create_skeleton
from tests.factories.directory import VenueFactory
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, translate_page

pytestmark = pytest.mark.django_db
PRIVATE_LINK = "https://visio.example/secret"


def address(page, language="fr") -> str:
    with override(language):
        return reverse("events:page_calendar", args=[page.pk])


@pytest.fixture
def series() -> EventPage:
    create_skeleton()
    event = make_page(EventPage, "Ateliers en ligne", attend=Attend.ANY)
    make_occurrence(event, days=10, video_link=PRIVATE_LINK, note_fr="Premier atelier", note_en="First workshop")
    make_occurrence(event, days=20, venue=VenueFactory(), status=OccurrenceStatus.CANCELLED)
    make_occurrence(event, days=30, status=OccurrenceStatus.TENTATIVE)
    make_occurrence(event, days=None, status=OccurrenceStatus.TENTATIVE)
    return event


def calendar_at(client, url) -> Calendar:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def test_a_page_gives_all_its_dates_with_their_states(client, series):
    calendar = calendar_at(client, address(series))
    events = calendar.walk("VEVENT")
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CANCELLED", "TENTATIVE"]
    keys = list(Occurrence.objects.in_order().values_list("pk", flat=True))[:3]
    assert [str(event["UID"]) for event in events] == [f"occurrence-{pk}@localhost" for pk in keys]
    assert str(events[0]["DESCRIPTION"]) == "Premier atelier"
    assert events[1]["LOCATION"] == Occurrence.objects.in_order()[1].venue.full_address


def test_a_program_that_follows_it_learns_its_name_and_when_to_ask_again(client, series):
    calendar = calendar_at(client, address(series))
    assert str(calendar["X-WR-CALNAME"]) == "Ateliers en ligne"
    assert calendar["REFRESH-INTERVAL"].dt == datetime.timedelta(hours=6)
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT6H"
    assert str(calendar["METHOD"]) == "PUBLISH"


def test_hours_are_those_of_paris(client, series):
    calendar = calendar_at(client, address(series))
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    starts = calendar.walk("VEVENT")[0]["DTSTART"]
    assert starts.params["TZID"] == "Europe/Paris"
    assert starts.dt == Occurrence.objects.in_order()[0].starts_at.astimezone(ZoneInfo("Europe/Paris"))


def test_a_moved_date_keeps_its_identifier_and_counts_its_changes(client, series):
    before = calendar_at(client, address(series)).walk("VEVENT")[0]
    row = Occurrence.objects.in_order()[0]
    row.day += datetime.timedelta(days=1)
    save_occurrence(row)
    after = calendar_at(client, address(series)).walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_the_private_link_is_in_no_public_calendar(client, series):
    assert PRIVATE_LINK not in client.get(address(series)).content.decode()


def test_the_calendar_speaks_the_language_of_its_address(client, series):
    english = translate_page(series, {"Ateliers en ligne": "Online workshops"})
    for page in (series, english):
        calendar = calendar_at(client, address(page, "en"))
        assert str(calendar["X-WR-CALNAME"]) == "Online workshops"
        first = calendar.walk("VEVENT")[0]
        assert str(first["SUMMARY"]) == "Online workshops · First workshop"
        assert str(first["DESCRIPTION"]) == "First workshop"
        assert str(first["URL"]) == english.full_url


def test_the_title_of_a_translation_behind_a_password_is_told_nowhere(client, series):
    english = translate_page(series)
    english.title, english.draft_title = "Secret title", "Secret title"
    english.save_revision().publish()
    PageViewRestriction.objects.create(page=english, restriction_type="password", password="x")
    for path in (address(series, "en"), "/en/"):
        told = client.get(path).content.decode()
        assert "Ateliers en ligne" in told
        assert "Secret title" not in told


def test_a_page_without_a_firm_date_gives_a_calendar_that_is_valid(client):
    create_skeleton()
    event = make_page(EventPage, "Journée")
    calendar = calendar_at(client, address(event))
    assert calendar.walk("VEVENT") == []
    assert calendar.walk("VTIMEZONE")


def test_only_public_pages_with_dates_have_a_calendar(client, series):
    draft = make_page(EventPage, "Brouillon", live=False)
    news = make_page(NewsPage, "Nouvelle")
    for page in (draft, news):
        assert client.get(address(page)).status_code == 404
    PageViewRestriction.objects.create(page=series, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address(series)).status_code == 404


def test_the_page_offers_to_save_and_to_follow(client, series):
    html = client.get(series.url).content.decode()
    assert f'href="{address(series)}"' in html
    assert f'href="webcal://testserver{address(series)}"' in html


def test_a_page_whose_dates_are_over_offers_no_calendar(client):
    create_skeleton()
    event = make_page(EventPage, "Journée")
    make_occurrence(event, days=-3)
    assert "webcal:" not in client.get(event.url).content.decode()


def test_more_dates_cost_no_more_queries(client, series):
    counts = []
    for _turn in range(2):
        client.get(address(series))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(series))
        counts.append(len(queries))
        for days in (50, 60, 70):
            make_occurrence(series, days=days, venue=VenueFactory())
    assert counts[0] == counts[1]


def test_a_date_called_off_from_the_start_counts_as_a_change_and_an_online_one_says_so():
    create_skeleton()
    event = make_page(EventPage, "Webinaire")
    cancelled = make_occurrence(event, status=OccurrenceStatus.CANCELLED, video_link="https://example.org/visio")
    told = Calendar.from_ical(occurrence_calendar(cancelled, "fr")).walk("VEVENT")[0]
    assert int(told["SEQUENCE"]) == 1
    assert str(told["LOCATION"]) == "En ligne"
