"""Sending again by hand, and the messages that did not leave as they should."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from outbox.enums import MessageState
from outbox.models import BouncedAddress, Message
from outbox.resending import failed, resend, stuck
from outbox.services import Attachment, queue_message, send_waiting_messages
from tests.roles import sign_in_as

LIST = "wagtailsnippets_outbox_message:list"
READ = "wagtailsnippets_outbox_message:inspect"
AGAIN = "wagtailsnippets_outbox_message:send_again"
CLEAR = "wagtailsnippets_outbox_message:clear_refusal"


@pytest.fixture(autouse=True)
def delivery(settings):
    settings.OUTBOX_DELIVERY = True


def written(state=MessageState.QUEUED, **values):
    message = queue_message(
        kind="contact",
        to="ines@example.org",
        language="fr",
        subject="Votre inscription",
        text="Bonjour",
        attachments=[Attachment("date.ics", "text/calendar", b"BEGIN")],
    )
    Message.objects.filter(pk=message.pk).update(state=state, **values)
    message.refresh_from_db()
    return message


@pytest.mark.django_db(transaction=True)
def test_one_that_never_left_starts_afresh_under_its_own_identifier():
    message = written(MessageState.FAILED, attempts=10, last_error="SMTPDataError 554")
    assert resend(message) == message
    assert send_waiting_messages() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 1)
    assert mail.outbox[0].message()["Message-ID"] == message.message_id


@pytest.mark.django_db(transaction=True)
def test_one_that_left_is_written_anew_with_its_files_under_another_identifier():
    message = written(MessageState.SENT, sent_at=timezone.now())
    again = resend(message)
    assert again.pk != message.pk
    assert again.message_id != message.message_id
    assert (again.recipient, again.subject, again.attachments) == (
        message.recipient,
        message.subject,
        message.attachments,
    )
    assert send_waiting_messages() == 1


@pytest.mark.django_db
def test_asked_twice_it_leaves_once_and_later_once_more():
    message = written(MessageState.SENT)
    first = resend(message)
    assert resend(message) == first
    Message.objects.filter(pk=first.pk).update(state=MessageState.SENT)
    assert resend(message) not in (first, message)
    assert Message.objects.count() == 3


@pytest.mark.django_db
def test_nothing_is_sent_again_while_it_leaves_or_where_delivery_is_off(settings):
    assert resend(written(MessageState.SENDING)) is None
    settings.OUTBOX_DELIVERY = False
    assert resend(written(MessageState.SENT)) is None
    assert resend(written(MessageState.KEPT)) is None
    assert Message.objects.count() == 3


@pytest.mark.django_db
def test_one_kept_while_delivery_was_off_leaves_when_somebody_asks():
    assert resend(written(MessageState.KEPT)).state == MessageState.QUEUED


@pytest.mark.django_db
def test_what_should_have_left_is_found():
    late = timezone.now() - timedelta(hours=2)
    fresh = written()
    waiting = written(created_at=late)
    refused_once = written(attempts=1, last_error="SMTPDataError 451")
    given_up = written(MessageState.FAILED, created_at=late)
    written(MessageState.SENT, created_at=late)
    written(MessageState.KEPT, created_at=late)
    assert set(stuck()) == {waiting, refused_once}
    assert list(failed()) == [given_up]
    assert fresh not in stuck()


@pytest.mark.django_db
def test_what_needs_somebody_stands_above_the_list_with_its_number(admin_client):
    nothing = admin_client.get(reverse(LIST)).content.decode()
    assert "help-warning" not in nothing
    for _time in range(7):
        written(MessageState.FAILED, last_error="SMTPDataError 554")
    refused = written(MessageState.SENT)
    BouncedAddress.objects.create(address="ines@example.org", code="550", message=refused)

    page = admin_client.get(reverse(LIST)).content.decode()
    assert "N’ont pas pu partir\u00a0: 7" in page
    assert "SMTPDataError 554" in page
    assert "1 adresse est refusée" in page
    assert "ines@example.org (refusée)" in page
    assert "Devraient être partis" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("attention=failed", {"failed"}),
        ("attention=stuck", {"stuck"}),
        ("attention=refused", {"refused"}),
        ("kind=contact", {"failed", "stuck", "refused"}),
        ("kind=newsletter_confirm", {"newsletter"}),
        ("kind=nonsense", {"failed", "stuck", "refused", "newsletter"}),
        ("attention=nonsense", {"failed", "stuck", "refused", "newsletter"}),
    ],
)
def test_the_list_is_narrowed(admin_client, query, found):
    written(MessageState.FAILED, subject="failed")
    written(subject="stuck", created_at=timezone.now() - timedelta(hours=2))
    refused = written(MessageState.SENT, subject="refused", recipient="Omar@example.org")
    written(MessageState.SENT, subject="newsletter", kind="newsletter_confirm")
    BouncedAddress.objects.create(address="omar@example.org", code="550", message=refused)

    shown = admin_client.get(f"{reverse(LIST)}results/?{query}").context["object_list"]
    assert {message.subject for message in shown} == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "may"), [("Rédaction", False), ("Publication", False), ("Formation", True), ("administrator", True)]
)
def test_who_may_sends_again_and_clears_an_address(client, role, may):
    message = written(MessageState.FAILED)
    BouncedAddress.objects.create(address="ines@example.org", code="550", message=message)
    user = sign_in_as(client, role)
    user.post(reverse(AGAIN, args=[message.pk]))
    user.post(reverse(CLEAR, args=[message.pk]))

    message.refresh_from_db()
    assert (message.state == MessageState.QUEUED) is may
    assert BouncedAddress.objects.exists() is not may
    entries = ModelLogEntry.objects.filter(action__in=["outbox.resend", "outbox.refusal_cleared"])
    assert entries.count() == (2 if may else 0)
    for entry in entries:
        assert "@" not in f"{entry.label} {entry.data} {entry.message}"


@pytest.mark.django_db
def test_reading_messages_is_not_sending_them_again(client):
    from django.contrib.auth.models import Permission

    message = written(MessageState.FAILED)
    user = User.objects.create_user("reader")
    for codename in ("access_admin", "view_message"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(user)
    assert reverse(AGAIN, args=[message.pk]) not in client.get(reverse(READ, args=[message.pk])).content.decode()
    client.post(reverse(AGAIN, args=[message.pk]))
    client.post(reverse(CLEAR, args=[message.pk]))
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


@pytest.mark.django_db
def test_opening_the_address_sends_nothing_and_signed_out_one_signs_in(client, admin_client):
    message = written(MessageState.FAILED)
    for name in (AGAIN, CLEAR):
        assert admin_client.get(reverse(name, args=[message.pk])).status_code == 405
    client.logout()
    assert "login" in client.post(reverse(AGAIN, args=[message.pk]))["Location"]
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


@pytest.mark.django_db
def test_the_reading_view_offers_both_and_says_the_refusal(admin_client):
    message = written(MessageState.FAILED)
    BouncedAddress.objects.create(address="ines@example.org", code="550 5.1.1", message=message)
    page = admin_client.get(reverse(READ, args=[message.pk])).content.decode()
    assert reverse(AGAIN, args=[message.pk]) in page
    assert reverse(CLEAR, args=[message.pk]) in page
    assert "550 5.1.1" in page
    assert "Message du formulaire de contact" in page
