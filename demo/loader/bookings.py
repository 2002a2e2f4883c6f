"""Bookings of the demonstration, made by the service that the public form uses."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.text import slugify
from django.utils.translation import override

from demo.loader.content import directory_file
from demo.loader.directory_rows import DirectoryRows
from directory.enums import OrganisationKind
from directory.models import Organisation
from events.models import Occurrence
from registrations.enums import ParticipantCategory
from registrations.models import Question
from registrations.services import BookingRequest, Contact, Employer, GivenAnswer, Person, book

CONSENT = {
    "fr": "J’accepte que ces données servent à organiser la séance.",
    "en": "I agree to this information being used to organise the session.",
}


def make_bookings(rows: DirectoryRows, occurrences: dict[str, Occurrence], questions: dict[str, Question]) -> int:
    """Book what the data file asks for, in its order, on published dates by key; return how many bookings."""
    bookings = directory_file("bookings")
    for number, row in enumerate(bookings):
        employer = rows.organisation(row["employer"])
        people = tuple(_person(names, employer) for names in row["people"])
        first = people[0]
        book(
            BookingRequest(
                key=uuid5(NAMESPACE_URL, f"demonstration:booking/{number}"),
                language=row["language"],
                contact=Contact(first.first_name, first.last_name, first.email),
                employer=Employer.known(employer),
                people=people,
                occurrence_ids=(occurrences[row["occurrence"]].pk,),
                consent_wording=CONSENT[row["language"]],
                answers=_answers(row, people, questions),
            )
        )
    return len(bookings)


def _answers(
    row: dict[str, Any], people: tuple[Person, ...], questions: dict[str, Question]
) -> tuple[GivenAnswer, ...]:
    """Return what everybody of a booking answers, in its language."""
    with override(row["language"]):
        return tuple(
            GivenAnswer.to(questions[name], value, person.key)
            for person in people
            for name, value in row.get("answers", {}).items()
        )


def _person(names: list[str], employer: Organisation) -> Person:
    """Return somebody invented, with an address that nobody reads."""
    first_name, last_name, job_title = names
    is_association = employer.kind == OrganisationKind.ASSOCIATION
    return Person(
        first_name=first_name,
        last_name=last_name,
        email=f"{slugify(first_name)}.{slugify(last_name)}@example.org",
        category=ParticipantCategory.ASSOCIATION if is_association else ParticipantCategory.AGENT,
        job_title=job_title,
    )
