"""Answers after the booking: on the private page of whoever may, on the officer's screens, in exports and copies."""

import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from cycles.copying import copy_cycle, plan_copy
from cycles.models import SessionPage, TrainingCyclePage
from events.models import Occurrence
from home.roles import TRAINING_OFFICER
from registrations.models import Answer, Question, Referent
from registrations.officer.numbers import numbers_of
from registrations.services import Employer, GivenAnswer, hand_over, save_answers
from registrations.space import answer_views
from tests.factories.directory import OrganisationFactory, VenueFactory
from tests.factories.events import in_days, make_occurrence
from tests.factories.pages import make_page
from tests.factories.registrations import make_booking, make_chain, make_person, make_question, registrations_of
from tests.registrations.test_private_space import enter
from tests.registrations.visitor import private_url
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&#x27;", "'").split())


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def town():
    row = OrganisationFactory(name="Ville d’Amiens")
    Referent.objects.create(organisation=row, email="paul@ville.example")
    return row


@pytest.fixture
def chain(session_page):
    return make_chain(session_page)


@pytest.fixture
def result(occurrence, chain, town):
    """Claire registers Ines and Omar of Amiens, by a way that asks nothing."""
    return make_booking(occurrence, people=("ines", "omar"), employer=Employer.known(town))


def people(result):
    return list(result.booking.participants.order_by("pk"))


def typed(*pairs):
    return {f"answers-q{question.pk}": value for question, value in pairs}


def given(participant):
    return dict(Answer.objects.filter(participant=participant).values_list("question__wording_fr", "value"))


def say(participant, *pairs, language="fr"):
    """Answer as the form does."""
    with translation.override(language):
        answers = [GivenAnswer.to(question, value) for question, value in pairs]
        save_answers(participant, answers, [question for question, _value in pairs])


def test_what_is_owed_is_told_on_the_private_page_and_given_there(client, result, chain):
    lunch, dish, other = chain
    ines, omar = people(result)
    page = text(client.get(private_url("booking", result.booking.token)))
    assert page.count("Des réponses manquent") == 2
    url = private_url("answers", result.booking.token, ines.pk)
    assert "Si vous avez répondu « Oui »" in text(client.get(url))
    refused = client.post(url, typed((lunch, "yes")))
    assert refused.status_code == 422
    assert "Répondez à cette question." in text(refused)
    assert given(ines) == {}

    told = client.post(url, typed((lunch, "yes"), (dish, "b"), (other, "Soupe")), follow=True)
    assert "Les réponses sont enregistrées." in text(told)
    assert "Lequel ? <strong>Soupe</strong>" in text(told)
    assert text(told).count("Des réponses manquent") == 1
    # What is no longer asked goes, what stays keeps the moment at which it was said.
    said_at = Answer.objects.get(participant=ines, question=lunch).at
    client.post(url, typed((lunch, "yes"), (dish, "a"), (other, "Soupe")))
    assert given(ines) == {lunch.wording_fr: "yes", dish.wording_fr: "a"}
    assert Answer.objects.get(participant=ines, question=lunch).at == said_at
    assert given(omar) == {}


@pytest.mark.parametrize("value", ["maybe", "x" * 600, "no\0", ["a", "b"]])
def test_an_answer_that_is_none_is_refused_there_too(client, result, chain, value):
    ines, _omar = people(result)
    url = private_url("answers", result.booking.token, ines.pk)
    assert client.post(url, typed((chain[0], value))).status_code == 422
    assert given(ines) == {}


@pytest.mark.parametrize(
    ("who", "own", "of_another"),
    [("claire@example.org", 200, 200), ("paul@ville.example", 200, 200), ("ines@example.org", 200, 404)],
)
def test_in_a_space_those_who_manage_answer_for_all_and_a_participant_for_themself(result, who, own, of_another):
    ines, omar = people(result)
    browser = enter(who)
    assert browser.get(private_url("answers", result.booking.pk, ines.pk)).status_code == own
    assert browser.get(private_url("answers", result.booking.pk, omar.pk)).status_code == of_another
    assert ("Omar" in text(browser.get(private_url("booking", result.booking.pk)))) is (of_another == 200)


