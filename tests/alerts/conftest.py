"""Alerts and entries, made directly."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone

from alerts.models import Alert
from alerts.services import following
from outbox.models import Message
from search.models import SearchEntry
from tests.search.conftest import publish_entry

INES = "ines@example.org"


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    """What earlier tests tried does not count against this one."""
    cache.clear()


def make_alert(query: str = "q=formation", days: int = 8, **fields: Any) -> Alert:
    """Return a confirmed alert, last told `days` ago, whose time has come."""
    moment = timezone.now() - timedelta(days=days)
    known = {"asked_at": moment, "confirmed_at": moment, "told_until": moment, "consent_wording": "Oui."}
    known["next_at"] = following(moment, "daily")
    return Alert.objects.create(**{"email": INES, "language": "fr", "query": query, **known, **fields})


def publish_since(title: str, days: float = 1, **fields: Any) -> SearchEntry:
    """Return an entry that appeared `days` ago."""
    entry = publish_entry(title, **fields)
    SearchEntry.objects.filter(pk=entry.pk).update(appeared_at=timezone.now() - timedelta(days=days))
    return entry


def link(name: str, message: Message | None = None) -> str:
    """Return the path of a private link in the last message, or in one."""
    message = message or Message.objects.order_by("-pk")[0]
    word = {"confirm": "/confirm", "change": ("/modifier/", "/change/"), "stop": ("/arreter/", "/stop/")}[name]
    words = (word,) if isinstance(word, str) else word
    return next(
        urlsplit(part).path
        for part in message.text.split()
        if part.startswith("http") and any(w in part for w in words)
    )
