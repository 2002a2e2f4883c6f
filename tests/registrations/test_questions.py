"""The questions of a session in the public form and on the telephone: a step of its own, each person answers."""

import dataclasses
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cycles.models import SessionPage
from events.models import Occurrence
from home.roles import TRAINING_OFFICER
from registrations.form import views
from registrations.models import Answer, Booking, Question
from registrations.questions import asked_of, fingerprint_of, lacking, questions_of
from registrations.services import QuestionsChanged, book
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, make_session, translate_page
from tests.factories.registrations import make_chain, make_question, make_request
from tests.registrations.test_telephone import address, filled
from tests.registrations.visitor import Visitor, answers
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&#x27;", "'").split())


def said(number, *pairs):
    """Return the answers that a participant types: pairs of a question and what is said to it."""
    return {f"answers-{number}-q{question.pk}": value for question, value in pairs}


def given():
    """Return who answered what, as it is kept."""
    rows = Answer.objects.order_by("participant_id", "question__order")
    return [(row.participant.first_name, row.value, row.answered) for row in rows.select_related("participant")]


@pytest.fixture
def chain(session_page):
    return make_chain(session_page)


@pytest.fixture
def visitor(client, occurrence):
    """Claire, who has just typed who takes part: herself and Omar."""
    visitor = Visitor(client, occurrence)
    visitor.open()
    return visitor


def test_a_form_without_questions_has_two_steps_and_one_with_them_three(client, occurrence, session_page):
    visitor = Visitor(client, occurrence)
    assert len(visitor.open().context["steps"]) == 2
    summary = visitor.press("continue", answers())
    assert (summary.templates[0].name, summary.context["step"]) == ("registrations/summary.html", 2)
    make_question(session_page)
    assert len(visitor.open().context["steps"]) == 3
    step = visitor.press("continue", answers())
    assert (step.status_code, step.templates[0].name, step.context["step"]) == (200, "registrations/questions.html", 2)


def test_each_person_is_asked_and_what_counts_is_written_with_the_booking(visitor, chain):
    lunch, dish, other = chain
    page = text(visitor.press("continue", answers()))
    assert "Participant 1 : Claire Dubois" in page
    assert "Si vous avez répondu « Oui » à « Mangez-vous avec nous ? » :" in page
    assert "Si vous avez répondu « Autre » à « Quel plat ? » :" in page

    claire = said(0, (lunch, "yes"), (dish, "b"), (other, "  Une  soupe "))
    # Omar does not eat, whatever stands in the fields below.
    omar = said(1, (lunch, "no"), (dish, "a"), (other, "oubli"))
    summary = visitor.press("answer", {**claire, **omar})
    assert summary.templates[0].name == "registrations/summary.html"
    assert "Lequel ? <strong>Une soupe</strong>" in text(summary)
    assert "oubli" not in text(summary)
    assert not Booking.objects.exists()
    assert visitor.confirm().status_code == 302
    assert given() == [
        ("Claire", "yes", "Oui"),
        ("Claire", "b", "Autre"),
        ("Claire", "Une soupe", "Une soupe"),
        ("Omar", "no", "Non"),
    ]
    assert {row.asked for row in Answer.objects.all()} == {"Mangez-vous avec nous ?", "Quel plat ?", "Lequel ?"}


def test_everybody_gives_the_answers_of_the_first_at_one_press(visitor, chain):
    lunch, dish, _other = chain
    visitor.press("continue", answers())
    step = visitor.press("repeat", {**said(0, (lunch, "yes"), (dish, "a")), **said(1, (lunch, "no"))})
    assert step.templates[0].name == "registrations/questions.html"
    assert [[form.initial for form in group.forms] for group in step.context["questions"].groups] == [
        [{"for": "claire@example.org", f"q{lunch.pk}": "yes", f"q{dish.pk}": "a"}]
    ] * 2
    assert not Booking.objects.exists()


def test_what_is_missing_is_told_at_its_field_and_nothing_is_lost(visitor, chain):
    lunch, dish, other = chain
    visitor.press("continue", answers())
    typed = {**said(0, (lunch, "yes"), (dish, "b"), (other, "")), **said(1, (lunch, "yes"))}
    page = visitor.press("answer", typed)
    assert page.status_code == 422
    assert text(page).count("Répondez à cette question.") == 4
    assert f'href="#id_answers-0-q{other.pk}"' in text(page)
    assert checked(text(page), f"answers-0-q{dish.pk}") == "b"
    assert visitor.carried["contact-first_name"] == "Claire"
    # Confirming without the step, as no button does, leads back to it.
    assert visitor.press("confirm", {**typed, "shown_questions": fingerprint_of(chain)}).status_code == 422
    assert not Booking.objects.exists()


