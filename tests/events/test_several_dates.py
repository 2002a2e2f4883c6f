"""What a visitor reads beside each date of a page: what it costs, its note, when registration opens."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from events.enums import Attend, OccurrenceStatus
from events.models import EventPage
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import make_page, make_session, translate_page

pytestmark = pytest.mark.django_db
OPENING = datetime.datetime(2126, 12, 3, 8, tzinfo=ZoneInfo("Europe/Paris"))


def read(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    text = BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)
    return " ".join(text.replace("\xa0", " ").split())


@pytest.mark.parametrize("attend", [Attend.ONE, Attend.ANY])
def test_what_all_the_dates_cost_is_said_once(client, attend):
    session, prices = make_session(attend=attend), make_price_list()
    make_occurrence(session, days=20, price_list=prices)
    make_occurrence(session, days=30, price_list=prices)
    make_occurrence(session, days=40, status=OccurrenceStatus.CANCELLED)
    assert read(client, session).count("Territoires adhérents gratuit Autres organismes 150 €") == 1


@pytest.mark.parametrize("attend", [Attend.ONE, Attend.ANY])
def test_dates_of_different_prices_say_each_its_own(client, attend):
    session = make_session(attend=attend)
    make_occurrence(session, days=20, price_list=make_price_list())
    make_occurrence(session, days=30)
    make_occurrence(session, days=40, status=OccurrenceStatus.CANCELLED)
    make_occurrence(session, days=-10, price_list=make_price_list(non_member=90))
    shown = read(client, session)
    assert shown.count("Autres organismes 150 €") == 1
    assert shown.count("Pour tout le monde gratuit") == 1
    assert "90 €" not in shown


@pytest.mark.parametrize("attend", [Attend.ONE, Attend.ANY])
def test_dates_that_are_all_free_say_so(client, attend):
    event = make_page(EventPage, "Ateliers", attend=attend)
    make_occurrence(event, days=20)
    make_occurrence(event, days=30)
    assert read(client, event).count("Pour tout le monde gratuit") == 1


def test_the_page_and_the_row_of_the_cycle_show_the_note_and_the_price_of_each_date(client):
    session = make_session()
    make_occurrence(session, days=20, price_list=make_price_list(), note_fr="Sur accord : des équipes de deux.")
    make_occurrence(session, days=30, status=OccurrenceStatus.CANCELLED, note_fr="Le conseil se tient le même soir.")
    for page in (session, session.cycle):
        shown = read(client, page)
        assert "Sur accord : des équipes de deux." in shown
        assert "Le conseil se tient le même soir." in shown
        assert "Autres organismes 150 €" in shown


@pytest.mark.parametrize("number_of_dates", [1, 2])
@pytest.mark.parametrize("attend", [Attend.ONE, Attend.ANY])
def test_a_date_whose_registration_is_not_open_says_when_it_opens(client, number_of_dates, attend):
    session = make_session(attend=attend)
    for number in range(number_of_dates):
        make_occurrence(session, days=40_000 + number, registration_opens=OPENING)
    english = translate_page(session)
    cycle, english_cycle = session.cycle, translate_page(session.cycle)
    assert read(client, session).count("Ouverture le 3 décembre 2126 à 8 h 00") == number_of_dates
    assert "Ouverture le 3 décembre 2126 à 8 h 00" in read(client, cycle)
    assert read(client, english).count("Opens on 3 December 2126") == number_of_dates
    assert "Opens on 3 December 2126" in read(client, english_cycle)
