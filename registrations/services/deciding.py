"""What becomes of registrations after they were made: cancelled, accepted, not accepted."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from events.models import Occurrence
from registrations.enums import SEATED, RegistrationState
from registrations.messages.writing import write_messages
from registrations.models import Registration
from registrations.services.errors import NoSeatLeft
from registrations.services.seats import free_seats, with_retries
from registrations.services.steps import move
from registrations.services.waiting import seat_change


def cancel(
    registrations: Iterable[Registration], *, actor: str, reason: str = "", user: User | None = None
) -> list[Registration]:
    """Cancel registrations, give their seats back and write the messages; return those that were active until now.

    What becomes free is offered to who waits. Asked twice, the second time changes nothing. Raises TooBusy.
    """
    return _change(registrations, RegistrationState.CANCELLED, "cancelled", actor, reason, user, final_is_fine=True)


def accept(
    registrations: Iterable[Registration], *, actor: str, reason: str = "", user: User | None = None
) -> list[Registration]:
    """Give a seat to people whose request waits for approval, who wait, or who have not answered an offer yet.

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
        with seat_change(occurrence_ids):
            rows = list(Registration.objects.filter(pk__in=ids).with_people().order_by("pk"))
            if final_is_fine:
                rows = [row for row in rows if row.is_active]
            before = {row.pk: RegistrationState(row.state) for row in rows}
            if to_state in SEATED:
                _require_seats(occurrence_ids, rows)
            for row in rows:
                is_late = to_state == RegistrationState.CANCELLED and row.takes_part and not row.may_be_cancelled
                move(row, to_state, actor=actor, reason=reason, user=user, is_late=is_late)
            write_messages(event, rows, before, reason)
            return rows

    return with_retries(once)


def _require_seats(occurrence_ids: Iterable[int], rows: list[Registration]) -> None:
    """Raise NoSeatLeft unless each date has a free seat for each of those about to be seated."""
    if not all(fit(occurrence, rows) for occurrence in Occurrence.objects.filter(pk__in=list(occurrence_ids))):
        raise NoSeatLeft


def fit(occurrence: Occurrence, rows: Iterable[Registration]) -> bool:
    """Tell whether a date has a free seat for each of those who have none there yet."""
    free = free_seats(occurrence)
    wanted = sum(row.occurrence_id == occurrence.pk and not row.holds_seat for row in rows)
    return free is None or wanted <= free
