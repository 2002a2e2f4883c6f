"""What is new in a search since it was last told, in one message: nothing new, no message."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from alerts.messages import write_digest
from alerts.models import Alert, asks_for_what_is_gone
from alerts.services import following
from search.following import found_keys
from search.hits import hits
from search.models import SearchEntry
from search.query import Query

logger = logging.getLogger(__name__)

# An entry is dated when it is written, and seen once its transaction ends; an engine elsewhere learns of it after that.
# What is younger than this waits for the next message: nothing is passed over.
SETTLED = timedelta(minutes=10)
SHOWN = 20


@dataclass(frozen=True)
class News:
    """What is new in a search: the query as it was read, the keys of the entries, the newest first."""

    query: Query | None = None
    keys: tuple[int, ...] = ()


def send_digests() -> int:
    """Write to those whose time has come and whose search has news; return how many messages were written.

    An alert that fails is logged without its address, and stops no other.
    """
    written = 0
    for alert in Alert.objects.confirmed().filter(next_at__lte=timezone.now()).order_by("next_at", "pk"):
        try:
            written += send_digest(alert)
        except Exception:
            logger.exception("the digest of alert %s could not be written", alert.pk)
    return written


def send_digest(alert: Alert) -> bool:
    """Write the digest of one alert; return whether there was one to write.

    The search is asked first; then one transaction takes the alert, reads what was found again and writes the message:
    of two processes one takes it, and what is no longer public by then is not told.
    """
    until = max(timezone.now() - SETTLED, alert.told_until)
    with override(alert.language):
        news = news_of(alert, until)
        with transaction.atomic():
            if not claim(alert, until):
                return False
            shown = hits(news.keys[:SHOWN], news.query) if news.query else []
            if shown:
                write_digest(alert, shown, len(news.keys))
    return bool(shown)


def news_of(alert: Alert, until: datetime) -> News:
    """Return what a search finds that appeared after what was told last, until a moment."""
    criteria = alert.criteria
    fresh = SearchEntry.objects.filter(
        language=criteria.language, appeared_at__gt=alert.told_until, appeared_at__lte=until
    )
    if asks_for_what_is_gone(alert.query, criteria) or not fresh.exists():
        return News()
    query, found = found_keys(criteria.request(count_facets=()))
    matching = set(found)
    ordered = fresh.order_by("-appeared_at", "-pk").values_list("pk", flat=True)
    return News(query, tuple(pk for pk in ordered if pk in matching))


def claim(alert: Alert, until: datetime) -> bool:
    """Take an alert as it was read; False when another process took it, or its holder changed or stopped it."""
    next_at = following(timezone.now(), alert.frequency)
    mine = Alert.objects.confirmed().filter(pk=alert.pk, next_at=alert.next_at, told_until=alert.told_until)
    return bool(mine.update(told_until=until, next_at=next_at))
