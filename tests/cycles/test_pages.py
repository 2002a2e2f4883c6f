"""The page of a cycle on paper, and cycles in their list."""

import pytest
from bs4 import BeautifulSoup

from cycles.models import SessionPage, TrainingCyclePage
from home.services import create_skeleton
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import let_search_read, make_page, translate_page

pytestmark = pytest.mark.django_db


def read(client, page) -> BeautifulSoup:
    let_search_read()
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def leaflet_rows(client, cycle) -> list[list[str]]:
    """Return the cells of the calendar of a leaflet, row by row, their prices last."""
    rows = read(client, cycle).select(".leaflet__calendar tbody tr:not(.leaflet__group)")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")] for row in rows]


def test_the_leaflet_tells_what_is_to_come_first_with_a_column_for_each_price(client):
    cycle = make_page(TrainingCyclePage, "Gouvernance")
    over = make_page(SessionPage, "Premier jour", cycle)
    held_again = make_page(SessionPage, "Deuxième jour", cycle)
    prices = make_price_list()
    make_occurrence(over, days=-50, price_list=prices)
    make_occurrence(held_again, days=-40, price_list=prices)
    make_occurrence(held_again, days=40, price_list=prices)
    make_page(SessionPage, "Jour à fixer", cycle)
    titles = [row[1] for row in leaflet_rows(client, cycle)]
    assert titles == ["Deuxième jour", "Jour à fixer", "Premier jour Passée", "Deuxième jour Passée"]
    coming, unknown, *_past = leaflet_rows(client, cycle)
    assert [price.replace("\xa0", " ") for price in coming[3:]] == ["gratuit", "150 €"]
    assert unknown[3:] == ["à confirmer"]


def test_the_period_of_a_cycle_that_is_not_translated_is_marked_as_french(client):
    index = create_skeleton()["training"]
    make_page(TrainingCyclePage, "Gouvernance", period="2026-2027, professionnels")
    english = translate_page(index)
    period = read(client, english).select_one(".entry__side b")
    assert period.get_text() == "2026-2027, professionnels"
    assert period["lang"] == "fr"
    assert "lang" not in read(client, index).select_one(".entry__side b").attrs
