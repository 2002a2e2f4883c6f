"""The dates of the files are those of 2023: here they become dates around the day of loading."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from demo.loader.content import PageFile, page_files

ZONE = ZoneInfo(settings.TIME_ZONE)
# The last stages of the cycle then lie five to six weeks ahead: one full, one open, the others behind.
DEFAULT_SHIFT = {"day": datetime.date(2023, 11, 24), "to": 35}
# The middle of the year of the files: most dates of a cycle fall in the year that it becomes.
MIDDLE = datetime.date(2023, 7, 1)
# Public holidays that fall on the same day each year (French labour code, article L3133-1): no session is held then.
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
WEEKS_TRIED = (0, -1, 1, -2, 2, -3)


@dataclass
class Calendar:
    """Dates of the demonstration for a day of loading. Whole weeks are added, so that weekdays stay."""

    today: datetime.date

    def day_of(self, file: PageFile, day: datetime.date) -> datetime.date:
        """Return the day that stands for a day of 2023 in a page file."""
        return day + self._own_shift(file) if "shift" in file else day + self.common_shift

    def days_from_today(self, days: int) -> datetime.date:
        """Return the day so many days after the loading (before it when negative)."""
        return self.today + datetime.timedelta(days=days)

    def year_of(self, file: PageFile) -> int:
        """Return the year in which the cycle of a page file takes place."""
        return self.day_of(file, MIDDLE).year

    def moment(self, day: datetime.date, days: int | None, hour: int) -> datetime.datetime | None:
        """Return the hour of the centre's clock so many days from a day; None stays None."""
        if days is None:
            return None
        return datetime.datetime.combine(day + datetime.timedelta(days=days), datetime.time(hour), tzinfo=ZONE)

    @cached_property
    def common_shift(self) -> datetime.timedelta:
        """The shift of all files that do not ask for one of their own."""
        return self._shift(DEFAULT_SHIFT, [file for file in page_files().values() if "shift" not in file])

    def _own_shift(self, file: PageFile) -> datetime.timedelta:
        return self._shift(file["shift"], [file])

    def _shift(self, rule: dict[str, Any], files: list[PageFile]) -> datetime.timedelta:
        """Return the whole weeks that bring the rule's day nearest to where it is wanted, off public holidays."""
        wanted = self.today + datetime.timedelta(days=rule["to"]) - rule["day"]
        weeks = round(wanted.days / 7)
        days = [row["day"] for file in files for row in file.get("occurrences", []) if row.get("day")]
        for more in WEEKS_TRIED:
            shift = datetime.timedelta(weeks=weeks + more)
            if not any(((day + shift).month, (day + shift).day) in FIXED_HOLIDAYS for day in days):
                return shift
        return datetime.timedelta(weeks=weeks)
