"""One step of one registration, as the table of transitions allows, with its history."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils import timezone

from registrations.enums import TRANSITIONS, HistoryEvent, RegistrationState
from registrations.models import Registration, Transition
from registrations.services.errors import NotAllowed

MAX_REASON = 300


def move(
    row: Registration,
    to_state: RegistrationState,
    *,
    actor: str,
    reason: str = "",
    user: User | None = None,
    is_late: bool = False,
    event: str = "",
) -> None:
    """Bring a registration to a state, inside a seat transaction. Raises NotAllowed where the table does not lead.

    `is_late`: a place is given back after visitors could do so by themselves.
    """
    from_state = RegistrationState(row.state)
    if to_state not in TRANSITIONS[from_state]:
        raise NotAllowed(f"{from_state} → {to_state}")
    row.state = to_state
    row.save(update_fields=["state", "offer"])
    Transition.objects.create(
        registration=row,
        from_state=from_state,
        to_state=to_state,
        event=event,
        actor=actor,
        user=user,
        reason=reason[:MAX_REASON],
        at=timezone.now(),
        is_late=is_late,
    )


def note(
    rows: Iterable[Registration], event: HistoryEvent, *, actor: str, user: User | None = None, reason: str = ""
) -> None:
    """Write in the history of registrations what was done while their state stays: who, when, why, and no detail."""
    now = timezone.now()
    Transition.objects.bulk_create(
        Transition(
            registration=row,
            from_state=row.state,
            to_state=row.state,
            event=event,
            actor=actor,
            user=user,
            reason=reason[:MAX_REASON],
            at=now,
        )
        for row in rows
    )