@pytest.mark.parametrize("value", ["maybe", "x" * 600, "9" * 40, "yes\0no", "\ud800".encode("utf-8", "replace")])
def test_an_answer_that_is_none_is_refused_with_a_sentence(visitor, chain, value):
    lunch, dish, other = chain
    visitor.press("continue", answers())
    page = visitor.press("answer", {**said(0, (lunch, value)), **said(1, (lunch, "no"))})
    assert page.status_code == 422
    assert "Choisissez l’une des réponses." in text(page)
    long = said(0, (lunch, "yes"), (dish, "b"), (other, "x" * 501))
    assert visitor.press("answer", {**long, **said(1, (lunch, "no"))}).status_code == 422
    nonsense = {"answers-99-for": "", "answers-x-q1": "1", f"answers-0-q{10**17}": "yes", "answers-0-for": ["a", "b"]}
    assert visitor.press("answer", nonsense).status_code == 422
    assert not Booking.objects.exists()


def test_answers_follow_their_person_when_something_else_is_changed(visitor, chain):
    lunch, dish, _other = chain
    visitor.press("continue", answers())
    typed = {**said(0, (lunch, "no")), **said(1, (lunch, "yes"), (dish, "a"))}
    visitor.press("answer", typed)
    form = visitor.press("modify")
    assert form.templates[0].name == "registrations/register.html"
    # Claire no longer comes herself: Omar is now the first, and Lea is new.
    kept = answers(**{f"people-0-{name}": value for name, value in person("Omar", "omar").items()})
    kept.pop("people-0-is_contact")
    kept |= {f"people-1-{name}": value for name, value in person("Lea", "lea").items()}
    step = text(visitor.press("continue", kept))
    assert checked(step, f"answers-0-q{dish.pk}") == "a"
    assert checked(step, f"answers-1-q{lunch.pk}") == ""
    visitor.press("answer", {**said(0, (lunch, "yes"), (dish, "a")), **said(1, (lunch, "no"))})
    again = visitor.press("questions")
    assert checked(text(again), f"answers-1-q{lunch.pk}") == "no"
    assert not Booking.objects.exists()


def person(name, local):
    return {"first_name": name, "last_name": "B", "email": f"{local}@example.org", "category": "agent"}


def checked(page, name):
    """Return what is chosen in a field, empty for nothing."""
    found = re.findall(rf'<input type="radio" name="{name}" value="([^"]*)"[^>]*?checked', page)
    return found[0] if found else ""


def test_questions_that_changed_meanwhile_are_shown_again_and_nothing_is_booked(visitor, chain, session_page):
    lunch, _dish, _other = chain
    visitor.press("continue", answers())
    visitor.press("answer", {**said(0, (lunch, "no")), **said(1, (lunch, "no"))})
    make_question(session_page, "Venez-vous en train ?", required=True)
    again = visitor.confirm()
    assert again.status_code == 409
    assert "Les questions ont changé depuis que vous y avez répondu." in text(again)
    assert checked(text(again), f"answers-1-q{lunch.pk}") == "no"
    assert not Booking.objects.exists()
    Question.objects.exclude(pk=lunch.pk).update(is_retired=True)
    visitor.press("answer", {**said(0, (lunch, "no")), **said(1, (lunch, "no"))})
    assert visitor.confirm().status_code == 302
    assert [value for _name, value, _words in given()] == ["no", "no"]


def test_a_question_that_changes_between_the_check_and_the_booking_takes_it_back(visitor, chain, monkeypatch):
    lunch = chain[0]
    visitor.press("continue", answers())
    visitor.press("answer", {**said(0, (lunch, "no")), **said(1, (lunch, "no"))})

    def book_late(asked):
        Question.objects.filter(pk=lunch.pk).update(wording_fr="Dormez-vous sur place ?")
        return book(asked)

    monkeypatch.setattr(views, "book", book_late)
    again = visitor.confirm()
    assert again.status_code == 409
    assert "Dormez-vous sur place ?" in text(again)
    assert not Booking.objects.exists()


def test_all_questions_retired_meanwhile_are_in_nobodys_way(visitor, chain):
    visitor.press("continue", answers())
    visitor.press("answer", {**said(0, (chain[0], "no")), **said(1, (chain[0], "no"))})
    Question.objects.update(is_retired=True)
    assert visitor.confirm().status_code == 302
    assert given() == []


def test_the_service_refuses_answers_to_other_questions_than_those_asked(occurrence, chain):
    asked = make_request(occurrence)
    with pytest.raises(QuestionsChanged):
        book(dataclasses.replace(asked, shown_questions=""))
    assert book(asked).created


def test_in_english_what_is_not_translated_is_marked_as_french(client, occurrence, chain):
    lunch, dish, _other = chain
    translate_page(occurrence.page)
    visitor = Visitor(client, occurrence, "en")
    visitor.open()
    page = text(visitor.press("continue", answers()))
    assert "Do you have lunch with us?" in page
    assert '<span lang="fr">Quel plat ?</span>' in page
    assert "Pie" in page
    assert "If you answered “Yes” to “Do you have lunch with us?”:" in page
    assert 'If you answered “Other” to “<span lang="fr">Quel plat ?</span>”:' in page
    visitor.press("answer", {**said(0, (lunch, "yes"), (dish, "a")), **said(1, (lunch, "no"))})
    assert visitor.confirm().status_code == 302
    row = Answer.objects.select_related("question").get(value="a")
    translation.activate("fr")
    assert (row.asked, row.answered, row.wording, row.text) == ("Quel plat ?", "Pie", "Quel plat ?", "Tarte")


