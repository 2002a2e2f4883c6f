"""Proving a membership from the private page and from the contact's mailbox."""

import base64
import datetime
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Organisation
from outbox.models import Message
from registrations.enums import ProofMethod
from registrations.messages.addresses import PROOF_DAYS, proof_url
from registrations.models import Booking, Transition
from registrations.services import Contact, Employer, TooBusy, cancel, settle
from registrations.space import proof_views
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking, registrations_of
from tests.registrations.visitor import private_url


@pytest.fixture
def town(db):
    town = OrganisationFactory(name="Ville d’Amiens", email_domain="ville.example")
    MembershipFactory(organisation=town, code="AMI 2026")
    return town


@pytest.fixture
def charged(session_page):
    return make_occurrence(session_page, capacity=5, price_list=make_price_list())


def book_for(town, charged, email="claire@ville.example", **fields):
    contact = Contact("Claire", "Dubois", email)
    return make_booking(charged, people=("ines", "omar"), employer=Employer.known(town), contact=contact, **fields)


@pytest.fixture
def result(town, charged):
    return book_for(town, charged)


def path_of(booking):
    return "/" + proof_url(booking).split("/", 3)[3]


def prices_of(result):
    return [row.price_amount for row in registrations_of(result)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_says_both_amounts_and_how_to_prove(client, result, language):
    page = client.get(private_url("booking", result.booking.token, language=language)).content.decode()
    plain = page.replace("\u00a0", " ").replace("\u202f", " ")
    assert {"fr": "à confirmer", "en": "to be confirmed"}[language] in plain
    assert "300" in plain
    assert "claire@ville.example" in page
    assert private_url("membership_code", result.booking.token, language=language) in page


def test_the_link_leaves_with_the_booking_to_the_contact_only_and_never_shows_on_the_page(client, result):
    texts = {message.recipient: f"{message.text}{message.html}" for message in Message.objects.all()}
    assert "/mes-inscriptions/preuve/" in texts["claire@ville.example"]
    assert "/preuve/" not in texts["ines@example.org"] + texts["omar@example.org"]
    # Whoever types somebody else's address sees this page: the link is in the mailbox alone.
    page = client.get(private_url("booking", result.booking.token)).content.decode()
    assert path_of(result.booking) not in page
    assert not re.search(r"preuve/[^\"]", page)


def test_the_address_of_the_link_tells_no_address(result):
    secret = path_of(result.booking).rstrip("/").rsplit("/", 1)[1]
    assert "claire" not in secret
    padded = secret.split(":")[0] + "=="
    assert b"claire" not in base64.urlsafe_b64decode(padded)


def test_opening_the_link_settles_nothing_and_the_button_does_once(client, result):
    path = path_of(result.booking)
    for _time in range(2):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert prices_of(result) == [None, None]

    assert client.post(path)["Location"] == path
    assert prices_of(result) == [Decimal(0), Decimal(0)]
    assert Booking.objects.get().proof_method == ProofMethod.EMAIL_DOMAIN
    assert "Merci" in client.get(path).content.decode()
    client.post(path)
    assert Message.objects.filter(kind="registration_proof", recipient="claire@ville.example").count() == 1


@pytest.mark.parametrize(
    ("method", "is_member", "event", "words"),
    [
        (ProofMethod.EMAIL_DOMAIN, True, "proven_by_link", "le lien envoyé au contact"),
        (ProofMethod.CODE, True, "proven_by_code", "le code d’adhésion"),
        (ProofMethod.OFFICER, True, "found_member", "adhérent, vérifié par l’équipe"),
        (ProofMethod.OFFICER, False, "found_other", "non adhérent, vérifié par l’équipe"),
    ],
)
def test_what_settled_a_price_stands_once_in_the_history_of_the_booking(
    admin_client, admin_user, result, method, is_member, event, words
):
    user = admin_user if method == ProofMethod.OFFICER else None
    settle(result.booking, is_member, method, user)
    step = Transition.objects.filter(registration__participant__booking=result.booking, event=event).first()
    assert (step.user, step.actor) == (user, "officer" if user else "contact")
    page = admin_client.get(reverse("registrations_admin:booking", args=[result.booking.pk])).content.decode()
    assert page.partition('id="history"')[2].count(words) == 1


def test_the_button_needs_the_token_against_forgery(result):
    assert Client(enforce_csrf_checks=True).post(path_of(result.booking)).status_code == 403
    assert prices_of(result) == [None, None]


def test_a_link_too_old_tampered_or_of_another_address_proves_nothing(client, result, time_machine, town):
    path = path_of(result.booking)
    assert client.post(path[:-3] + ("AA/" if path[-3:] != "AA/" else "BB/")).status_code == 404
    assert client.post(private_url("proof", "1:2:3")).status_code == 404
    Booking.objects.update(email="zoe@ville.example")
    assert client.post(path).status_code == 410
    Booking.objects.update(email="claire@ville.example")
    Organisation.objects.filter(pk=town.pk).update(email_domain="autre.example")
    assert client.post(path).status_code == 410
    Organisation.objects.filter(pk=town.pk).update(email_domain="ville.example")
    time_machine.move_to(timezone.now() + datetime.timedelta(days=PROOF_DAYS, minutes=1))
    assert client.post(path).status_code == 410
    assert prices_of(result) == [None, None]


def test_after_cancelling_there_is_nothing_to_confirm(client, result):
    cancel(registrations_of(result), actor="contact")
    page = client.post(path_of(result.booking), follow=True)
    assert "plus rien à confirmer" in page.content.decode()
    assert prices_of(result) == [None, None]


def test_what_the_team_refused_is_not_proven_by_a_link(client, result):
    path = path_of(result.booking)
    settle(result.booking, False, ProofMethod.OFFICER)
    client.post(path)
    assert prices_of(result) == [Decimal(150), Decimal(150)]
    assert "L’équipe a vérifié" in client.get(path).content.decode()


def test_an_address_of_another_domain_gets_no_link(client, town, charged):
    result = book_for(town, charged, email="claire@faux-ville.example")
    assert proof_url(result.booking) == ""
    assert not any("/preuve/" in message.text for message in Message.objects.all())
    page = client.get(private_url("booking", result.booking.token)).content.decode()
    assert private_url("send_proof_link", result.booking.token) not in page


def test_the_link_is_sent_again_to_the_contact_and_not_without_end(client, result):
    url = private_url("send_proof_link", result.booking.token)
    for _time in range(5):
        assert client.post(url).status_code == 302
    assert client.post(url).status_code == 429
    sent = Message.objects.filter(kind="registration_proof_link")
    assert {message.recipient for message in sent} == {"claire@ville.example"}
    assert sent.count() == 5
    assert path_of(result.booking).split("/preuve/")[0] in sent[0].text


def test_the_code_proves_whatever_its_case_and_spaces(client, result):
    response = client.post(private_url("membership_code", result.booking.token), {"code": " ami2026 "})
    assert response["Location"].endswith("?proven")
    assert prices_of(result) == [Decimal(0), Decimal(0)]
    assert Booking.objects.get().proof_method == ProofMethod.CODE
    assert "est prouvée" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(("typed", "sentence"), [("AMI 2025", "Ce n’est pas le code"), ("", "Saisissez le code")])
def test_a_wrong_code_is_told_and_kept(client, result, typed, sentence):
    response = client.post(private_url("membership_code", result.booking.token), {"code": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert f'value="{typed}"' in page or not typed
    assert prices_of(result) == [None, None]


def test_codes_are_not_guessed(client, result):
    url = private_url("membership_code", result.booking.token)
    for number in range(10):
        assert client.post(url, {"code": f"AMI {number}"}).status_code == 422
    response = client.post(url, {"code": "AMI 2026"})
    assert response.status_code == 429
    assert prices_of(result) == [None, None]


def test_the_code_of_another_member_proves_nothing(client, result):
    MembershipFactory(organisation=OrganisationFactory(name="Autre"), code="AUTRE")
    assert client.post(private_url("membership_code", result.booking.token), {"code": "AUTRE"}).status_code == 422


def test_a_booking_without_anything_to_prove_asks_nothing(client, occurrence):
    result = make_booking(occurrence)
    assert 'id="proof"' not in client.get(private_url("booking", result.booking.token)).content.decode()
    assert client.post(private_url("membership_code", result.booking.token), {"code": "x"}).status_code == 302
    assert client.post(private_url("send_proof_link", result.booking.token)).status_code == 302
    assert not Message.objects.filter(kind="registration_proof_link").exists()


def test_a_busy_database_settles_nothing_and_says_so(client, result, monkeypatch):
    def busy(*args, **kwargs):
        raise TooBusy

    monkeypatch.setattr(proof_views, "settle", busy)
    code = client.post(private_url("membership_code", result.booking.token, language="en"), {"code": "AMI 2026"})
    assert (code.status_code, 'value="AMI 2026"' in code.content.decode()) == (503, True)
    link = client.post(path_of(result.booking))
    assert link.status_code == 503
    assert "Rien n’a changé" in link.content.decode()
    assert prices_of(result) == [None, None]
