"""Dates of sessions and events, described by their own app, follow their page."""

from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from directory.models import Venue
from events.models import EventPage
from events.services import save_occurrence
from search.models import SearchEntry
from tests.factories.events import make_occurrence
from tests.search.pages import found


def event(sections: dict[str, Page]) -> EventPage:
    page = EventPage(title="Atelier compostage", locale=sections["events"].locale)
    sections["events"].add_child(instance=page)
    return page


def dates() -> list[SearchEntry]:
    return list(SearchEntry.objects.filter(kind="occurrence"))


def test_a_date_is_found_by_its_town_and_links_to_its_place_in_the_page(
    sections: dict[str, Page], client: Client
) -> None:
    page = event(sections)
    occurrence = make_occurrence(page, venue=Venue.objects.create(name="Artoilab", town="Arras"))

    assert [entry.place for entry in dates()] == ["Arras"]
    address = f'href="{page.get_url_parts()[2]}#date-{occurrence.pk}"'
    answer = client.get(reverse("search:results"), {"q": "compostage arras", "kind": "occurrence"})
    assert address in answer.content.decode()


def test_a_venue_that_moves_takes_its_dates_along(sections: dict[str, Page]) -> None:
    venue = Venue.objects.create(name="Artoilab", town="Arras")
    make_occurrence(event(sections), venue=venue)
    venue.town = "Creil"
    venue.save()

    assert [entry.place for entry in dates()] == ["Creil"]


def test_the_dates_of_a_draft_or_restricted_page_are_not_found(sections: dict[str, Page]) -> None:
    page = event(sections)
    make_occurrence(page)
    assert len(dates()) == 1

    page.unpublish()
    assert dates() == []
    page.save_revision().publish()
    assert len(dates()) == 1
    PageViewRestriction.objects.create(page=sections["events"], restriction_type="login")
    assert dates() == []
    assert found("compostage") == []


def test_a_date_cancelled_or_deleted_leaves(sections: dict[str, Page]) -> None:
    page = event(sections)
    first, second = make_occurrence(page), make_occurrence(page, days=40)
    assert len(dates()) == 2

    first.status = "cancelled"
    save_occurrence(first)
    second.delete()
    assert dates() == []
