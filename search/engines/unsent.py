"""What Elasticsearch has yet to learn: noted with the change itself, sent after the commit, kept while it is away."""

import logging
from collections.abc import Iterable

from django.db import transaction
from elasticsearch import ApiError, TransportError
from elasticsearch.helpers import BulkIndexError

from search.engines import breaker
from search.engines.elastic import ElasticsearchEngine, NotBuilt
from search.models import SearchEntry, UnsentChange

logger = logging.getLogger(__name__)

BATCH = 500


def note(entry_ids: Iterable[int]) -> None:
    """Note entries that changed, or are about to be deleted, in the transaction in progress; send them after it."""
    versions = dict(SearchEntry.objects.filter(pk__in=list(entry_ids)).values_list("pk", "version"))
    UnsentChange.objects.bulk_create(UnsentChange(entry_id=pk, version=number) for pk, number in versions.items())
    transaction.on_commit(send_now, robust=True)


def send_now() -> None:
    """Send what waits, unless Elasticsearch is known to be away: the clock's job tries again."""
    if not breaker.is_open():
        send()


def send() -> int:
    """Send what waits; return how many changes were sent. While Elasticsearch is away they stay."""
    sent = 0
    try:
        while changes := list(UnsentChange.objects.order_by("pk")[:BATCH]):
            _send(changes)
            UnsentChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
            sent += len(changes)
    except (ApiError, TransportError, NotBuilt) as error:
        breaker.opened(error)
    return sent


def _send(changes: list[UnsentChange]) -> None:
    try:
        _write(changes)
    except BulkIndexError as refused:
        # Sending it again would change nothing, and hold up what comes behind: `search_check` finds what is wrong.
        logger.error("Elasticsearch refuses %d of %d entries", len(refused.errors), len(changes))  # noqa: TRY400


def _write(changes: list[UnsentChange]) -> None:
    engine = ElasticsearchEngine()
    keys = {change.entry_id for change in changes}
    rows = list(SearchEntry.objects.filter(pk__in=keys).prefetch_related("facets"))
    engine.index(row for row in rows if row.is_searched)
    there = {row.pk for row in rows}
    engine.forget((change.entry_id, change.version + 1) for change in changes if change.entry_id not in there)
