"""The calendar of a person: the dates where they take part, and for a while those where they no longer do."""

import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, override
from icalendar import Calendar

from events.calendar import calendar_of
from events.models import Occurrence
from registrations.enums import RegistrationState
from registrations.models import Registration

# How long a date that is given back stays in the calendar as cancelled: programs that ask once a month see it too.
CANCELLED_FOR = datetime.timedelta(days=30)


def feed_of(key: str, language: str) -> bytes:
    """Return the calendar of a person, by their key, in a language: confirmed dates with their video links.

    A date that they gave back, or that was taken from them, stays as CANCELLED for 30 days, without its link.
    """
    rows = list(Registration.objects.filter(person_key=key).with_people().order_by("occurrence__day", "pk"))
    mine = {row.occurrence_id: row.occurrence for row in rows if row.takes_part}
    gone = _gone([row for row in rows if row.occurrence_id not in mine])
    with override(language):
        name = gettext("My registrations")
    calendar = Calendar.from_ical(calendar_of(mine.values(), language, name=name, with_video_link=True))
    for event in Calendar.from_ical(calendar_of(gone, language)).walk("VEVENT"):
        event["STATUS"] = "CANCELLED"
        calendar.add_component(event)
    return calendar.to_ical()


def _gone(rows: list[Registration]) -> list[Occurrence]:
    """Return the dates where a place was given back within 30 days; waiting and asking never were in the calendar."""
    since = timezone.now() - CANCELLED_FOR
    left = Registration.objects.filter(
        pk__in=[row.pk for row in rows], transitions__from_state=RegistrationState.CONFIRMED
    ).annotate(left_at=Max("transitions__at"))
    keys = set(left.filter(left_at__gte=since).values_list("pk", flat=True))
    return list({row.occurrence_id: row.occurrence for row in rows if row.pk in keys}.values())
