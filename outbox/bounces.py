"""Addresses that a mail server refuses for good, told from a server that refuses everything."""

import re
import smtplib
from collections.abc import Iterable
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from outbox.models import BouncedAddress, Message

# RFC 3463: 5.1 is about the address, 5.2 about the mailbox. 5.7 is the server's policy, which says nothing of either.
ENHANCED_CODE = re.compile(rb"^\s*5\.(\d{1,3})\.\d{1,3}\b")
ABOUT_THE_ADDRESS = frozenset({b"1", b"2"})
# RFC 5321, from servers that give no enhanced code: no such mailbox, not here, not a name.
PLAIN_CODES = frozenset({550, 551, 553})


def permanent_refusal(error: Exception | None) -> str:
    """Return the server's code when it refused the recipient for good, else an empty text.

    Only what it says of the recipient counts: a server that lets nobody through must not mark everybody's address.
    """
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return ""
    for code, words in error.recipients.values():
        answer = words if isinstance(words, bytes) else str(words).encode()
        enhanced = ENHANCED_CODE.match(answer)
        if enhanced and 500 <= code <= 599 and enhanced[1] in ABOUT_THE_ADDRESS:
            return f"{code} {enhanced[0].decode().strip()}"
        if not enhanced and code in PLAIN_CODES:
            return str(code)
    return ""


def mark_bounced(message: Message, code: str) -> None:
    """Write that the recipient of a message was refused for good."""
    values = {"code": code, "message": message, "bounced_at": timezone.now()}
    # The message may have been purged while it was being sent; then the address is not kept either.
    with suppress(IntegrityError), transaction.atomic():
        BouncedAddress.objects.update_or_create(address=message.recipient.lower(), defaults=values)


def bounced(addresses: Iterable[str]) -> set[str]:
    """Return which of these addresses, as they are written here, the mail server refused for good; in one query."""
    by_lower: dict[str, set[str]] = {}
    for address in addresses:
        by_lower.setdefault(address.lower(), set()).add(address)
    found = BouncedAddress.objects.filter(address__in=list(by_lower)).values_list("address", flat=True)
    return {address for lower in found for address in by_lower[lower]}


def with_refusals(messages: QuerySet) -> QuerySet:
    """Say of each message in `is_refused` whether its address is known to be refused."""
    refused = BouncedAddress.objects.filter(address=Lower(OuterRef("recipient")))
    return messages.annotate(is_refused=Exists(refused))


def clear(address: str) -> bool:
    """Forget that an address was refused: somebody knows that it works. Returns whether it was."""
    return bool(BouncedAddress.objects.filter(address=address.lower()).delete()[0])
