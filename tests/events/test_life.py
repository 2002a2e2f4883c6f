"""One page from the save-the-date to the report: where it stands is computed from its dates and its contents."""

import datetime
import json
from unittest import mock

import pytest
from django.utils.html import strip_tags

from cycles.models import SessionPage, TrainingCyclePage
from directory.enums import OrganisationRole
from directory.models import PageOrganisation
from events.enums import Attend, OccurrenceStatus, PageLife, RegistrationMode
from events.jobs import find_what_was_held
from events.models import EventPage, Occurrence, OccurrenceCoOrganiser, ReportOccurrence, ReportPage
from events.states import page_life
from home.services import create_skeleton
from search import services
from tests.factories.directory import OrganisationFactory
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, make_session, translate_page

TODAY = datetime.date.today()
REPORT = json.dumps(
    [{"type": "heading", "id": "h1", "value": {"text": "Trois idées", "level": "h2", "anchor": "idees"}}]
)
BODY = json.dumps([{"type": "text", "id": "t1", "value": "<p>Le matin, une marche.</p>"}])


def date(days: int, **fields) -> Occurrence:
    return Occurrence(day=TODAY + datetime.timedelta(days=days), **fields)


TENTATIVE = {"status": OccurrenceStatus.TENTATIVE}
CANCELLED = {"status": OccurrenceStatus.CANCELLED}
SAVE_THE_DATE = {"registration_mode": RegistrationMode.SAVE_THE_DATE}


@pytest.mark.parametrize(
    ("dates", "has_programme", "has_report", "expected"),
    [
        ([], True, False, PageLife.UNDATED),
        ([date(9, **TENTATIVE)], False, False, PageLife.SAVE_THE_DATE),
        ([date(9, **SAVE_THE_DATE)], False, False, PageLife.SAVE_THE_DATE),
        ([date(9, **SAVE_THE_DATE)], True, False, PageLife.ANNOUNCED),
        ([date(9)], False, False, PageLife.OPEN),
        ([date(9, capacity=0)], True, False, PageLife.FULL),
        ([date(9, capacity=0), date(12)], True, False, PageLife.OPEN),
        ([date(9, capacity=0), date(12, **TENTATIVE)], True, False, PageLife.FULL),
        ([date(-9), date(9, **TENTATIVE)], False, True, PageLife.SAVE_THE_DATE),
        ([date(9, registration_mode=RegistrationMode.NONE)], True, False, PageLife.NO_REGISTRATION),
        ([date(-9)], True, False, PageLife.HELD),
        ([date(-9)], True, True, PageLife.REPORTED),
        ([date(-9), date(9, **CANCELLED)], True, True, PageLife.REPORTED),
        ([date(9, **CANCELLED)], True, True, PageLife.CANCELLED),
        (
            [date(9, status=OccurrenceStatus.CANCELLED), date(9, status=OccurrenceStatus.POSTPONED)],
            True,
            True,
            PageLife.POSTPONED,
        ),
        ([date(-9, **TENTATIVE)], True, True, PageLife.UNDATED),
    ],
)
def test_the_dates_say_where_the_page_stands(dates, has_programme, has_report, expected):
    assert page_life(dates, has_programme, has_report) == expected


