"""What messages ask of their readers: an answer still missing, a membership to be proven, and where to cancel."""

import datetime

import pytest

from outbox.models import Message
from registrations.messages.announcements import send_joining_instructions, write_reminders
from registrations.models import Answer
from registrations.services import Contact, Employer
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking, make_question, registrations_of
from tests.registrations.visitor import Visitor, answers, private_url

pytestmark = pytest.mark.django_db


def to(recipient, kind="registration_booked"):
    message = Message.objects.filter(recipient=recipient, kind__startswith=kind).latest("pk")
    return message.text, message.html


def test_a_missing_answer_is_told_until_it_is_given(occurrence, settings, time_machine):
    """To whoever owes it, and to the contact with the name; confirmation, joining instructions and reminder."""
    settings.REGISTRATION_REMINDER_DAYS = 7
    question = make_question(occurrence.page, required=True)
    rows = registrations_of(make_booking(occurrence, people=("ines", "omar"), language="en"))
    answered = {"question": question, "asked": question.wording_fr, "answered": "oui", "value": "yes"}
    for part in to("omar@example.org"):
        assert "We still miss an answer of yours." in part
        assert "/en/my-registrations/" in part
    Answer.objects.create(participant=rows[1].participant, **answered)
    moment = datetime.datetime.combine(occurrence.day - datetime.timedelta(days=6), datetime.time(10))
    time_machine.move_to(moment)
    write_reminders()
    send_joining_instructions(occurrence)
    for kind in ("registration_reminder", "registration_joining_instructions"):
        for part in to("claire@example.org", kind):
            assert "An answer is still missing, for: Ines Martin." in part
        assert "We still miss" in to("ines@example.org", kind)[0]
        assert "miss" not in to("omar@example.org", kind)[0]
    Answer.objects.create(participant=rows[0].participant, **answered)
    time_machine.move_to(moment + datetime.timedelta(hours=1))
    send_joining_instructions(occurrence, again=True)
    assert "missing" not in to("claire@example.org", "registration_joining_instructions")[0]


def test_a_participant_is_led_to_the_space_where_they_cancel_by_themselves(occurrence):
    make_booking(occurrence, people=("omar",))
    for part in to("omar@example.org"):
        assert private_url("space") in part
        assert "un lien est envoyé à cette adresse" in part
        assert "écrivez à" not in part


@pytest.mark.parametrize(
    ("domain", "code", "told", "kept_quiet"),
    [
        ("ville.example", "AMI 2026", ("contient un lien qui", "Le code de son adhésion"), "Seule l’équipe"),
        ("", "AMI 2026", ("Le code de son adhésion", "Sinon, l’équipe"), "contient un lien qui"),
        ("ville.example", "", ("contient un lien qui", "Sinon, l’équipe"), "Le code de son adhésion"),
        ("", "", ("Seule l’équipe peut le confirmer",), "Sinon"),
    ],
)
def test_summary_and_message_tell_each_way_of_proof_there_is_and_no_other(
    client, session_page, domain, code, told, kept_quiet
):
    town = OrganisationFactory(name="Ville d’Amiens", email_domain=domain)
    MembershipFactory(organisation=town, code=code)
    charged = make_occurrence(session_page, capacity=5, price_list=make_price_list())
    chosen = {"organisation-query": town.name, "organisation-searched": town.name, "organisation-choice": town.pk}
    visitor = Visitor(client, charged)
    visitor.open()
    page = visitor.press("continue", answers(**{**chosen, "contact-email": "claire@ville.example"})).content.decode()
    for sentence in told:
        assert sentence in page
    assert kept_quiet not in page

    contact = Contact("Claire", "Dubois", "claire@ville.example")
    make_booking(charged, people=("omar",), employer=Employer.known(town), contact=contact)
    for part in to("claire@ville.example"):
        assert ("/mes-inscriptions/preuve/" in part) is bool(domain)
        assert ("#proof" in part) is bool(code)
        assert ("Seule l’équipe peut confirmer" in part) is (not domain and not code)
    assert "#proof" not in "".join(to("omar@example.org"))
