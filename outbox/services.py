"""Writing a message with the change it tells, and sending what waits."""

import base64
import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, models
from django.db.models import F
from django.utils import timezone

from outbox.bounces import mark_bounced, permanent_refusal
from outbox.enums import MessageState
from outbox.models import Message

logger = logging.getLogger(__name__)

# Waits between attempts: a short fault costs minutes, and a server down for a weekend loses nothing (about four days).
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
    timedelta(hours=24),
)
# A process killed between sending and saying so leaves its message «being sent»: after this long it is sent again.
STUCK_AFTER = timedelta(minutes=15)
BATCH = 200


@dataclass(frozen=True)
class Attachment:
    """A file of a message: its name, its MIME type with parameters, its bytes."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Draft:
    """A message to be written: of which `kind`, to whom, in which language, what it says, and about which row.

    `parts`: keys of the parts of that row that it concerns; empty for all of it.

    Whoever writes the same message twice (a double click, a job run again) gives it the same `key`.
    """

    kind: str
    to: str
    language: str
    subject: str
    text: str
    html: str = ""
    attachments: Iterable[Attachment] = ()
    about: models.Model | None = None
    parts: tuple[int, ...] = ()
    key: str | None = None
    reply_to: str = ""
    unsubscribe_url: str = ""


def queue_message(**fields: Any) -> Message:
    """Write a message in the current transaction and return its row; nothing is sent here. Takes what `Draft` holds.

    A message of the same `key` written before is returned unchanged. Where delivery is off (`OUTBOX_DELIVERY`) the
    message is kept to be read, and stays kept when delivery is turned on later: an old confirmation that leaves
    months after helps nobody.
    """
    draft = Draft(**fields)
    if draft.key is None:
        return Message.objects.create(**_values(draft))
    message, _created = Message.objects.get_or_create(key=draft.key, defaults=_values(draft))
    return message


def queue_messages(drafts: Iterable[Draft]) -> None:
    """Write many messages at once, as `queue_message` does; one whose key was written before is left out."""
    Message.objects.bulk_create([Message(**_values(draft)) for draft in drafts], ignore_conflicts=True)


def forget_messages_about(model: type[models.Model], keys: Iterable[int]) -> None:
    """Delete the messages about rows, sent or not: they hold an address too."""
    Message.objects.filter(about_type=ContentType.objects.get_for_model(model), about_id__in=list(keys)).delete()


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "recipient": draft.to,
        "language": draft.language,
        # Line breaks in a subject are how headers are forged.
        "subject": " ".join(draft.subject.split())[:255],
        "text": draft.text,
        "html": draft.html,
        "attachments": [_stored(attachment) for attachment in draft.attachments],
        "about": draft.about,
        "parts": list(draft.parts),
        "key": draft.key,
        "reply_to": draft.reply_to,
        "unsubscribe_url": draft.unsubscribe_url,
        "state": initial_state(),
        "message_id": new_message_id(),
    }


def initial_state() -> MessageState:
    """Return how a message begins: waiting, or kept here where delivery is off."""
    return MessageState.QUEUED if settings.OUTBOX_DELIVERY else MessageState.KEPT


def new_message_id() -> str:
    """Return an identifier made of the domain that sends: it is ours."""
    return make_msgid(domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost")


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return which of these keys were written before: what nobody needs to compose again."""
    found = Message.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return {key for key in found if key is not None}


def _stored(attachment: Attachment) -> dict[str, str]:
    return {
        "name": attachment.name,
        "content_type": attachment.content_type,
        "content": base64.b64encode(attachment.content).decode("ascii"),
    }


def attachments_of(message: Message) -> list[Attachment]:
    """Return the files of a message as bytes."""
    return [
        Attachment(row["name"], row["content_type"], base64.b64decode(row["content"])) for row in message.attachments
    ]


