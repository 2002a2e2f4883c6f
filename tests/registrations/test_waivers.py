"""A price given up, whole or in part: with a reason, beside the price agreed, which never changes."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from outbox.models import Message
from registrations.models import Registration
from registrations.officer.numbers import numbers_of
from registrations.services import NotAllowed, waive
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking, registrations_of
from tests.roles import sign_in_as


@pytest.fixture
def row(session_page):
    return registrations_of(make_booking(make_occurrence(session_page, price_list=make_price_list())))[0]


def post(client, row, **data):
    return client.post(reverse("registrations_admin:waive", args=[row.pk]), data)


def test_a_waiver_stands_beside_the_price_and_is_logged_without_a_name(row):
    user = User.objects.create_user("officer")
    waive(row, Decimal(50), "Speaks in the afternoon", user)
    row.refresh_from_db()
    assert (row.price_amount, row.waived_amount, row.price.most) == (150, 50, 100)
    assert numbers_of([row.occurrence])[0].amounts.price.most == 100
    entry = ModelLogEntry.objects.get(action="registrations.waive")
    assert entry.user == user
    assert entry.data == {"registration": row.pk, "amount": "50", "currency": "EUR"}
    waive(row, Decimal(0), "", user)
    row.refresh_from_db()
    assert (row.waived_amount, row.waiver_reason) == (0, "")


def waivers():
    return Message.objects.filter(kind="registration_waived").order_by("pk")


def test_the_contact_alone_reads_what_was_agreed_what_is_given_up_what_remains_and_why(row):
    waive(row, Decimal("50.50"), "Speaks <in> the afternoon")
    message = waivers().get()
    assert (message.recipient, message.about) == ("claire@example.org", row.participant.booking)
    for body in (message.text, message.html):
        for fact in ("150\xa0€", "50,50\xa0€", "99,50\xa0€", "Reste à payer", "Claire Dubois", "Ines Martin"):
            assert fact in body
        assert row.participant.booking.token in body
    assert "Motif\xa0: Speaks <in> the afternoon" in message.text
    assert "Speaks &lt;in&gt; the afternoon" in message.html


def test_each_waiver_is_told_once_and_one_that_is_taken_back_too(row):
    for amount, reason in ((50, "Speaks"), (50, "Speaks "), (0, ""), (0, "x"), (50, "Speaks")):
        waive(row, Decimal(amount), reason)
    assert waivers().count() == 3
    assert "0\xa0€" in waivers()[1].text
    assert ModelLogEntry.objects.filter(action="registrations.waive").count() == 3


def test_a_waiver_whose_message_cannot_be_written_is_not_given(row, monkeypatch):
    def fail(*args, **kwargs):
        raise LookupError("no words")

    monkeypatch.setattr("registrations.services.waiving.write_messages", fail)
    with pytest.raises(LookupError):
        waive(row, Decimal(50), "Speaks")
    row.refresh_from_db()
    assert row.waived_amount == 0


@pytest.mark.parametrize(("amount", "reason"), [(151, "Too much"), (-1, "Less than nothing"), (50, ""), (50, "  ")])
def test_what_makes_no_sense_is_refused(row, amount, reason):
    with pytest.raises(NotAllowed):
        waive(row, Decimal(amount), reason)


def test_a_price_that_waits_for_a_proof_is_settled_first(admin_client, row):
    Registration.objects.filter(pk=row.pk).update(
        price_amount=None, price_rule="to_be_confirmed", price_if_member=0, price_otherwise=150
    )
    with pytest.raises(NotAllowed):
        waive(row, Decimal(10), "Why not")
    assert post(admin_client, row, amount="10", reason="Why not").status_code == 302


@pytest.mark.parametrize(
    ("role", "allowed"), [(None, False), (EDITOR, False), (PUBLISHER, False), (TRAINING_OFFICER, True)]
)
def test_who_may_waive_a_price(client, row, role, allowed):
    sign_in_as(client, role)
    post(client, row, amount="150", reason="Invited")
    row.refresh_from_db()
    assert (row.waived_amount == 150) is allowed


@pytest.mark.parametrize(
    "data",
    [
        *({"amount": "151", "reason": "x"}, {"amount": "10"}, {"amount": "much", "reason": "x"}),
        *({"amount": "10", "reason": "  "}, {"amount": "0", "reason": "x" * 301}),
    ],
)
def test_what_is_wrong_is_said(admin_client, row, data):
    response = post(admin_client, row, **data)
    assert response.status_code == 200
    assert response.context["form"].errors
    row.refresh_from_db()
    assert row.waived_amount == 0


def test_the_reason_is_marked_as_asked_for_and_a_waiver_is_taken_back_without_any(admin_client, row):
    page = admin_client.get(reverse("registrations_admin:waive", args=[row.pk]))
    label = page.content.decode().partition('id="id_reason-label"')[2].partition("</label>")[0]
    assert 'class="w-required-mark"' in label
    post(admin_client, row, amount="10", reason="Invited")
    assert post(admin_client, row, amount="0", reason="").status_code == 302
    row.refresh_from_db()
    assert (row.waived_amount, row.waiver_reason) == (0, "")
