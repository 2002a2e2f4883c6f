"""Dates by month, and a month as a calendar shows it."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from events.models.occurrences import Occurrence

MONTH = re.compile(r"(\d{4})-(\d{2})")
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Month:
    """The dates of a month, in order. `first` is its first day, None for dates whose day is still open."""

    first: date | None
    dates: Sequence[Occurrence]


@dataclass(frozen=True)
class CalendarDay:
    """A day of a calendar, and its dates. `is_inside`: of the month shown."""

    day: date
    is_inside: bool
    is_today: bool
    dates: Sequence[Occurrence]


def midnight(day: date) -> datetime:
    """Return the first moment of a day, in the centre's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def previous_month(first: date) -> date:
    """Return the first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def named_month(text: str) -> date | None:
    """Return the first day of the month that an address names («2027-03»), or None."""
    found = MONTH.fullmatch(text) if text.isascii() else None
    if found is None or int(found[1]) not in YEARS or not 1 <= int(found[2]) <= 12:
        return None
    return date(int(found[1]), int(found[2]), 1)


def by_month(occurrences: Iterable[Occurrence]) -> list[Month]:
    """Return dates by month, in the order in which they come; those without a day last."""
    months: dict[date | None, list[Occurrence]] = {}
    for occurrence in occurrences:
        months.setdefault(occurrence.day.replace(day=1) if occurrence.day else None, []).append(occurrence)
    undated = months.pop(None, None)
    return [*(Month(*month) for month in months.items()), *([Month(None, undated)] if undated else [])]


def weeks_of(first: date, occurrences: Iterable[Occurrence]) -> list[list[CalendarDay]]:
    """Return the weeks of a month, from Monday to Sunday, each day with its dates."""
    dates: dict[date | None, list[Occurrence]] = {}
    for occurrence in occurrences:
        dates.setdefault(occurrence.day, []).append(occurrence)
    today = timezone.localdate()
    return [
        [CalendarDay(day, day.month == first.month, day == today, dates.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
