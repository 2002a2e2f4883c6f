"""The calendar of a cycle: all the dates of its sessions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from cycles.models import SessionPage, TrainingCyclePage
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, translate_page

pytestmark = pytest.mark.django_db


def address(cycle, language="fr") -> str:
    with override(language):
        return reverse("cycles:calendar", args=[cycle.pk])


@pytest.fixture
def cycle() -> TrainingCyclePage:
    page = make_page(TrainingCyclePage, "Contrats de ville")
    for days, title in ((10, "Introduction"), (20, "Gouvernance")):
        make_occurrence(make_page(SessionPage, title, page), days=days)
    return page


def summaries(client, url) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(client.get(url).content).walk("VEVENT")]


def test_a_cycle_gives_the_dates_of_its_published_sessions(client, cycle):
    make_occurrence(make_page(SessionPage, "Brouillon", cycle, live=False), days=30)
    assert summaries(client, address(cycle)) == ["Introduction · Contrats de ville", "Gouvernance · Contrats de ville"]
    calendar = Calendar.from_ical(client.get(address(cycle)).content)
    assert str(calendar["X-WR-CALNAME"]) == "Contrats de ville"


def test_it_is_offered_on_the_page_of_the_cycle(client, cycle):
    html = client.get(cycle.url).content.decode()
    assert f'href="{address(cycle)}"' in html
    assert f'href="webcal://testserver{address(cycle)}"' in html


def test_in_english_what_is_not_translated_keeps_its_french_title(client, cycle):
    english = translate_page(cycle)
    translate_page(SessionPage.objects.get(title="Introduction"), {"Introduction": "Opening"})
    assert summaries(client, address(english, "en")) == [
        "Opening · CONTRATS DE VILLE",
        "Gouvernance · Contrats de ville",
    ]


def test_a_cycle_that_is_not_public_has_no_calendar(client, cycle):
    cycle.unpublish()
    assert client.get(address(cycle)).status_code == 404
    assert client.get(address(SessionPage.objects.first())).status_code == 404


def test_more_sessions_cost_no_more_queries(client, cycle):
    counts = []
    for turn in range(2):
        client.get(address(cycle))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(cycle))
        counts.append(len(queries))
        for number in range(3):
            make_occurrence(make_page(SessionPage, f"Séance {turn} {number}", cycle), days=40 + number)
    assert counts[0] == counts[1]
