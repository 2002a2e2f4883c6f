"""Registrations of one booking as pages and messages tell them: date by date, person by person."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from wagtail.models import Page

from events.amounts import Price, total
from events.documents import reserved_documents
from events.models import Occurrence, PageDocument
from portal.languages import versions_in
from registrations.enums import RegistrationState
from registrations.models import Offer, Registration


@dataclass(frozen=True)
class Line:
    """One registration: whose it is, where it stands, and the rank on the waiting list while it waits."""

    registration: Registration
    position: int | None = None

    @property
    def name(self) -> str:
        """First and last name of the participant."""
        return self.registration.participant.name


@dataclass
class DateLines:
    """A date with its registrations. `page` is in the language asked for where it exists, else the French one."""

    occurrence: Occurrence
    page: Page
    lines: list[Line] = field(default_factory=list)
    # What the page hands to those who hold a place; filled in by `with_documents`.
    documents: list[PageDocument] = field(default_factory=list)

    @property
    def page_language(self) -> str:
        """Language code of the page's text."""
        return self.page.locale.language_code

    @property
    def has_seat(self) -> bool:
        """True when somebody takes part: they may read the private video link. An offer is no seat yet."""
        return any(line.registration.takes_part for line in self.lines)

    @property
    def offer(self) -> Offer | None:
        """The offer that still waits for an answer."""
        offers = (
            line.registration.offer for line in self.lines if line.registration.state == RegistrationState.OFFERED
        )
        return next((offer for offer in offers if offer and offer.is_open), None)

    @property
    def has_lapsed_offer(self) -> bool:
        """True between the deadline of an offer and the moment when the clock says so."""
        return self.offer is None and any(line.registration.state == RegistrationState.OFFERED for line in self.lines)

    @property
    def waiting(self) -> int:
        """How many wait: together, when there are several."""
        return sum(line.registration.state == RegistrationState.WAITLISTED for line in self.lines)

    @property
    def cancel_until(self) -> datetime.datetime | None:
        """Until when a place on this date is given back here, where somebody holds one; None while nobody knows."""
        rows = [line.registration for line in self.lines if line.registration.takes_part]
        return rows[0].cancel_until if rows else None

    @property
    def is_too_late(self) -> bool:
        """True between that deadline and the end of the date: one writes to the centre."""
        return bool(self.cancel_until and self.cancel_until <= timezone.now() and not self.occurrence.is_past)


@dataclass(frozen=True)
class Read:
    """What descriptions of registrations need: pages in a language by key of the French one, ranks on waiting lists."""

    pages: dict[int, Page]
    positions: dict[int, int]


def read_together(registrations: Iterable[Registration], language: str) -> Read:
    """Read at once what `by_date` needs, for whoever describes several bookings of the same dates."""
    rows = list(registrations)
    pages = {row.occurrence.page_id: row.occurrence.page for row in rows}
    waiting = {row.occurrence_id for row in rows if row.state == RegistrationState.WAITLISTED}
    positions = Registration.objects.positions(waiting) if waiting else {}
    return Read(dict(zip(pages, versions_in(pages.values(), language), strict=True)), positions)


def by_date(registrations: Iterable[Registration], language: str, read: Read | None = None) -> list[DateLines]:
    """Return registrations by date, with today's ranks of those who wait. `read` is what `read_together` returned."""
    rows = list(registrations)
    known = read or read_together(rows, language)
    dates: dict[int, DateLines] = {}
    for row in rows:
        if row.occurrence_id not in dates:
            dates[row.occurrence_id] = DateLines(row.occurrence, known.pages[row.occurrence.page_id])
        dates[row.occurrence_id].lines.append(Line(row, known.positions.get(row.pk)))
    return list(dates.values())


def with_documents(dates: list[DateLines]) -> list[DateLines]:
    """Give each date where somebody holds a seat the documents for participants of its page; return the dates."""
    seated = [date for date in dates if date.has_seat]
    rows = reserved_documents(date.page.translation_key for date in seated)
    for date in seated:
        date.documents = rows.get(date.page.translation_key, [])
    return dates


def waits_for_a_part(dates: Iterable[DateLines]) -> bool:
    """Tell whether some of what is active only waits, and some does not: the total leaves out the former."""
    active = [line.registration for date in dates for line in date.lines if line.registration.is_active]
    return len({row.state == RegistrationState.WAITLISTED for row in active}) > 1


def total_of_active(dates: Iterable[DateLines]) -> Price:
    """Return what the active registrations cost together, without those that wait: what all would, when all wait."""
    return total(row.price for row in counted(line.registration for date in dates for line in date.lines))


def counted(registrations: Iterable[Registration]) -> list[Registration]:
    """Return the active registrations whose prices a total counts: those that only wait when there are no others."""
    active = [row for row in registrations if row.is_active]
    return [row for row in active if row.state != RegistrationState.WAITLISTED] or active
