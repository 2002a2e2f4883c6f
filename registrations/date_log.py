"""What becomes of a date itself: cancelled, postponed, given another day. Logged each time, also when nobody comes."""

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry

from events.enums import CALLED_OFF, OccurrenceStatus
from events.models import Occurrence
from events.services import CalendarFacts
from portal.dates import written

CANCELLED, POSTPONED, NEW_DATE = "registrations.cancel_date", "registrations.postpone_date", "registrations.new_date"
MAX_REASON = 300
# What is older stays in the history of the date.
MOST_ROWS = 100


def log_change(
    now: Occurrence, before: CalendarFacts, *, user: AbstractBaseUser | None = None, reason: str = ""
) -> None:
    """Log what was done to a date, if it is one of these: the days before and after, and the officer's own words."""
    action = _action(now, before)
    if action:
        days = {"old": _iso(before.day or before.postponed_from), "new": _iso(now.day)}
        log(instance=now, action=action, user=user, data={**days, "reason": reason.strip()[:MAX_REASON]})


def _action(now: Occurrence, before: CalendarFacts) -> str:
    if now.status in CALLED_OFF:
        if before.status == now.status:
            return ""
        return CANCELLED if now.status == OccurrenceStatus.CANCELLED else POSTPONED
    after = CalendarFacts.of(now)
    is_other = (before.day, before.hours, before.venue_id) != (after.day, after.hours, after.venue_id)
    return NEW_DATE if is_other or before.status in CALLED_OFF else ""


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def changes_of(occurrence: Occurrence) -> QuerySet:
    """Return the entries about what was done to a date, the latest first."""
    entries = ModelLogEntry.objects.for_instance(occurrence).filter(action__in=[CANCELLED, POSTPONED, NEW_DATE])
    return entries.select_related("user").order_by("-timestamp", "-pk")[:MOST_ROWS]


def told(data: dict[str, str], action: str) -> str:
    """Return in words what an entry says was done, without its reason."""
    old, new = (_day(data.get(name, "")) for name in ("old", "new"))
    if action == CANCELLED:
        return _("Date cancelled (%(old)s)") % {"old": old}
    if action == POSTPONED:
        return _("Date postponed (%(old)s), the new day to come") % {"old": old}
    if old == new:
        return _("Hours or place changed (%(new)s)") % {"new": new}
    return _("New day: %(old)s → %(new)s") % {"old": old, "new": new}


def _day(text: str) -> str:
    return written(datetime.date.fromisoformat(text)) if text else _("date to be confirmed")


class DateFormatter(LogFormatter):
    """An entry in the history of a date: what was done, and why."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Return both in one sentence."""
        what, reason = told(log_entry.data, log_entry.action), log_entry.data.get("reason", "")
        return _("%(what)s. Reason: %(reason)s") % {"what": what, "reason": reason} if reason else what


class CancelFormatter(DateFormatter):
    """A date that was cancelled."""

    label = gettext_lazy("Cancel a date")


class PostponeFormatter(DateFormatter):
    """A date that was postponed."""

    label = gettext_lazy("Postpone a date")


class NewDateFormatter(DateFormatter):
    """A date that was given another day."""

    label = gettext_lazy("Give a date a new day")


FORMATTERS = {CANCELLED: CancelFormatter, POSTPONED: PostponeFormatter, NEW_DATE: NewDateFormatter}
