"""What is written to the people of a date around its day: reminder, joining instructions, documents, thanks.

A job writes at nine in the morning, in the centre's time whatever the season. Each message names the day that it is
about, so that it leaves once; a date that moves to another day is told of again.
"""

import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from events.enums import OccurrenceStatus
from events.models import Occurrence
from events.models.occurrences import ZONE
from outbox.models import Message
from registrations.enums import RegistrationState
from registrations.messages.tellings import Telling, readers_of
from registrations.messages.writing import tell, told_already, write_to
from registrations.models import Registration, Transition

AT = datetime.time(9)
# A site that rested catches up; it thanks nobody for what was held longer ago than this.
LATEST_THANKS = datetime.timedelta(days=7)
# A second click on «send again» sends nothing.
A_MOMENT = datetime.timedelta(minutes=10)
ONE_DAY = datetime.timedelta(days=1)


def write_what_is_due() -> int:
    """Write the messages whose moment has come; return how many. Called again and again, it writes each once."""
    return write_reminders() + write_joining_instructions() + write_thanks()


def write_reminders() -> int:
    """Remind those who hold a place of the dates ahead. Who came to hold it later than that was told of it then."""
    written = 0
    for occurrence, moment in _soon(settings.REGISTRATION_REMINDER_DAYS):
        seated = Transition.objects.filter(
            registration=OuterRef("pk"), to_state=RegistrationState.CONFIRMED, at__lt=moment
        )
        written += tell(_telling("reminder", occurrence), _people_of(occurrence).filter(Exists(seated)))
    return written


def write_joining_instructions() -> int:
    """Send the joining instructions of the dates ahead, also to those who come to hold a place meanwhile."""
    return sum(
        tell(_telling("joining_instructions", occurrence), _people_of(occurrence))
        for occurrence, _moment in _soon(settings.REGISTRATION_JOINING_DAYS)
    )


def write_thanks() -> int:
    """Thank those who held a place, the day after."""
    today = timezone.localdate()
    held = Occurrence.objects.filter(
        status=OccurrenceStatus.SCHEDULED, day__gte=today - LATEST_THANKS, day__lte=today - ONE_DAY
    )
    now = timezone.now()
    return sum(
        tell(_telling("thanks", occurrence), _people_of(occurrence))
        for occurrence in held
        if occurrence.day and _at_nine(occurrence.day + ONE_DAY) <= now
    )


def send_joining_instructions(occurrence: Occurrence, user: AbstractBaseUser | None = None, again: bool = False) -> int:
    """Send the joining instructions of a date now, to those who have not received them; return how many messages.

    With `again` the others receive them once more too, unless they did a moment ago. The clock sends nothing twice.
    """
    return _send("joining_instructions", occurrence, user, again)


def announce_documents(occurrence: Occurrence, user: AbstractBaseUser | None = None, again: bool = False) -> int:
    """Tell those who hold a place that the documents of a date are there; `again` as above."""
    return _send("documents_available", occurrence, user, again)


def _send(event: str, occurrence: Occurrence, user: AbstractBaseUser | None, again: bool) -> int:
    rows = list(_people_of(occurrence))
    first = _telling(event, occurrence)
    readers = readers_of(first, rows)
    told = told_already(readers)
    written = write_to(first, [reader for reader in readers if reader.key not in told])
    if again:
        now = timezone.now()
        once_more = Telling(event, again=f"{first.again}+{now:%Y%m%d%H%M}")
        lately = Message.objects.filter(kind=once_more.kind_of(rows), created_at__gt=now - A_MOMENT)
        received = set(lately.values_list("about_id", "recipient"))
        pairs = zip(readers, readers_of(once_more, rows), strict=True)
        repeated = [reader for original, reader in pairs if original.key in told]
        written += write_to(
            once_more, [reader for reader in repeated if (reader.booking.pk, reader.email) not in received]
        )
    if user is not None:
        log(instance=occurrence, action="registrations.written", user=user, data={"event": event, "count": written})
    return written


def _telling(event: str, occurrence: Occurrence) -> Telling:
    return Telling(event, again=str(occurrence.day or ""))


def _people_of(occurrence: Occurrence) -> QuerySet:
    """Return the registrations of those who take part."""
    rows = Registration.objects.filter(occurrence=occurrence, state=RegistrationState.CONFIRMED)
    return rows.with_people().order_by("pk")


def _at_nine(day: datetime.date) -> datetime.datetime:
    """Return nine in the morning of a day, in the centre's time."""
    return datetime.datetime.combine(day, AT, tzinfo=ZONE)


def _soon(days: int) -> list[tuple[Occurrence, datetime.datetime]]:
    """Return the dates ahead for which nine in the morning, some days before, has passed; each with that moment.

    A negative number of days means never.
    """
    if days < 0:
        return []
    today, now = timezone.localdate(), timezone.now()
    before = datetime.timedelta(days=days)
    ahead = Occurrence.objects.filter(
        status=OccurrenceStatus.SCHEDULED, day__gte=today, day__lte=today + before
    ).prefetch_related("half_days")
    moments = [(occurrence, _at_nine(occurrence.day - before)) for occurrence in ahead if occurrence.day]
    return [
        (occurrence, moment)
        for occurrence, moment in moments
        if moment <= now and (not occurrence.has_hours or (occurrence.starts_at or now) > now)
    ]
