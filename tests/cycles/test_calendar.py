"""The calendar of a cycle: all the dates of its sessions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from cycles.listings import described
from cycles.models import RelatedCycle, SessionPage, TrainingCyclePage
from events.models import Occurrence
from portal.listings import ListedPage
from tests.factories.events import in_days, make_occurrence, make_price_list
from tests.factories.pages import let_search_read, make_page, translate_page

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


def test_a_cycle_behind_a_password_has_no_calendar(client, cycle):
    PageViewRestriction.objects.create(page=cycle, restriction_type="password", password="x")
    assert client.get(address(cycle)).status_code == 404


def test_a_key_that_no_database_holds_is_not_found(client, cycle):
    assert client.get(address(cycle).replace(str(cycle.pk), "9" * 20)).status_code == 404


def test_a_cycle_taken_down_is_named_nowhere(client, cycle):
    session = SessionPage.objects.get(title="Introduction")
    cycle.unpublish()
    with override("fr"):
        calendar = reverse("events:calendar", args=[Occurrence.objects.for_page(session).get().pk])
    for path in ("/fr/", calendar):
        assert "Contrats de ville" not in client.get(path).content.decode()


def test_the_preview_of_a_cycle_shows_the_related_ones(cycle):
    cycle.related_cycles = [RelatedCycle(cycle=make_page(TrainingCyclePage, "Participation"))]
    preview = cycle.make_preview_request(preview_mode=cycle.default_preview_mode)
    assert preview.status_code == 200
    assert "Participation" in preview.content.decode()


def test_related_cycles_cost_the_same_at_two_sizes(client):
    def queries_for(number: int) -> int:
        cycle = make_page(TrainingCyclePage, f"Cycle {number}")
        cycle.related_cycles = [
            RelatedCycle(cycle=make_page(TrainingCyclePage, f"Voisin {number} {each}")) for each in range(number)
        ]
        cycle.save_revision().publish()
        client.get(cycle.url)
        with CaptureQueriesContext(connection) as queries:
            assert "Voisin" in client.get(cycle.url).content.decode()
        return len(queries)

    assert queries_for(2) == queries_for(6)


def test_prices_of_the_list_hold_when_a_fee_is_not_yet_in_force_and_another_date_is_free(client):
    cycle = make_page(TrainingCyclePage, "Financements")
    later = make_price_list(valid_from=in_days(60))
    make_occurrence(make_page(SessionPage, "Payante", cycle), days=10, price_list=later)
    make_occurrence(make_page(SessionPage, "Libre", cycle), days=20)
    let_search_read()
    assert "Financements" in client.get("/fr/formations/").content.decode()


def test_prices_of_the_list_go_from_what_is_free_to_what_is_charged(cycle):
    make_occurrence(make_page(SessionPage, "Payante", cycle), days=30, price_list=make_price_list())
    (listed,), _dates = described([ListedPage(cycle, "fr", False)])
    assert {(price.lowest, price.highest) for price in listed.prices} == {(0, 0), (0, 150)}
