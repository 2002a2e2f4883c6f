"""A date that does not take place as announced: cancelled, postponed, or held on another day."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from directory.models import Venue
from events.enums import CALLED_OFF, OccurrenceStatus
from events.models import HalfDay, Occurrence
from events.services import save_occurrence
from portal.dates import same_hour
from registrations.services.errors import NotAllowed
from registrations.services.seats import with_retries

Hours = tuple[datetime.time, datetime.time]


@dataclass(frozen=True)
class NewDate:
    """When and where a date is held from now on. Without `hours` these are still to be announced.

    `moves_window`: the hours when registration opens and closes, where the date has its own, move as many days.
    """

    day: datetime.date
    hours: Hours | None
    venue: Venue | None
    moves_window: bool = True

    def is_that_of(self, occurrence: Occurrence) -> bool:
        """Tell whether a date is held then and there already."""
        there = occurrence.venue_id == (self.venue.pk if self.venue else None)
        return occurrence.day == self.day and there and hours_of(occurrence) == self.hours

    def write_to(self, occurrence: Occurrence) -> None:
        """Write day, hours, place and window to a date, unsaved; one that was postponed is scheduled again."""
        before = occurrence.day or occurrence.postponed_from
        if self.moves_window and before:
            _move_window(occurrence, (self.day - before).days)
        if self.hours != hours_of(occurrence):
            _write_hours(occurrence, self.hours)
        occurrence.day, occurrence.venue = self.day, self.venue
        if occurrence.status == OccurrenceStatus.POSTPONED:
            occurrence.status = OccurrenceStatus.SCHEDULED


def hours_of(occurrence: Occurrence) -> Hours | None:
    """Return from when until when a date is held, be its day known or not; None where nobody knows."""
    rows = occurrence.ordered_half_days
    return (rows[0].starts, rows[-1].ends) if rows else None


def _move_window(occurrence: Occurrence, days: int) -> None:
    """Move what a date says of its registration; what has opened stays open."""
    opens = occurrence.registration_opens
    if opens and opens > timezone.now():
        occurrence.registration_opens = same_hour(opens, days)
    occurrence.registration_closes = same_hour(occurrence.registration_closes, days)


def _write_hours(occurrence: Occurrence, hours: Hours | None) -> None:
    """Write when a date begins and ends: the break between two half-days stays where it still lies between."""
    rows, before = occurrence.ordered_half_days, hours_of(occurrence)
    pairs = [(row.starts, row.ends) for row in rows]
    if hours is None:
        pairs = []
    elif len(pairs) > 1 and hours[0] < pairs[0][1] and hours[1] > pairs[-1][0]:
        pairs = [(hours[0], pairs[0][1]), *pairs[1:-1], (pairs[-1][0], hours[1])]
    else:
        pairs = [hours]
    occurrence.half_days = [HalfDay(starts=starts, ends=ends) for starts, ends in pairs]
    occurrence.doors = _moved_doors(occurrence.doors, before, hours)


def _moved_doors(doors: datetime.time | None, before: Hours | None, hours: Hours | None) -> datetime.time | None:
    """Return the hour of welcome as long before the beginning as it was; None where that is no longer known."""
    if doors is None or before is None or hours is None:
        return None
    some_day = datetime.date(2000, 1, 2)
    ahead = datetime.datetime.combine(some_day, before[0]) - datetime.datetime.combine(some_day, doors)
    moved = datetime.datetime.combine(some_day, hours[0]) - ahead
    return moved.time() if moved.date() == some_day else None


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


def give_new_date(occurrence_id: int, new: NewDate, *, reason: str = "", user: User | None = None) -> Occurrence:
    """Hold a date on another day, be it postponed or not: everybody keeps their place, and is told; return it.

    Raises NotAllowed for a date that is cancelled or past, meanwhile perhaps; TooBusy; RuntimeError inside another
    transaction.
    """

    def once() -> Occurrence:
        occurrence = Occurrence.objects.get(pk=occurrence_id)

        def save() -> None:
            # Its counter is held by now: nobody else changes it at the same time.
            occurrence.refresh_from_db()
            if occurrence.status == OccurrenceStatus.CANCELLED or occurrence.is_past:
                raise NotAllowed("cancelled or past")
            new.write_to(occurrence)
            occurrence.save()

        save_occurrence(occurrence, user, save=save, reason=reason)
        return Occurrence.objects.get(pk=occurrence_id)

    return with_retries(once)
