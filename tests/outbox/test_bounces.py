"""Addresses that the mail server refuses for good: told from its other refusals, marked, cleared by hand."""

import smtplib

import pytest
from django.core import mail

from outbox.bounces import bounced, clear, permanent_refusal
from outbox.enums import MessageState
from outbox.models import BouncedAddress, Message
from outbox.services import queue_message, send_waiting_messages

INES = "Ines@example.org"


def refused(code, words):
    return smtplib.SMTPRecipientsRefused({INES: (code, words)})


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (refused(550, b"5.1.1 <ines@example.org>: unknown"), "550 5.1.1"),
        (refused(552, b"5.2.2 mailbox full"), "552 5.2.2"),
        (refused(554, b"5.1.10 null MX"), "554 5.1.10"),
        (refused(550, b"no such user"), "550"),
        (refused(553, "sorry, not a valid name"), "553"),
        # The server lets nobody through, or asks to try later: nothing is said of the address.
        (refused(550, b"5.7.1 relaying denied"), ""),
        (refused(550, b"5.4.1 no route"), ""),
        (refused(530, b"authentication required"), ""),
        (refused(552, b"quota"), ""),
        (refused(450, b"4.2.1 greylisted"), ""),
        (refused(451, b"5.1.1 contradicts itself"), ""),
        (smtplib.SMTPDataError(550, b"5.1.1 spam"), ""),
        (smtplib.SMTPSenderRefused(550, b"5.1.8 sender", "portail@example.org"), ""),
        (OSError("gone"), ""),
        (None, ""),
    ],
)
def test_only_what_is_said_of_the_recipient_for_good_counts(error, code):
    assert permanent_refusal(error) == code


@pytest.fixture
def refuse(settings, monkeypatch):
    """Make the mail server refuse with an error, from now on; None accepts again."""
    settings.OUTBOX_DELIVERY = True
    send = mail.EmailMultiAlternatives.send
    answer = {}

    def send_or_refuse(self, *args, **kwargs):
        if answer.get("error"):
            raise answer["error"]
        return send(self, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", send_or_refuse)
    return lambda error: answer.update(error=error)


def queued(to=INES):
    return queue_message(kind="contact", to=to, language="fr", subject="Bonjour", text="Bonjour")


@pytest.mark.django_db(transaction=True)
def test_a_refusal_for_good_is_not_tried_again_and_marks_the_address(refuse, caplog):
    message = queued()
    refuse(refused(550, b"5.1.1 <ines@example.org>: unknown"))
    assert send_waiting_messages() == 0

    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (
        MessageState.FAILED,
        1,
        "SMTPRecipientsRefused 550",
    )
    row = BouncedAddress.objects.get()
    assert (row.address, row.code, row.message) == ("ines@example.org", "550 5.1.1", message)
    assert INES.lower() not in caplog.text.lower()
    assert "@" not in str(row)


@pytest.mark.django_db(transaction=True)
def test_the_messages_after_a_refused_address_leave(refuse, monkeypatch):
    queued()
    refuse(refused(550, b"5.1.1 unknown"))
    send_waiting_messages()
    refuse(None)
    queued("omar@example.org")
    assert send_waiting_messages() == 1
    assert bounced(["omar@example.org"]) == set()


@pytest.mark.django_db
def test_bounced_answers_for_addresses_as_they_are_written(django_assert_num_queries):
    message = queued()
    BouncedAddress.objects.create(address="ines@example.org", code="550", message=message)
    with django_assert_num_queries(1):
        found = bounced(["INES@example.org", "ines@example.org", "omar@example.org"])
    assert found == {"INES@example.org", "ines@example.org"}


@pytest.mark.django_db
def test_a_refused_address_is_cleared_by_hand_and_goes_with_its_message():
    message = queued()
    BouncedAddress.objects.create(address="ines@example.org", code="550", message=message)
    assert clear(INES)
    assert not clear(INES)
    BouncedAddress.objects.create(address="ines@example.org", code="550", message=message)
    Message.objects.all().delete()
    assert not BouncedAddress.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_refused_again_the_address_has_one_row_with_the_latest_message(refuse):
    refuse(refused(550, b"5.1.1 unknown"))
    for _time in range(2):
        message = queued()
        send_waiting_messages()
    assert BouncedAddress.objects.get().message == message
