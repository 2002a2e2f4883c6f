"""Messages as the admin shows them: whoever reads them there does not get the secrets of those they were written to."""

import re
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from outbox.models import Message

ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
# What our addresses call the part that opens something to whoever has it.
SECRETS = frozenset({"token", "secret"})
HIDDEN = "•••"


def masked(text: str, language: str) -> str:
    """Return a text whose addresses of ours show no secret; the message itself stays whole."""
    return ADDRESS.sub(lambda found: _masked_address(found[0], language), text)


def _masked_address(address: str, language: str) -> str:
    try:
        path = urlsplit(address.rstrip(".,;:)")).path
        with override(get_language_from_path(path) or language):
            named = resolve(path).kwargs
    except (ValueError, Resolver404):
        return address
    for name in SECRETS & named.keys():
        address = address.replace(str(named[name]), HIDDEN)
    return address


def masked_text(message: Message) -> str:
    """Return the text of a message as the admin shows it."""
    return masked(message.text, message.language)


def masked_html(message: Message) -> str:
    """Return the formatted text of a message as the admin shows it."""
    return masked(message.html, message.language)