@pytest.mark.parametrize("who", ["claire@example.org", "paul@ville.example", "ines@example.org"])
def test_the_space_tells_what_is_owed_until_it_is_given_or_the_date_begins(result, chain, occurrence, who):
    browser = enter(who)
    told = "Des réponses manquent"
    assert text(browser.get(private_url("space"))).count(told) == 1
    say(people(result)[0], (chain[0], "no"))
    assert text(browser.get(private_url("space"))).count(told) == (0 if who.startswith("ines") else 1)
    Occurrence.objects.filter(pk=occurrence.pk).update(day=in_days(-1))
    assert told not in text(browser.get(private_url("space")))


def test_a_stranger_and_a_participant_of_another_booking_find_nothing(client, result, occurrence):
    ines, _omar = people(result)
    stranger = make_booking(occurrence, people=("lea",), contact=make_contact("lea"))
    assert enter("lea@example.org").get(private_url("answers", result.booking.pk, ines.pk)).status_code == 404
    assert client.get(private_url("answers", stranger.booking.token, ines.pk)).status_code == 404
    assert client.get(private_url("answers", "x" * 43, ines.pk)).status_code == 404
    assert client.get(private_url("answers", result.booking.token, 10**18)).status_code == 404


def make_contact(name):
    from registrations.services import Contact

    return Contact(name.title(), "Martin", f"{name}@example.org")


def test_once_the_date_begins_nothing_is_answered_any_more(client, result, chain, occurrence):
    ines, _omar = people(result)
    say(ines, (chain[0], "no"))
    Occurrence.objects.filter(pk=occurrence.pk).update(day=in_days(-1))
    url = private_url("answers", result.booking.token, ines.pk)
    assert client.post(url, typed((chain[0], "yes")))["Location"] == private_url("booking", result.booking.token)
    assert list(given(ines).values()) == ["no"]
    page = text(client.get(private_url("booking", result.booking.token)))
    assert "<strong>Non</strong>" in page
    assert url not in page
    assert "Des réponses manquent" not in page


def test_many_changes_within_an_hour_are_refused_and_nothing_is_lost(client, result, chain, monkeypatch):
    monkeypatch.setattr(answer_views, "CHANGES_PER_BOOKING", 1)
    url = private_url("answers", result.booking.token, people(result)[0].pk)
    assert client.post(url, typed((chain[0], "no"))).status_code == 302
    late = client.post(url, typed((chain[0], "yes"), (chain[1], "a")))
    assert late.status_code == 429
    assert 'value="yes"' in text(late)
    assert list(given(people(result)[0]).values()) == ["no"]


def test_whoever_takes_a_place_over_owes_answers_of_their_own(client, result, chain):
    ines, _omar = people(result)
    say(ines, (chain[0], "no"))
    row = registrations_of(result)[0]
    new = hand_over(row, make_person("zoe"), actor="contact")
    assert given(new.participant) == {}
    page = text(client.get(private_url("booking", result.booking.token)))
    assert f'href="{private_url("answers", result.booking.token, new.participant_id)}"' in page
    assert "Mangez-vous avec nous ? <strong>Non</strong>" not in page


def test_the_board_counts_who_owes_an_answer_and_costs_the_same_for_many_dates(result, chain, occurrence, session_page):
    Occurrence.objects.update(venue=VenueFactory())

    def board():
        with CaptureQueriesContext(connection) as queries:
            rows = numbers_of(Occurrence.objects.order_by("pk").with_details())
        return rows, len(queries)

    rows, few = board()
    assert [(row.unanswered, row.missing) for row in rows] == [(2, ["réponses de 2 personnes"])]
    say(people(result)[0], (chain[0], "no"))
    say(people(result)[1], (chain[0], "yes"))
    assert board()[0][0].unanswered == 1
    for number in range(3):
        page = make_page(SessionPage, f"Autre {number}", session_page.get_parent())
        make_chain(page)
        make_booking(make_occurrence(page, days=40 + number), people=(f"a{number}", f"b{number}"))
    rows, many = board()
    assert [row.unanswered for row in rows] == [1, 2, 2, 2]
    assert many == few
    Question.objects.update(is_retired=True)
    assert [row.unanswered for row in board()[0]] == [0, 0, 0, 0]


