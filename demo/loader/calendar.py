"""The dates of the files are those of 2023: here they become dates around the day of loading.

Time is counted in working weeks, so that weekdays and the order of dates stay, and nothing is held in the holidays.
"""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from demo.loader.content import PageFile, page_files
from portal.holidays import FIXED_HOLIDAYS

ZONE = ZoneInfo(settings.TIME_ZONE)
WEEK = datetime.timedelta(weeks=1)
# The last stages of the cycle then lie five to six weeks ahead: one full, one open, the others behind.
DEFAULT_SHIFT = {"day": datetime.date(2023, 11, 24), "to": 35}
# Weeks in which nobody trains: first and last day (month, day).
BREAKS = (((7, 14), (8, 31)), ((12, 20), (12, 31)))


@dataclass
class Calendar:
    """Dates of the demonstration for a day of loading."""

    today: datetime.date

    def day_of(self, file: PageFile, day: datetime.date) -> datetime.date:
        """Return the day that stands for a day of 2023 in a page file: as many working weeks from the shift's day."""
        shift = file.get("shift", DEFAULT_SHIFT)
        weeks = (_monday(day) - _monday(shift["day"])).days // 7
        monday = _monday(self._anchor(shift))
        step = WEEK if weeks > 0 else -WEEK
        for _number in range(abs(weeks)):
            monday = _at_work(monday + step, step)
        return monday + datetime.timedelta(days=day.weekday())

    def day_of_date(self, key: str) -> datetime.date:
        """Return the day of a date of a session or an event, by its key. Raises KeyError if no file has it."""
        name, day = _days_in_files()[key]
        return self.day_of(page_files()[name], day)

    def told_day(self, told: int | datetime.date | dict[str, Any]) -> datetime.date:
        """Return the day that a file tells: itself, so many days from the loading, or so many days after a date."""
        if isinstance(told, dict):
            return self.day_of_date(told["after"]) + datetime.timedelta(days=told["days"])
        return told if isinstance(told, datetime.date) else self.days_from_today(told)

    def days_from_today(self, days: int) -> datetime.date:
        """Return the day so many days after the loading (before it when negative)."""
        return self.today + datetime.timedelta(days=days)

    def years_of(self, key: str) -> str:
        """Return the year, or the first and the last, in which the sessions of a cycle's page file take place."""
        files = [file for file in page_files().values() if file.get("parent") == key]
        years = [self.day_of(file, row["day"]).year for file in files for row in file.get("occurrences", [])]
        first, last = min(years, default=self.today.year), max(years, default=self.today.year)
        return str(first) if first == last else f"{first}-{last}"

    def moment(self, day: datetime.date, days: int | None, hour: int) -> datetime.datetime | None:
        """Return the hour of the centre's clock so many days from a day; None stays None."""
        if days is None:
            return None
        return datetime.datetime.combine(day + datetime.timedelta(days=days), datetime.time(hour), tzinfo=ZONE)

    def _anchor(self, shift: dict[str, Any]) -> datetime.date:
        """Return the shift's weekday nearest to where it is wanted; in the holidays, the next one away from today."""
        wanted = self.today + datetime.timedelta(days=shift["to"]) - shift["day"]
        nearest = shift["day"] + WEEK * round(wanted.days / 7)
        monday = _at_work(_monday(nearest), WEEK if shift["to"] > 0 else -WEEK)
        return monday + datetime.timedelta(days=nearest.weekday())


def is_holiday(day: datetime.date) -> bool:
    """Say whether a day is a fixed public holiday, or falls in a break."""
    place = (day.month, day.day)
    return place in FIXED_HOLIDAYS or any(first <= place <= last for first, last in BREAKS)


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _at_work(monday: datetime.date, step: datetime.timedelta) -> datetime.date:
    """Return a week, or the first one by that step of which no day from Monday to Saturday is a holiday."""
    while any(is_holiday(monday + datetime.timedelta(days=number)) for number in range(6)):
        monday += step
    return monday


@cache
def _days_in_files() -> dict[str, tuple[str, datetime.date]]:
    """Map the key of each date to the key of its page file and its day of 2023."""
    rows = [(name, row) for name, file in page_files().items() for row in file.get("occurrences", [])]
    return {row["key"]: (name, row["day"]) for name, row in rows if "day" in row}