def send_waiting_messages() -> int:
    """Send what is due and return how many messages left; nothing happens where delivery is off.

    Outside any transaction: a mail server takes seconds. Each message is first marked «being sent», so that two
    processes never take the same one, then «sent»: killed in between, it leaves again under the same Message-ID.
    A server in trouble ends the run; what waits loses no attempt by it.
    """
    if not settings.OUTBOX_DELIVERY:
        return 0
    if connection.in_atomic_block:
        raise RuntimeError("Messages are sent outside transactions.")
    _release_stuck()
    due = _due()
    return _send(due, get_connection()) if due else 0


def _send(due: list[Message], server: BaseEmailBackend) -> int:
    """Send messages over one connection and return how many left."""
    sent = 0
    try:
        server.open()
        for message in due:
            if not _claim(message):
                continue
            error = _deliver(message, server)
            _record(message, error)
            if refusal := permanent_refusal(error):
                mark_bounced(message, refusal)
            sent += error is None
            if error is not None and _is_server_trouble(error):
                break
    except OSError as error:
        # Its own words name hosts at most; still, the class is enough to know what to look at.
        logger.warning("the mail server cannot be used: %s", _without_address(error))
    finally:
        _close(server)
    return sent


def _is_server_trouble(error: Exception) -> bool:
    """Tell a server that would refuse every message from one that refuses this message."""
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError | smtplib.SMTPServerDisconnected):
        return True
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)


def _release_stuck() -> None:
    stuck = Message.objects.filter(state=MessageState.SENDING, sending_since__lte=timezone.now() - STUCK_AFTER)
    released = stuck.update(state=MessageState.QUEUED, next_attempt_at=timezone.now(), last_error="Interrupted")
    if released:
        logger.warning("%s messages were left half sent and will be sent again", released)


def _due() -> list[Message]:
    waiting = Message.objects.filter(state=MessageState.QUEUED, next_attempt_at__lte=timezone.now())
    return list(waiting.order_by("next_attempt_at", "pk")[:BATCH])


def _claim(message: Message) -> bool:
    """Mark a message as being sent; False when another process was quicker."""
    return bool(
        Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(
            state=MessageState.SENDING, sending_since=timezone.now(), attempts=F("attempts") + 1
        )
    )


def _deliver(message: Message, server: BaseEmailBackend) -> Exception | None:
    """Hand one message to the mail server. Returns the error, if any."""
    try:
        email = EmailMultiAlternatives(
            subject=message.subject,
            body=message.text,
            to=[message.recipient],
            reply_to=[message.reply_to] if message.reply_to else None,
            headers=_headers(message),
            connection=server,
        )
        if message.html:
            email.attach_alternative(message.html, "text/html")
        for attachment in attachments_of(message):
            email.attach(attachment.name, attachment.content, attachment.content_type)
        email.send()
    except Exception as error:  # noqa: BLE001 (whatever is wrong with one message must not stop the others)
        # No trace: the server's answer, and the frames of the mail library, name the recipient.
        logger.warning("message %s was not sent: %s", message.pk, _without_address(error))
        return error
    return None


def _headers(message: Message) -> dict[str, str]:
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _record(message: Message, error: Exception | None) -> None:
    """Write what became of a message that this process was sending."""
    now = timezone.now()
    if error is None:
        outcome = {"state": MessageState.SENT, "sent_at": now, "last_error": ""}
    elif message.attempts < len(BACK_OFF) and not permanent_refusal(error):
        wait = BACK_OFF[message.attempts]
        outcome = {"state": MessageState.QUEUED, "next_attempt_at": now + wait, "last_error": _without_address(error)}
    else:
        outcome = {"state": MessageState.FAILED, "last_error": _without_address(error)}
        logger.error("message %s is given up after %s attempts", message.pk, message.attempts + 1)
    Message.objects.filter(pk=message.pk, state=MessageState.SENDING).update(**outcome)


def _without_address(error: Exception) -> str:
    """Return the class of an error with the server's code: its words may name a person."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((answer[0] for answer in error.recipients.values()), None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _close(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except OSError:
        logger.warning("the connection to the mail server did not close properly")
