"""Sending a message again by hand, and finding those that need it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from outbox.enums import MessageState
from outbox.models import Message
from outbox.services import initial_state, new_message_id

# A message leaves within a minute of being written. One that waits longer than this stands before a closed door.
LATE = timedelta(hours=1)
COPIED = (
    "kind",
    "recipient",
    "reply_to",
    "unsubscribe_url",
    "language",
    "subject",
    "text",
    "html",
    "attachments",
    "parts",
)


def failed() -> QuerySet:
    """Return the messages that were given up."""
    return Message.objects.filter(state=MessageState.FAILED)


def stuck() -> QuerySet:
    """Return the messages that should have left by now: refused once already, or waiting for too long."""
    waiting = Q(state__in=[MessageState.QUEUED, MessageState.SENDING])
    return Message.objects.filter(
        waiting, Q(attempts__gte=1) & ~Q(last_error="") | Q(created_at__lt=timezone.now() - LATE)
    )


def may_be_resent(message: Message) -> bool:
    """Tell whether sending it again means anything: delivery is on, and it is not about to leave anyway."""
    return settings.OUTBOX_DELIVERY and message.state != MessageState.SENDING


@transaction.atomic
def resend(message: Message) -> Message | None:
    """Let a message leave again and return the row that will; None when that means nothing.

    One that never left keeps its row and its Message-ID, and starts afresh. One that was sent, or kept here, is
    written anew: mail programs hide a second message of the same identifier. While the new one waits, asking again
    changes nothing.
    """
    current = Message.objects.select_for_update().filter(pk=message.pk).first()
    if current is None or not may_be_resent(current):
        return None
    if current.state in (MessageState.QUEUED, MessageState.FAILED):
        current.state, current.attempts, current.next_attempt_at = MessageState.QUEUED, 0, timezone.now()
        current.last_error = ""
        current.save(update_fields=["state", "attempts", "next_attempt_at", "last_error"])
        return current
    again = Message.objects.filter(key__startswith=f"resend:{current.pk}:")
    waiting = again.filter(state__in=[MessageState.QUEUED, MessageState.SENDING]).first()
    return waiting or _copy(current, again.count() + 1)


def _copy(message: Message, number: int) -> Message:
    copy, _created = Message.objects.get_or_create(
        key=f"resend:{message.pk}:{number}",
        defaults={
            **{name: getattr(message, name) for name in COPIED},
            "about_type": message.about_type,
            "about_id": message.about_id,
            "state": initial_state(),
            "message_id": new_message_id(),
        },
    )
    return copy
