"""Results that are dates, or pages of dates, are shown with them as they stand now."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import Venue
from events.enums import Attend, OccurrenceStatus
from events.models import EventPage
from search.enums import Kind
from search.models import SearchEntry
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import let_search_read, make_session, translate_page


def test_a_date_found_says_when_where_for_how_much_and_how_to_register(workshop: EventPage, client: Client) -> None:
    venue = Venue.objects.create(name="Artoilab", town="Arras")
    occurrence = make_occurrence(workshop, venue=venue, capacity=9, price_list=make_price_list())
    make_occurrence(workshop, status="cancelled")

    for kind in ("occurrence", "event"):
        page = client.get("/fr/recherche/", {"q": "compostage", "kind": kind}).content.decode()

        assert "9 places libres" in page
        assert "Artoilab" in page
        assert "150" in page
        assert f'href="{reverse("registrations:register", args=[occurrence.pk])}"' in page
        assert f'href="{reverse("events:calendar", args=[occurrence.pk])}"' in page
        assert page.count('class="search-date"') == 1


def test_more_dates_cost_no_more_queries(workshop: EventPage, client: Client) -> None:
    def queries_for(number: int) -> int:
        for day in range(number):
            make_occurrence(workshop, days=30 + day, price_list=make_price_list())
        client.get("/fr/recherche/?q=compostage")
        with CaptureQueriesContext(connection) as queries:
            client.get("/fr/recherche/?q=compostage")
        return len(queries)

    assert queries_for(4) == queries_for(4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attend", "days", "report"),
    [
        (Attend.ONE, [30], []),
        (Attend.ONE, [-30], [("paragraph", "<p>Ce que la session a laissé.</p>")]),
        (Attend.ONE, [-30, 30, 60], []),
        (Attend.ANY, [-30, 30, 60], []),
        (Attend.ONE, [-30, 30], [("paragraph", "<p>Ce que la session a laissé.</p>")]),
    ],
)
def test_the_address_of_a_date_leads_to_it_in_its_page(
    client: Client, attend: Attend, days: list[int], report: list[tuple[str, str]]
) -> None:
    session = make_session(attend=attend, report=report)
    made = [make_occurrence(session, days=day) for day in days]
    if len(made) > 1:
        made.append(make_occurrence(session, days=90, status=OccurrenceStatus.CANCELLED))
    translate_page(session.cycle)
    translate_page(session)
    let_search_read()

    entries = SearchEntry.objects.filter(kind=Kind.OCCURRENCE)
    pages = {entry.url: BeautifulSoup(client.get(entry.url).content, "html.parser") for entry in entries}

    assert {(entry.language, entry.anchor) for entry in entries} == {
        (language, f"date-{date.pk}") for language in ("fr", "en") for date in made[: len(days)]
    }
    for page in pages.values():
        assert [len(page.select(f"#date-{date.pk}")) for date in made] == [1] * len(made)


def test_the_page_of_what_is_over_says_when_it_was(workshop: EventPage, client: Client) -> None:
    make_occurrence(workshop, days=-90)
    last = make_occurrence(workshop, days=-30)

    page = client.get("/fr/recherche/", {"q": "compostage", "kind": "event"}).content.decode()

    dates = BeautifulSoup(page, "html.parser").select(".search-date")
    assert [date.select_one("time")["datetime"] for date in dates] == [f"{last.day:%Y-%m-%d}"]
    assert "Passée" in dates[0].get_text()


def test_an_event_is_found_by_its_kind(workshop: EventPage, client: Client) -> None:
    workshop.kind = "webinar"
    workshop.save_revision().publish()

    assert "Atelier compostage" in client.get("/fr/recherche/", {"q": "webinaire"}).content.decode()


def test_the_data_of_a_page_tell_its_dates(workshop: EventPage, client: Client) -> None:
    venue = Venue.objects.create(name="Artoilab", town="Arras")
    occurrence = make_occurrence(workshop, venue=venue)

    (found,) = client.get("/fr/recherche/resultats.json", {"q": "compostage", "kind": "event"}).json()["results"]

    (date,) = found["dates"]
    starts = timezone.localtime(occurrence.starts_at).isoformat()
    assert (date["starts"], date["venue"], date["place"], date["places"]) == (starts, "Artoilab", "Arras", "open")


def test_the_dates_in_the_town_asked_for_come_first(workshop: EventPage, client: Client) -> None:
    cache.clear()
    for days, town in ((10, "Lille"), (20, "Arras"), (30, "Lille")):
        make_occurrence(workshop, days=days, venue=Venue.objects.create(name=f"Salle {days}", town=town))

    page = client.get("/fr/recherche/", {"q": "compostage arras", "kind": "event"}).content.decode()

    dates = BeautifulSoup(page, "html.parser").select(".search-date")
    assert [re.search("Arras|Lille", date.get_text())[0] for date in dates] == ["Arras", "Lille", "Lille"]
