"""The rule of the seats: write the counters first, recount from the registrations, decide, write, all in one go."""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Count

from events.enums import BY_APPROVAL_MODES, RegistrationMode
from events.models import Occurrence, SeatCounter
from events.search import date_changed
from events.seats import lock_counters
from registrations.enums import RegistrationState
from registrations.models import Registration
from registrations.querysets import HOLDING
from registrations.services.errors import TooBusy

Result = TypeVar("Result")

ATTEMPTS = 3
# Nobody is tried again once this many seconds have gone: a page that says «busy» is better than one that never comes.
PATIENCE = 10
# On PostgreSQL a visitor waits this long for those before them. SQLite has the like in its settings (`timeout`).
LOCK_TIMEOUT_MS = 5000


@contextmanager
def seat_transaction(occurrence_ids: Iterable[int]) -> Iterator[None]:
    """Open the transaction of a seat change, the counters of its dates held from its first statement on.

    Durable: inside another transaction our waiting and our recount would prove nothing (RuntimeError).
    """
    with transaction.atomic(durable=True):
        _bound_waiting()
        lock_counters(occurrence_ids)
        yield


def _bound_waiting() -> None:
    """Limit the wait for the counters. Reads nothing, so that the recount still sees what others just committed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_TIMEOUT_MS}ms"])


def with_retries(change: Callable[[], Result]) -> Result:
    """Call a seat change again when the database made it wait in vain or let somebody else win.

    Raises TooBusy after the last lock error; an integrity error that comes back each time is a fault of ours, and is
    raised as it is.
    """
    started = time.monotonic()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return change()
        except OperationalError as error:
            if attempt == ATTEMPTS or time.monotonic() - started > PATIENCE:
                raise TooBusy from error
        except IntegrityError:
            # The same key, or the same person, committed meanwhile: the next attempt reads it.
            if attempt == ATTEMPTS:
                raise
        time.sleep(random.uniform(0.05, 0.15) * attempt)  # noqa: S311 (a wait, not a secret)
    raise AssertionError("unreachable")


def seats_taken(occurrence_id: int) -> int:
    """Count the seats of a date, from its registrations."""
    return Registration.objects.filter(occurrence_id=occurrence_id).seated().count()


def free_seats(occurrence: Occurrence) -> int | None:
    """Return the free seats of a date, recounted; None without a limit."""
    if occurrence.capacity is None:
        return None
    return occurrence.capacity - seats_taken(occurrence.pk)


def has_seats_for(occurrence: Occurrence, size: int) -> bool:
    """Tell whether a group that arrives now is seated, all of it or none.

    Free seats are first those of the people who wait, in their order, each group that fits: nobody overtakes them by
    coming later. A group too large for what is free keeps nobody else waiting.
    """
    free = free_seats(occurrence)
    if free is None:
        return True
    for group in Registration.objects.waiting_groups(occurrence.pk):
        if group.size <= free:
            free -= group.size
    return size <= free


def outcome_for(occurrence: Occurrence, size: int) -> RegistrationState:
    """Return what becomes of a group that asks for a date now: confirmed, waiting, or a request to be decided about."""
    mode = occurrence.registration_mode
    if mode == RegistrationMode.BY_APPROVAL:
        return RegistrationState.PENDING
    if not has_seats_for(occurrence, size):
        return RegistrationState.WAITLISTED
    return RegistrationState.PENDING if mode in BY_APPROVAL_MODES else RegistrationState.CONFIRMED


def write_counters(occurrences: Iterable[Occurrence]) -> None:
    """Write what a change left: seats taken, and the capacity as limit.

    Above the capacity (it was lowered below what was taken) the limit comes down with each seat given back, and never
    rises: a seat too many, whatever bug gave it, breaks the counter's check and takes the whole change back.
    """
    for occurrence in occurrences:
        taken = seats_taken(occurrence.pk)
        counter = SeatCounter.objects.filter(occurrence_id=occurrence.pk)
        allowed = capacity = occurrence.capacity
        if capacity is not None:
            taken_before, allowed_before = counter.values_list("taken", "allowed").get()
            ceiling = taken_before if allowed_before is None else allowed_before
            allowed = max(capacity, min(ceiling, taken))
            if (taken_before >= capacity) != (taken >= capacity):
                # Whoever looks for open places finds it, or no longer.
                date_changed(occurrence)
        counter.update(taken=taken, allowed=allowed)


def allow_what_is_taken(occurrence: Occurrence) -> None:
    """Recount a date that changed, its counter held, and allow what is taken when its capacity dropped below."""
    taken = seats_taken(occurrence.pk)
    allowed = None if occurrence.capacity is None else max(occurrence.capacity, taken)
    SeatCounter.objects.filter(occurrence_id=occurrence.pk).update(taken=taken, allowed=allowed)


def wrong_counters() -> list[int]:
    """Return the dates whose counter differs from a recount: none, ever."""
    seated = Registration.objects.filter(HOLDING).order_by().values_list("occurrence_id")
    recount = dict(seated.annotate(number=Count("pk")))
    counters = dict(SeatCounter.objects.values_list("occurrence_id", "taken"))
    return sorted(pk for pk in recount.keys() | counters.keys() if recount.get(pk, 0) != counters.get(pk, 0))
