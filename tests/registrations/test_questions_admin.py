"""The questions of sessions in the admin: written by the training officer, each perhaps after an answer."""

import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import ReferenceIndex

from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from registrations.models import Answer, Question
from tests.factories.events import make_occurrence
from tests.factories.pages import make_session
from tests.factories.registrations import make_booking, make_chain, make_question
from tests.roles import ADMINISTRATOR, sign_in_as

pytestmark = pytest.mark.django_db


def admin(name, *args):
    return reverse(f"wagtailsnippets_registrations_question:{name}", args=args)


@pytest.fixture
def officer(client, db):
    return sign_in_as(client, TRAINING_OFFICER, language="en")


def typed(page=None, *choices, **fields):
    """Return what the form posts: a question yes or no or, with choices (words, or rows there are), one of these."""
    rows = {
        "choices-TOTAL_FORMS": len(choices),
        "choices-INITIAL_FORMS": sum(not isinstance(row, str) for row in choices),
    }
    for number, row in enumerate(choices):
        words, key = (row, "") if isinstance(row, str) else (row.label_fr, row.pk)
        rows |= {f"choices-{number}-label_fr": words, f"choices-{number}-id": key, f"choices-{number}-ORDER": number}
    values = {"wording_fr": "Venez-vous en train ?", "kind": "choice" if choices else "yes_no", **rows}
    return {**values, **({"page": page.pk} if page else {}), **fields}


def answer(question, occurrence):
    who = make_booking(occurrence, people=("lea",)).booking.participants.get()
    return Answer.objects.create(participant=who, question=question, value="yes", asked="?", answered="Oui")


@pytest.mark.parametrize(
    ("role", "may"), [(EDITOR, False), (PUBLISHER, False), (TRAINING_OFFICER, True), (ADMINISTRATOR, True)]
)
def test_only_the_training_officer_and_administrators_reach_them(client, session_page, role, may):
    row = make_question(session_page)
    sign_in_as(client, role)
    for url in (admin("list"), admin("add"), admin("edit", row.pk), admin("delete", row.pk)):
        assert (client.get(url).status_code == 200) is may, url
    client.post(admin("delete", row.pk))
    assert Question.objects.exists() is not may
    assert not ReferenceIndex.objects.filter(to_object_id=str(session_page.pk)).exists()


def test_one_added_from_a_session_is_of_it_and_stands_last(officer, session_page):
    make_question(session_page, order=7)
    url = f"{admin('add')}?page={session_page.pk}"
    page = officer.get(url).content.decode()
    assert "Gouvernance" in page
    assert "never ask for them here" in page
    answer = officer.post(url, typed(session_page, "Oui, en train", "Non", wording_en="Do you come by train?"))
    assert answer["Location"] == f"{admin('list')}?page={session_page.pk}"
    row = Question.objects.latest("pk")
    assert (row.page_id, row.order, row.only_if, [label for _key, label in row.options]) == (
        session_page.pk,
        8,
        None,
        ["Oui, en train", "Non"],
    )
    assert "Do you come by train?" in officer.get(f"{admin('list')}?page={session_page.pk}").content.decode()


def test_a_condition_is_an_answer_to_an_earlier_question_of_the_same_page(officer, session_page):
    first = make_question(session_page)
    foreign = make_question(make_session("Autre"))
    text = make_question(session_page, kind="text")

    def refused(condition, **fields):
        count = Question.objects.count()
        response = officer.post(admin("add"), typed(session_page, condition=condition, **fields))
        assert response.status_code == 200
        assert Question.objects.count() == count
        return response.content.decode()

    assert "This is a question of another page" in refused(f"{foreign.pk}:yes")
    assert "This question comes later" in refused(f"{first.pk}:yes", order=first.order - 1)
    for nonsense in (f"{text.pk}:a", f"{first.pk}:maybe", "0:yes", "x", f"{10**30}:yes"):
        assert "Select a valid choice" in refused(nonsense)
    assert officer.post(admin("add"), typed(session_page, condition=f"{first.pk}:no")).status_code == 302
    row = Question.objects.latest("pk")
    assert (row.only_if, row.only_if_answer) == (first, "no")
    assert f'value="{first.pk}:no" selected' in officer.get(admin("edit", row.pk)).content.decode()


def test_nothing_is_done_to_a_question_that_leaves_another_without_its_condition(officer, session_page):
    lunch, dish, other = make_chain(session_page)
    pie, something_else = dish.choices.all()

    def refused(row, sentence, **form):
        response = officer.post(admin("edit", row.pk), form)
        assert response.status_code == 200, sentence
        assert sentence in response.content.decode()

    refused(lunch, "which must stand before", **typed(order=9))
    refused(lunch, "retire it first", **typed(order=1, is_retired="on"))
    refused(lunch, "after an answer that would be gone", **typed(order=1, kind="text"))
    kept = typed(None, pie, something_else, order=2, condition=f"{lunch.pk}:yes")
    refused(dish, "after an answer that would be gone", **kept, **{"choices-1-DELETE": "on", "choices-2-label_fr": "x"})
    refused(lunch, "Select a valid choice", **typed(order=1, condition=f"{other.pk}:x"))
    renamed = {**kept, "choices-1-label_fr": "Un autre", "required": "on"}
    assert officer.post(admin("edit", dish.pk), renamed).status_code == 302
    dish.refresh_from_db()
    assert dish.options == [("a", "Tarte"), ("b", "Un autre")]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [(("Une seule",), "Write two answers"), (("Le train", "le Train "), "the same words"), ((), "")],
)
def test_one_chooses_among_two_different_answers_at_least(officer, session_page, choices, sentence):
    response = officer.post(admin("add"), typed(session_page, *choices))
    assert response.status_code == (200 if sentence else 302)
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    "fields",
    [{"order": 10**12}, {"order": -1}, {"wording_fr": "a\0b"}, {"wording_fr": "x" * 301}, {"kind": "other"}],
)
def test_what_means_nothing_is_refused_with_a_sentence(officer, session_page, fields):
    assert officer.post(admin("add"), typed(session_page, **fields)).status_code == 200
    assert not Question.objects.exists()


@pytest.mark.parametrize("page", ["0", "x", "9" * 30, "1"])
def test_a_page_without_dates_has_no_questions(officer, session_page, page):
    assert officer.get(f"{admin('add')}?page={page}").status_code == 200
    assert officer.get(f"{admin('list')}?page={page}").status_code == 200
    assert officer.post(admin("add"), typed(page=session_page.get_parent())).status_code == 200
    assert not Question.objects.exists()


def test_a_question_that_was_answered_is_retired_not_deleted(officer, session_page):
    row = make_question(session_page)
    answer(row, make_occurrence(session_page))
    told = officer.post(admin("delete", row.pk), follow=True).content.decode()
    assert escape("retire it instead") in told
    assert Question.objects.exists()
    assert "People have answered" in officer.post(admin("edit", row.pk), typed(order=1, kind="text")).content.decode()
    assert officer.post(admin("edit", row.pk), typed(order=1, is_retired="on")).status_code == 302
    assert Question.objects.get().is_retired