def test_a_condition_holds_only_while_what_it_depends_on_is_asked(chain):
    lunch, dish, other = chain
    assert asked_of(chain, {}) == [lunch]
    assert asked_of(chain, {lunch.pk: "yes"}) == [lunch, dish]
    assert asked_of(chain, {lunch.pk: "no", dish.pk: "b"}) == [lunch]
    assert asked_of(chain, {lunch.pk: "yes", dish.pk: "b"}) == [lunch, dish, other]
    assert lacking(chain, {lunch.pk: "yes", dish.pk: "b"}) == [other]
    Question.objects.filter(pk=dish.pk).update(is_retired=True)
    still = questions_of([lunch.page_id])[lunch.page_id]
    assert asked_of(still, {lunch.pk: "yes", dish.pk: "b"}) == [lunch]


def test_a_wording_is_shown_as_text(visitor, session_page):
    question = make_question(session_page, "<b>Qui</b> & quoi ?", "<i>moi</i>", "autre", required=True)
    page = visitor.press("continue", answers()).content.decode()
    assert "&lt;b&gt;Qui&lt;/b&gt; &amp; quoi ?" in page
    assert "<i>moi" not in page
    summary = visitor.press("answer", {**said(0, (question, "a")), **said(1, (question, "b"))}).content.decode()
    assert "&lt;i&gt;moi" in summary
    assert "<b>Qui" not in summary


def test_a_page_asks_once_whichever_of_its_dates_are_chosen(client, session_page, chain):
    dates = [make_occurrence(session_page, days=days, capacity=9) for days in (20, 40)]
    waiting = make_occurrence(session_page, days=60, capacity=0)
    visitor = Visitor(client, session_page)
    visitor.open()
    typed = {**answers(), f"stage-{session_page.pk}": [date.pk for date in [*dates, waiting]]}
    step = visitor.press("continue", typed)
    assert [len(group.forms) for group in step.context["questions"].groups] == [1, 1]
    chosen = {f"stage-{session_page.pk}": [date.pk for date in [*dates, waiting]]}
    no = {**said(0, (chain[0], "no")), **said(1, (chain[0], "no"))}
    visitor.press("answer", {**no, **chosen})
    assert visitor.confirm(**chosen).status_code == 302
    assert len(given()) == 2


def test_the_step_costs_the_same_for_two_people_and_one_session_as_for_many(client):
    first = make_session("Première")
    cycle = first.get_parent()
    pages = [first, *(make_page(SessionPage, f"Séance {number}", cycle.specific) for number in range(3))]
    for page in pages:
        make_occurrence(page, capacity=90)
        for _number in range(3):
            make_question(page, "Quel train ?", "Le premier", "Le second")

    def cost(people, count):
        visitor = Visitor(client, cycle)
        visitor.open()
        typed = answers(**{"people-count": str(people)})
        for number in range(1, people):
            typed |= {f"people-{number}-{name}": value for name, value in person("P", f"p{number}").items()}
        chosen = {f"stage-{page.pk}": Occurrence.objects.for_page(page).get().pk for page in pages[:count]}
        with CaptureQueriesContext(connection) as queries:
            assert visitor.press("continue", {**typed, **chosen}).templates[0].name == "registrations/questions.html"
        return len(queries)

    assert cost(6, 4) == cost(2, 1)


def test_the_officer_asks_them_on_the_telephone(client, occurrence, chain):
    lunch, dish, _other = chain
    sign_in_as(client, TRAINING_OFFICER, "en", first_name="Julie")
    url = address(occurrence)
    step = client.post(url, filled(occurrence, action="continue"))
    assert step.templates[0].name == "admin/registrations/register_questions.html"
    assert "If you answered “Yes”" in text(step)
    typed = filled(occurrence, action="answer", **{"answers-0-for": "claire@example.org"})
    assert "Answer this question." in text(client.post(url, {**typed, **said(0, (lunch, "yes"))}))
    summary = client.post(url, {**typed, **said(0, (lunch, "yes"), (dish, "a"))})
    assert "Quel plat ? <strong>Pie</strong>" in text(summary)
    carried = {**dict(summary.context["hidden_values"]), "dates": [occurrence.pk], "action": "confirm"}
    carried["shown_prices"] = summary.context["shown_prices"]
    Question.objects.filter(pk=lunch.pk).update(wording_fr="Déjeunez-vous ?")
    assert client.post(url, carried).templates[0].name == "admin/registrations/register_questions.html"
    assert not Booking.objects.exists()
    now = questions_of([occurrence.page_id])[occurrence.page_id]
    assert client.post(url, {**carried, "shown_questions": fingerprint_of(now)}).status_code == 302
    assert [value for _name, value, _words in given()] == ["yes", "a"]