def test_the_screen_of_a_date_tells_who_answered_what_and_how_often(client, result, chain, occurrence):
    lunch, dish, other = chain
    say(people(result)[0], (lunch, "yes"), (dish, "b"), (other, "Soupe"))
    say(people(result)[1], (lunch, "yes"), (dish, "a"), language="en")
    Question.objects.filter(pk=lunch.pk).update(wording_en="Will you eat with us?")
    sign_in_as(client, TRAINING_OFFICER)
    page = text(client.get(reverse("registrations_admin:occurrence", args=[occurrence.pk])))
    assert "Oui : 2 · Non : 0" in page
    assert "Tarte : 1 · Autre : 1" in page
    assert "<td>Soupe</td>" in page
    # Omar was asked in other words than those of today.
    assert "Oui (à « Do you have lunch with us? »)" in page


def test_an_answer_keeps_its_words_when_the_question_is_put_otherwise(result, chain):
    lunch, dish, _other = chain
    ines, _omar = people(result)
    say(ines, (lunch, "yes"), (dish, "a"))
    dish.choices.filter(key="a").update(label_fr="Quiche")
    dish.choices.filter(key="b").delete()
    Question.objects.filter(pk=dish.pk).update(wording_fr="Que mangez-vous ?")
    row = Answer.objects.select_related("question").get(participant=ines, question=dish)
    assert (row.wording, row.text) == ("Quel plat ?", "Tarte")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_have_a_column_for_each_question_and_no_formula(client, result, chain, occurrence, form):
    lunch, dish, other = chain
    Question.objects.filter(pk=dish.pk).update(wording_fr="=1+1")
    say(people(result)[0], (lunch, "yes"), (other, "=HYPERLINK(1)"))
    Question.objects.filter(pk=other.pk).update(is_retired=True)
    sign_in_as(client, TRAINING_OFFICER)
    body = client.get(reverse("registrations_admin:export_as", args=[occurrence.pk, form])).content
    if form == "csv":
        lines = body.decode("utf-8-sig").splitlines()
        assert lines[0].endswith("Mangez-vous avec nous ?;'=1+1;Lequel ?")
        assert any(line.endswith("Oui;;'=HYPERLINK(1)") for line in lines)
        return
    rows = list(load_workbook(io.BytesIO(body)).active.iter_rows())
    assert [(cell.value, cell.data_type) for cell in rows[0][-3:]] == [
        ("Mangez-vous avec nous ?", "s"),
        ("=1+1", "s"),
        ("Lequel ?", "s"),
    ]
    assert ("=HYPERLINK(1)", "s") in {(cell.value, cell.data_type) for row in rows for cell in row}


def test_copying_a_cycle_copies_what_its_sessions_still_ask_and_no_answer():
    cycle = make_page(TrainingCyclePage, "Contrats 2026")
    session = make_page(SessionPage, "Gouvernance", cycle)
    lunch, dish, other = make_chain(session)
    make_question(session, "Ancienne ?", is_retired=True)
    who = make_booking(make_occurrence(session)).booking.participants.get()
    say(who, (lunch, "yes"))
    copied = SessionPage.objects.child_of(copy_cycle(plan_copy(cycle, 52), {"fr": "Contrats 2027"})).get()
    rows = list(Question.objects.filter(page=copied).order_by("order"))
    assert [(row.wording_fr, row.only_if_id, row.only_if_answer) for row in rows] == [
        (lunch.wording_fr, None, ""),
        (dish.wording_fr, rows[0].pk, "yes"),
        (other.wording_fr, rows[1].pk, "b"),
    ]
    assert rows[1].options == dish.options
    assert Answer.objects.count() == 1
    assert Question.objects.filter(page=session).count() == 4


def test_a_page_that_is_deleted_takes_its_questions_and_a_participant_their_answers(result, chain, session_page):
    say(people(result)[0], (chain[0], "no"))
    result.booking.delete()
    assert not Answer.objects.exists()
    Occurrence.objects.all().delete()
    session_page.delete()
    assert not Question.objects.exists()
