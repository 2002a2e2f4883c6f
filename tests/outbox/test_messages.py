"""Messages are rows: written with the change, sent after it, read in the admin."""

import email
import logging
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from outbox import services
from outbox.enums import MessageState
from outbox.models import Message
from outbox.services import Attachment, attachments_of, queue_message, send_waiting_messages

CALENDAR = Attachment("date.ics", "text/calendar; method=REQUEST; charset=utf-8", "BEGIN:VCALENDAR\r\né".encode())


def queued(**values):
    return queue_message(
        **{
            "kind": "test",
            "to": "ines@example.org",
            "language": "fr",
            "subject": "Votre inscription",
            "text": "Bonjour",
            "html": "<p>Bonjour</p>",
            **values,
        }
    )


@pytest.fixture
def delivery(settings):
    settings.OUTBOX_DELIVERY = True


@pytest.fixture
def refusing(monkeypatch):
    """Make the mail server refuse what is in the list, by error."""
    errors = []
    send = mail.EmailMultiAlternatives.send

    def send_or_refuse(self, *args, **kwargs):
        if errors:
            raise errors.pop(0)
        return send(self, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", send_or_refuse)
    return errors


@pytest.mark.django_db
def test_without_delivery_a_message_is_kept_to_be_read_and_never_leaves(settings):
    settings.OUTBOX_DELIVERY = False
    message = queued()

    assert message.state == MessageState.KEPT
    assert send_waiting_messages() == 0
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_message_kept_does_not_leave_when_delivery_is_turned_on_later(settings):
    settings.OUTBOX_DELIVERY = False
    queued()
    settings.OUTBOX_DELIVERY = True

    assert send_waiting_messages() == 0


@pytest.mark.django_db
def test_a_subject_cannot_forge_headers():
    assert queued(subject="Bonjour\r\nBcc: all@example.org").subject == "Bonjour Bcc: all@example.org"


@pytest.mark.django_db
def test_the_same_key_writes_one_message():
    first = queued(key="booking:1:contact")
    again = queued(key="booking:1:contact", text="another")

    assert first == again
    assert Message.objects.get().text == "Bonjour"


@pytest.mark.django_db(transaction=True)
def test_a_change_taken_back_leaves_no_message():
    with transaction.atomic():
        queued()
        transaction.set_rollback(True)

    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_leaves_once_with_its_files_and_its_own_identifier(delivery):
    message = queued(attachments=[CALENDAR], reply_to="centre@example.org")

    assert send_waiting_messages() == 1
    assert send_waiting_messages() == 0

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert message.sent_at
    assert attachments_of(message) == [CALENDAR]
    parsed = email.message_from_bytes(mail.outbox[0].message().as_bytes())
    assert parsed["Message-ID"] == message.message_id
    assert parsed["Reply-To"] == "centre@example.org"
    calendar = next(part for part in parsed.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_payload(decode=True).splitlines() == CALENDAR.content.splitlines()
    assert {"text/plain", "text/html"} <= {part.get_content_type() for part in parsed.walk()}


@pytest.mark.django_db(transaction=True)
def test_messages_are_not_sent_inside_a_transaction(delivery):
    queued()
    with transaction.atomic(), pytest.raises(RuntimeError):
        send_waiting_messages()


@pytest.mark.django_db(transaction=True)
def test_a_refused_message_waits_longer_each_time_then_is_given_up(delivery, refusing, time_machine, caplog):
    time_machine.move_to("2026-03-01T09:00:00+01:00", tick=False)
    message = queued()
    waits = []
    with caplog.at_level(logging.DEBUG):
        for _attempt in range(len(services.BACK_OFF) + 1):
            refusing.append(smtplib.SMTPRecipientsRefused({"ines@example.org": (450, b"later ines@example.org")}))
            assert send_waiting_messages() == 0
            message.refresh_from_db()
            waits.append(message.next_attempt_at - timezone.now())
            time_machine.move_to(max(message.next_attempt_at, timezone.now()))

    assert message.state == MessageState.FAILED
    assert tuple(waits[:-1]) == services.BACK_OFF
    assert message.attempts == len(services.BACK_OFF) + 1
    assert message.last_error == "SMTPRecipientsRefused 450"
    assert "ines@example.org" not in caplog.text
    assert send_waiting_messages() == 0


@pytest.mark.django_db(transaction=True)
def test_one_refused_message_does_not_stop_the_others(delivery, refusing):
    queued()
    queued(to="omar@example.org")
    refusing.append(smtplib.SMTPDataError(554, b"no"))

    assert send_waiting_messages() == 1
    assert mail.outbox[0].to == ["omar@example.org"]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_goes_away_ends_the_run_and_the_rest_keeps_its_attempts(delivery, refusing):
    first, second = queued(), queued(to="omar@example.org")
    refusing.append(smtplib.SMTPServerDisconnected("gone"))

    assert send_waiting_messages() == 0
    for message in (first, second):
        message.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)
    assert second.state == MessageState.QUEUED


@pytest.mark.django_db(transaction=True)
def test_a_server_that_cannot_be_reached_costs_no_attempt(delivery, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = queued()

    assert send_waiting_messages() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)


@pytest.mark.django_db(transaction=True)
def test_killed_between_sending_and_saying_so_it_leaves_again_under_the_same_identifier(
    delivery, monkeypatch, time_machine
):
    time_machine.move_to("2026-03-01T09:00:00+01:00", tick=False)
    message = queued()

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(services, "_record", killed)
        with pytest.raises(KeyboardInterrupt):
            send_waiting_messages()
    message.refresh_from_db()
    assert message.state == MessageState.SENDING
    assert send_waiting_messages() == 0

    time_machine.shift(services.STUCK_AFTER + timedelta(seconds=1))
    assert send_waiting_messages() == 1
    identifiers = {sent.message()["Message-ID"] for sent in mail.outbox}
    assert len(mail.outbox) == 2
    assert identifiers == {message.message_id}


@pytest.mark.django_db(transaction=True)
def test_two_processes_send_a_message_once(delivery, monkeypatch):
    queued()
    due = services._due()
    assert send_waiting_messages() == 1
    monkeypatch.setattr(services, "_due", lambda: due)
    assert send_waiting_messages() == 0
    assert len(mail.outbox) == 1
