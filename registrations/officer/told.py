"""What was written to people, and what became of them: as the screens of a date and of a booking show it."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Occurrence
from outbox.models import Message
from registrations.date_log import changes_of
from registrations.date_log import told as told_of_date
from registrations.enums import ABOUT_BOOKING
from registrations.models import Booking, Transition

# More than a date ever has; what is older stays in the list of messages.
MOST_ROWS = 500
# Who acts without an account.
ACTORS = {
    "contact": gettext_lazy("the contact"),
    "participant": gettext_lazy("the participant"),
    "referent": gettext_lazy("the referent of the organisation"),
    "clock": gettext_lazy("the site, when the time came"),
    "officer": gettext_lazy("the team"),
}
# Messages written before they named their dates: the key of those about one date does.
OF_DATE = re.compile(r":o(\d+)(?::|$)", re.ASCII)


@dataclass(frozen=True)
class Written:
    """A message and, where its booking is for several dates, whether it tells of more than one of them."""

    message: Message
    scope: str


@dataclass(frozen=True)
class Step:
    """What happened: to somebody for a date (`transition`, of the first where it is told of the whole booking), or to
    the date itself."""

    at: datetime.datetime
    told: str
    who: str
    reason: str
    transition: Transition | None = None

    @property
    def is_about_booking(self) -> bool:
        """True where it was done to the whole booking."""
        return self.transition is not None and self.transition.event in ABOUT_BOOKING


def messages_about(bookings: Iterable[int] | QuerySet) -> QuerySet:
    """Return the messages about bookings, by their keys, the latest first."""
    kind = ContentType.objects.get_for_model(Booking)
    about = Message.objects.filter(about_type=kind, about_id__in=bookings)
    return about.only(
        *("kind", "recipient", "state", "subject", "created_at", "sent_at", "last_error", "key", "parts", "about_id")
    )


def messages_of_booking(booking: Booking) -> list[Written]:
    """Return the messages about a booking, the latest first."""
    rows = messages_about([booking.pk])[:MOST_ROWS]
    is_wide = bool(_with_several_dates([booking.pk]))
    return [Written(message, _scope(dates_of(message)) if is_wide else "") for message in rows]


def messages_of_date(shown: Occurrence) -> list[Written]:
    """Return the messages about a date or about bookings of it as a whole, the latest first."""
    bookings = Booking.objects.filter(participants__registrations__occurrence=shown).values("pk")
    wide, found = _with_several_dates(bookings), []
    for message in messages_about(bookings):
        dates = dates_of(message)
        if not dates or shown.pk in dates:
            found.append(Written(message, _scope(dates) if message.about_id in wide else ""))
    return found[:MOST_ROWS]


def _with_several_dates(bookings: Iterable[int] | QuerySet) -> set[int]:
    """Return the keys of those of some bookings that are for more than one date."""
    rows = Booking.objects.filter(pk__in=bookings).order_by()
    dates = rows.annotate(dates=Count("participants__registrations__occurrence", distinct=True))
    return set(dates.filter(dates__gt=1).values_list("pk", flat=True))


def dates_of(message: Message) -> set[int]:
    """Return the keys of the dates that a message is about; none for a booking as a whole."""
    named = OF_DATE.search(message.key or "")
    return set(message.parts) or ({int(named[1])} if named else set())


def _scope(dates: set[int]) -> str:
    if not dates:
        return _("the whole booking")
    return _("several dates") if len(dates) > 1 else ""


def steps_of_date(shown: Occurrence) -> list[Step]:
    """Return what became of a date and of its registrations, the latest first."""
    steps = [*_steps_of_itself(shown), *_steps(Transition.objects.filter(registration__occurrence=shown))]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _steps_of_itself(shown: Occurrence) -> Iterator[Step]:
    for entry in changes_of(shown):
        told = told_of_date(entry.data, entry.action)
        yield Step(entry.timestamp, told, entry.user_display_name, entry.data.get("reason", ""))


def steps_of_booking(booking: Booking) -> list[Step]:
    """Return what became of a booking, the latest first; what was done to all of it is told once."""
    told: set[tuple[str, datetime.datetime]] = set()
    found = []
    for step in _steps(Transition.objects.filter(registration__participant__booking=booking)):
        once = (step.told, step.at)
        if not step.is_about_booking or once not in told:
            found.append(step)
            told.add(once)
    return found


def _steps(transitions: QuerySet) -> Iterator[Step]:
    rows = transitions.select_related("registration__participant", "registration__occurrence__page", "user")
    for row in rows.order_by("-at", "-pk")[:MOST_ROWS]:
        who = row.user.get_full_name() or row.user.username if row.user else str(ACTORS.get(row.actor, row.actor))
        yield Step(row.at, row.told, who, row.reason, row)
