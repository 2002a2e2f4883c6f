"""Dates as sentences write them: «1er novembre 2026», the day never parted from its month at the end of a line."""

import datetime
import re

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

# A day before the name of its month, not the hours of «8 h 00».
DAY_AND_MONTH = re.compile(r"(?<!\d)(\d{1,2}) (?=[^\W\d_]{3,})")


def written(day: datetime.date | None, form: str = "j F Y") -> str:
    """Return a date in the active language, by a format of Django's; an empty string without a date.

    French says «1er» for the first of the month (Lexique des règles typographiques en usage à l'Imprimerie nationale).
    """
    if day is None:
        return ""
    text = date_format(day, form)
    if not re.search(r"j [FMN]", form):
        return text
    first = "1er" if (get_language() or "fr").startswith("fr") else "1"
    return DAY_AND_MONTH.sub(lambda found: f"{first if found[1] == '1' else found[1]}\u00a0", text)


def same_hour(moment: datetime.datetime | None, days: int) -> datetime.datetime | None:
    """Return a moment so many days later at the same hour of the centre's clock, whichever changes lie between."""
    if moment is None:
        return None
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return (local.replace(tzinfo=None) + datetime.timedelta(days=days)).replace(tzinfo=local.tzinfo)
