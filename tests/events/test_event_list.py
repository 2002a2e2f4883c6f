"""The agenda: what is coming, then what was, the latest first, with the reports."""

import pytest
from bs4 import BeautifulSoup

from events.enums import Attend
from events.models import EventPage, ReportOccurrence, ReportPage
from home.services import create_skeleton
from tests.factories.events import make_occurrence
from tests.factories.pages import let_search_read, make_page, translate_page

pytestmark = pytest.mark.django_db


def earlier(client, page) -> list[str]:
    """Return the titles under «past events» and of the reports named there, in their order."""
    let_search_read()
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    section = soup.find("section", attrs={"aria-labelledby": "earlier"})
    return [link.get_text() for link in section.select(".entry__title a, .entry__text > p > a")] if section else []


@pytest.fixture
def agenda():
    return create_skeleton()["events"]


def test_what_was_stands_in_order_of_its_last_day_whenever_it_was_written(client, agenda):
    for title, days in (("Journée d’hiver", [-200]), ("Série", [-300, -5]), ("Petit-déjeuner", [-30])):
        event = make_page(EventPage, title, attend=Attend.ANY)
        for day in days:
            make_occurrence(event, days=day)
    make_page(EventPage, "Sans date")
    assert earlier(client, agenda) == ["Série", "Petit-déjeuner", "Journée d’hiver", "Sans date"]


def test_what_is_translated_stands_before_the_others(client, agenda):
    old, new = make_page(EventPage, "Ancien"), make_page(EventPage, "Nouveau")
    make_occurrence(old, days=-90)
    make_occurrence(new, days=-9)
    translate_page(agenda)
    translate_page(old)
    assert earlier(client, agenda.get_translations().get()) == ["ANCIEN", "Nouveau"]


@pytest.mark.parametrize("is_live", [True, False])
def test_a_published_report_of_a_series_that_goes_on_is_reached_from_what_was(client, agenda, is_live):
    series = make_page(EventPage, "Ateliers", attend=Attend.ANY)
    told = make_occurrence(series, days=-20)
    make_occurrence(series, days=20)
    report = make_page(ReportPage, "Le premier atelier", series, live=is_live)
    report.report_occurrences = [ReportOccurrence(occurrence=told)]
    report.save()
    assert earlier(client, agenda) == (["Ateliers", "Le premier atelier"] if is_live else [])
