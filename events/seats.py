"""The first statement of whatever changes seats: write the counters, in key order, then read."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import F

from events.models import SeatCounter


def lock_counters(occurrence_ids: Iterable[int]) -> None:
    """Hold the seat counters of occurrences until the transaction ends, by writing them in key order.

    A write, not a read: the next one waits for us on PostgreSQL (READ COMMITTED) and on SQLite alike, and then sees
    what we did. Key order, so that two bookings over the same occurrences never wait for each other. Raises
    RuntimeError outside a transaction, where it would hold nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("lock_counters() holds nothing outside a transaction.")
    for occurrence_id in sorted(set(occurrence_ids)):
        if not SeatCounter.objects.filter(occurrence_id=occurrence_id).update(taken=F("taken")):
            SeatCounter.objects.bulk_create([SeatCounter(occurrence_id=occurrence_id)], ignore_conflicts=True)
            SeatCounter.objects.filter(occurrence_id=occurrence_id).update(taken=F("taken"))