def read(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_the_same_page_goes_from_the_save_the_date_to_the_report(client, time_machine):
    create_skeleton()
    event = make_page(EventPage, "Journée", body=BODY, attend=Attend.ONE)
    day = make_occurrence(event, days=30, registration_mode=RegistrationMode.SAVE_THE_DATE)
    assert "state--save_the_date" in read(client, event)

    Occurrence.objects.filter(pk=day.pk).update(registration_mode=RegistrationMode.OPEN, capacity=0)
    assert "Complet · liste d’attente" in read(client, event)

    event.report = REPORT
    event.save_revision().publish()
    ahead = read(client, event)
    assert "Trois idées" not in ahead
    assert "Le matin, une marche." in ahead

    time_machine.move_to(day.ends_at)
    held = read(client, event)
    assert "state--reported" in held
    assert held.index("Ce qu’on en retient") < held.index('id="idees"') < held.index("Le matin, une marche.")
    assert '<a href="#idees">' in held


@pytest.mark.django_db
def test_the_search_reads_the_report_once_visitors_do(time_machine):
    session = make_session(body=BODY, report=REPORT)
    day = make_occurrence(session, days=3)
    assert [section[0] for section in session.search_sections()] == [""]
    time_machine.move_to(day.ends_at)
    held = SessionPage.objects.get(pk=session.pk)
    assert [section[0] for section in held.search_sections()] == ["Trois idées", ""]


@pytest.mark.django_db
def test_the_report_is_translated_with_the_page(client):
    create_skeleton()
    event = make_page(EventPage, "Journée", body=BODY, report=REPORT)
    make_occurrence(event, days=-3)
    english = translate_page(event, {"Trois idées": "Three ideas"})
    page = read(client, english)
    assert "What we take away from it" in page
    assert "Three ideas" in page


@pytest.fixture
def series(db):
    create_skeleton()
    event = make_page(EventPage, "Ateliers", attend=Attend.ANY)
    told, untold = make_occurrence(event, days=-40), make_occurrence(event, days=-10)
    make_occurrence(event, days=20)
    make_occurrence(event, days=40, status=OccurrenceStatus.TENTATIVE)
    make_occurrence(event, days=None, status=OccurrenceStatus.TENTATIVE)
    report = make_page(ReportPage, "Ce que le premier atelier a laissé", event)
    report.report_occurrences = [ReportOccurrence(occurrence=told)]
    report.save_revision().publish()
    event.told, event.untold, event.report_page = told, untold, report
    return event


def rows(html: str) -> list[str]:
    table = html.split('<table class="series"')[1].split("</table>")[0]
    return table.split("<tr")[2:]


def test_a_series_shows_each_date_beside_its_report(client, series):
    told, untold, ahead, option, unknown = rows(read(client, series))
    assert "Ce que le premier atelier a laissé" in told
    assert f'id="date-{series.told.pk}"' in told
    assert "sans compte rendu" in untold
    assert "S’inscrire" in ahead
    assert "Option, date à confirmer" in option
    assert "Date à confirmer" in unknown


def test_a_series_lists_below_only_the_reports_that_tell_no_date(client, series):
    assert read(client, series).count("Ce que le premier atelier a laissé") == 1
    other = make_page(ReportPage, "Un bilan de la série", series)
    html = read(client, series)
    assert other.title in html.split('id="reports"')[1]
    assert series.report_page.title not in html.split('id="reports"')[1]


def test_the_english_page_marks_a_report_that_exists_in_french_only(client, series):
    told = rows(read(client, translate_page(series)))[0]
    assert '<a class="more" href="/fr/' in told
    assert 'lang="fr"' in told


@pytest.mark.django_db
@pytest.mark.parametrize("towns", [1, 2])
def test_the_timetable_of_the_cycle_leads_to_what_a_session_has_left(client, towns):
    cycle = make_page(TrainingCyclePage, "Cycle")
    told = make_page(SessionPage, "Gouvernance", cycle, attend=Attend.ONE, report=REPORT)
    silent = make_page(SessionPage, "Financements", cycle)
    for number in range(towns):
        make_occurrence(told, days=-5 - number)
    make_occurrence(silent, days=-3)
    html = read(client, cycle)
    assert html.count("Lire ce qu’on en retient") == 1
    assert f'<a class="more" href="{told.url}">' in html


@pytest.mark.django_db
def test_dates_that_repeat_one_session_stay_a_choice(client):
    cycle = make_page(TrainingCyclePage, "Cycle")
    session = make_page(SessionPage, "Introduction", cycle, attend=Attend.ONE)
    make_occurrence(session, days=10)
    make_occurrence(session, days=20)
    html = read(client, session)
    assert "choices-of-dates" in html
    assert 'class="series"' not in html


@pytest.mark.django_db
def test_the_co_organisers_of_the_page_and_of_its_dates_are_named_once(client):
    create_skeleton()
    reseau, ville = OrganisationFactory(name="Réseau"), OrganisationFactory(name="Ville de Soissons")
    event = make_page(EventPage, "Journée")
    event.page_organisations = [PageOrganisation(organisation=reseau, role=OrganisationRole.CO_ORGANISER)]
    event.save_revision().publish()
    day = make_occurrence(event)
    for organisation in (reseau, ville):
        OccurrenceCoOrganiser.objects.create(occurrence=day, organisation=organisation)
    assert [str(host) for host in EventPage.objects.get(pk=event.pk).hosts] == ["Réseau", "Ville de Soissons"]
    assert "Organisé avec : Réseau, Ville de Soissons" in strip_tags(read(client, event)).replace("\xa0", " ")


@pytest.mark.django_db
def test_a_report_written_before_its_day_is_found_once_the_day_has_passed(time_machine):
    create_skeleton()
    event = make_page(EventPage, "Journée", body=BODY, report=REPORT)
    make_occurrence(event, days=3)
    time_machine.move_to(datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=4))
    with mock.patch.object(services, "refresh") as refresh:
        find_what_was_held()
    assert [call.args[0].pk for call in refresh.call_args_list] == [event.pk]
