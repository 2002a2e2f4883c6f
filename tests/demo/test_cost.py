"""What a page costs does not grow with what it lists: the same number of queries at two sizes."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cycles.models import SessionPage, TrainingCyclePage
from directory.models import PageTheme
from events.models import EventPage, OccurrenceCoOrganiser
from home.models import NewsPage
from home.services import create_skeleton
from resources.models import CaseStudyPage, DossierPage, ResourcePage
from tests.factories.directory import OrganisationFactory, ThemeFactory, VenueFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import let_search_read, make_page

pytestmark = pytest.mark.django_db


def add_news(number: int) -> None:
    make_page(NewsPage, f"Nouvelle {number}")


def add_resources(number: int) -> None:
    for page_type in (DossierPage, ResourcePage, CaseStudyPage):
        page = make_page(page_type, f"{page_type.__name__} {number}")
        page.page_themes = [PageTheme(theme=ThemeFactory())]
        page.save_revision().publish()


def add_event(number: int) -> None:
    event = make_page(EventPage, f"Journée {number}")
    make_occurrence(event, days=10 + number, venue=VenueFactory(), capacity=10)


def add_cycle(number: int) -> None:
    cycle = make_page(TrainingCyclePage, f"Cycle {number}")
    add_session(number, cycle)


def add_session(number: int, cycle: TrainingCyclePage | None = None) -> None:
    cycle = cycle or TrainingCyclePage.objects.get()
    session = make_page(SessionPage, f"Séance {number}", cycle)
    for day in (20, 40):
        occurrence = make_occurrence(
            session, days=day + number, venue=VenueFactory(), price_list=make_price_list(), capacity=10
        )
        OccurrenceCoOrganiser.objects.create(occurrence=occurrence, organisation=OrganisationFactory())


CASES: dict[str, tuple[str, Callable[[int], None]]] = {
    "news": ("/fr/actualites/", add_news),
    "news in English": ("/en/news/", add_news),
    "resources": ("/fr/ressources/", add_resources),
    "resources in English": ("/en/resources/", add_resources),
    "events": ("/fr/evenements/", add_event),
    "events in English, by month": ("/en/events/?view=list", add_event),
    "training": ("/fr/formations/", add_cycle),
    "training in English": ("/en/training/", add_cycle),
    "training, past": ("/fr/formations/?view=past", add_cycle),
    "training, a month": ("/fr/formations/?view=calendar", add_cycle),
    "training, filtered": ("/fr/formations/?price=paid", add_cycle),
    "cycle": ("/fr/formations/cycle-0/", add_session),
    "home": ("/fr/", add_event),
    "sitemap": ("/sitemap-pages.xml", add_news),
}


@pytest.mark.parametrize("name", CASES)
def test_a_list_costs_the_same_number_of_queries_at_two_sizes(client, name):
    url, add = CASES[name]
    create_skeleton()
    if name == "cycle":
        add_cycle(0)
    counts = []
    for size in (range(1, 3), range(3, 7)):
        for number in size:
            add(number)
        let_search_read()
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"][:150] for query in queries.captured_queries]
