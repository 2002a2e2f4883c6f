"""What becomes of registrations when the date itself changes: who holds a place, or waits, is told."""

import copy
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from directory.models import Venue
from events.enums import CALLED_OFF, OccurrenceStatus
from events.models import HalfDay, Occurrence
from events.services import CalendarFacts
from registrations.date_log import log_change
from registrations.enums import RegistrationState
from registrations.messages.tellings import Telling
from registrations.messages.writing import tell
from registrations.models import Registration
from registrations.services.steps import move


def follow_calendar(
    sender: object,
    occurrence: Occurrence,
    before: CalendarFacts | None,
    user: AbstractBaseUser | None = None,
    reason: str = "",
    **kwargs: Any,
) -> None:
    """Tell the people of a date that it is called off, or that its day, hours, place or video link changed.

    What was done to the date is logged, also where nobody comes. A date cancelled by us cancels its registrations; one
    that is postponed keeps them. What is past is told to nobody.
    Receiver of `events.signals.occurrence_changed`, inside its transaction, the counter held.
    """
    if before is None:
        return
    log_change(Occurrence.objects.get(pk=occurrence.pk), before, user=user, reason=reason)
    rows = list(Registration.objects.active().filter(occurrence=occurrence).with_people().order_by("pk"))
    if not rows:
        return
    now = rows[0].occurrence
    was = as_it_was(now, before)
    if now.status in CALLED_OFF:
        if before.status != now.status and not was.is_past:
            _call_off(rows, was, reason, user)
    elif not now.is_past:
        tell(Telling("changed", reason=reason, was=was), _concerned(rows, before, CalendarFacts.of(now)))


def as_it_was(occurrence: Occurrence, before: CalendarFacts) -> Occurrence:
    """Return a date with the day, hours and place that it had; its status and sequence are today's."""
    was = copy.copy(occurrence)
    was.day, was.doors, was.video_link = before.day, before.doors, before.video_link
    was.postponed_from = before.postponed_from
    was.venue = Venue.objects.filter(pk=before.venue_id).first() if before.venue_id else None
    was.ordered_half_days = [HalfDay(starts=starts, ends=ends) for starts, ends in before.hours]
    return was


def _call_off(rows: list[Registration], was: Occurrence, reason: str, user: AbstractBaseUser | None) -> None:
    """Tell of a date that is not held, and cancel its registrations unless it is only postponed."""
    before = {row.pk: RegistrationState(row.state) for row in rows}
    if was.status == OccurrenceStatus.CANCELLED:
        for row in rows:
            move(row, RegistrationState.CANCELLED, actor="officer", reason=reason, user=user)
    others = Occurrence.objects.published().for_page(was.page).exclude(pk=was.pk).upcoming().with_details()
    alternatives = tuple(date for date in others if date.is_open_for_registration())
    tell(Telling("called_off", before, reason, was, alternatives), rows)


def _concerned(rows: list[Registration], before: CalendarFacts, after: CalendarFacts) -> list[Registration]:
    """Return those whom a change concerns: the video link, those who take part; the rest, everybody.

    A date that is confirmed where it was tentative changes for nobody; one that is held after all, for everybody.
    """
    is_back = before.status in CALLED_OFF
    public_before = before._replace(video_link="", status="")
    if is_back or public_before != after._replace(video_link="", status=""):
        return rows
    return [row for row in rows if row.takes_part] if before.video_link != after.video_link else []
