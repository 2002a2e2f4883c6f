"""Bookings for tests, made as the public form makes them."""

import uuid
from typing import Any

from wagtail.models import Page

from events.models import Occurrence
from registrations.enums import ParticipantCategory, QuestionKind
from registrations.models import Question, QuestionChoice, Registration
from registrations.services import BookingRequest, BookingResult, Contact, Employer, Person, book

NOBODY_KNOWN = Employer(None, "Association des voisins", "association", "Amiens")
CONSENT = "I agree."


def make_person(name: str = "ines", **fields: Any) -> Person:
    """Return somebody whose e-mail is `name`@example.org."""
    values = {"first_name": name.title(), "last_name": "Martin", "email": f"{name}@example.org"}
    return Person(**{**values, "category": ParticipantCategory.AGENT, **fields})


def make_request(*occurrences: Occurrence, people: tuple[str, ...] = ("ines",), **fields: Any) -> BookingRequest:
    """Return the request of a contact, Claire, for people by name."""
    values = {
        "key": uuid.uuid4(),
        "language": "fr",
        "contact": Contact("Claire", "Dubois", "claire@example.org", "03 20 00 00 00"),
        "employer": NOBODY_KNOWN,
        "people": tuple(make_person(name) for name in people),
        "occurrence_ids": tuple(occurrence.pk for occurrence in occurrences),
        "consent_wording": CONSENT,
    }
    return BookingRequest(**{**values, **fields})


def make_booking(*occurrences: Occurrence, people: tuple[str, ...] = ("ines",), **fields: Any) -> BookingResult:
    """Book people for dates and return the result."""
    return book(make_request(*occurrences, people=people, **fields))


def registrations_of(result: BookingResult) -> list[Registration]:
    """Return the registrations of a booking, in the order in which they were written."""
    return list(Registration.objects.filter(participant__booking=result.booking).with_people().order_by("pk"))


def states_of(result: BookingResult) -> list[str]:
    """Return the states of the registrations of a booking."""
    return [str(row.state) for row in registrations_of(result)]


def make_question(page: Page, wording: str = "Mangez-vous avec nous ?", *choices: str, **fields: Any) -> Question:
    """Return a question of a French page: yes or no or, with choices («fr|en»), one of these, by keys a, b, c…"""
    kind = QuestionKind.CHOICE if choices else QuestionKind.YES_NO
    question = Question(**{"page_id": page.pk, "wording_fr": wording, "kind": kind, **fields})
    question.choices = [
        QuestionChoice(key="abcdef"[number], label_fr=words.partition("|")[0], label_en=words.partition("|")[2])
        for number, words in enumerate(choices)
    ]
    question.save()
    return question


def make_chain(page: Page) -> tuple[Question, Question, Question]:
    """Return three required questions, each after an answer to the one before: lunch, then which, then a text."""
    lunch = make_question(page, required=True, wording_en="Do you have lunch with us?")
    dish = make_question(
        page, "Quel plat ?", "Tarte|Pie", "Autre|Other", required=True, only_if=lunch, only_if_answer="yes"
    )
    other = make_question(page, "Lequel ?", kind=QuestionKind.TEXT, required=True, only_if=dish, only_if_answer="b")
    return lunch, dish, other
