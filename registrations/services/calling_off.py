"""A date that does not take place as announced."""

from django.contrib.auth.models import User

from events.enums import CALLED_OFF, OccurrenceStatus
from events.models import Occurrence
from events.services import save_occurrence
from registrations.services.seats import with_retries


def call_off(occurrence_id: int, status: OccurrenceStatus, *, reason: str = "", user: User | None = None) -> None:
    """Cancel or postpone a date: its registrations and messages follow in the same transaction, all of it or nothing.

    What follows is `registrations.changes`: a date that is cancelled cancels its registrations, one that is postponed
    keeps them. Raises ValueError for another status, TooBusy, and RuntimeError inside another transaction.
    """
    if status not in CALLED_OFF:
        raise ValueError(f"{status} does not call a date off.")

    def once() -> None:
        occurrence = Occurrence.objects.get(pk=occurrence_id)
        occurrence.status = status
        save_occurrence(occurrence, user, save=lambda: occurrence.save(update_fields=["status"]), reason=reason)

    with_retries(once)
