"""Results that are dates, or pages of dates, are shown with them as they stand now."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from directory.models import Venue
from events.models import EventPage
from tests.factories.events import make_occurrence, make_price_list


@pytest.fixture
def workshop(sections: dict[str, Page]) -> EventPage:
    page = EventPage(title="Atelier compostage", locale=sections["events"].locale)
    sections["events"].add_child(instance=page)
    return page


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
