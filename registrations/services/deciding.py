"""What becomes of registrations after they were made: cancelled, accepted, not accepted."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils import timezone

from events.models import Occurrence
from registrations.enums import SEATED, TRANSITIONS, RegistrationState
from registrations.messages import write_messages
from registrations.models import Registration, Transition
from registrations.services.errors import NoSeatLeft, NotAllowed
from registrations.services.seats import free_seats, seat_transaction, with_retries, write_counters

MAX_REASON = 300


def cancel(
    registrations: Iterable[Registration], *, actor: str, reason: str = "", user: User | None = None
) -> list[Registration]:
    """Cancel registrations, give their seats back and write the messages; return those that were active until now.

    Asked twice, the second time changes nothing. Raises TooBusy. Nobody is promoted from the waiting list here.
    """
    return _change(registrations, RegistrationState.CANCELLED, "cancelled", actor, reason, user, final_is_fine=True)


def accept(
    registrations: Iterable[Registration], *, actor: str, reason: str = "", user: User | None = None
) -> list[Registration]:
    """Give a seat to people whose request waits for approval, or who are on the waiting list.

    Raises NoSeatLeft when all of them do not fit, NotAllowed for a registration in another state, TooBusy.
    """
    return _change(registrations, RegistrationState.CONFIRMED, "accepted", actor, reason, user)


def reject(
    registrations: Iterable[Registration], *, actor: str, reason: str = "", user: User | None = None
) -> list[Registration]:
    """Refuse requests that wait for approval. Raises NotAllowed for a registration in another state, TooBusy."""
    return _change(registrations, RegistrationState.REJECTED, "rejected", actor, reason, user)


def _change(
    registrations: Iterable[Registration],
    to_state: RegistrationState,
    event: str,
    actor: str,
    reason: str,
    user: User | None,
    final_is_fine: bool = False,
) -> list[Registration]:
    """Bring registrations to a state in one seat transaction, with their history and messages; return those changed."""
    asked = list(registrations)
    ids = [registration.pk for registration in asked]
    occurrence_ids = {registration.occurrence_id for registration in asked}

    def once() -> list[Registration]:
        with seat_transaction(occurrence_ids):
            rows = list(Registration.objects.filter(pk__in=ids).with_people().order_by("pk"))
            if final_is_fine:
                rows = [row for row in rows if row.is_active]
            occurrences = list(Occurrence.objects.filter(pk__in=occurrence_ids).with_details())
            before = {row.pk: RegistrationState(row.state) for row in rows}
            if to_state in SEATED:
                _require_seats(occurrences, rows)
            for row in rows:
                _move(row, to_state, actor, reason, user)
            write_counters(occurrences)
            write_messages(event, rows, before, reason)
            return rows

    return with_retries(once)


def _require_seats(occurrences: list[Occurrence], rows: list[Registration]) -> None:
    """Raise NoSeatLeft unless each date has a free seat for each of those about to be seated."""
    for occurrence in occurrences:
        free = free_seats(occurrence)
        wanted = sum(row.occurrence_id == occurrence.pk and not row.holds_seat for row in rows)
        if free is not None and wanted > free:
            raise NoSeatLeft


def _move(row: Registration, to_state: RegistrationState, actor: str, reason: str, user: User | None) -> None:
    """Write one step of a registration, as the table of transitions allows."""
    from_state = RegistrationState(row.state)
    if to_state not in TRANSITIONS[from_state]:
        raise NotAllowed(f"{from_state} → {to_state}")
    row.state = to_state
    row.save(update_fields=["state"])
    Transition.objects.create(
        registration=row,
        from_state=from_state,
        to_state=to_state,
        actor=actor,
        user=user,
        reason=reason[:MAX_REASON],
        at=timezone.now(),
    )
