"""Days on which no training is held: weekends, and the public holidays of France."""

import datetime

from dateutil.easter import easter
from django.utils.translation import gettext

# Public holidays that fall on the same day each year (French labour code, article L3133-1).
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})
# Those that follow Easter (same article), in days after it: Easter Monday, Ascension Day, Whit Monday.
AFTER_EASTER = frozenset({1, 39, 50})


def is_public_holiday(day: datetime.date) -> bool:
    """Tell whether a day is a public holiday in the whole of France."""
    return (day.month, day.day) in FIXED_HOLIDAYS or (day - easter(day.year)).days in AFTER_EASTER


def why_free(day: datetime.date) -> str:
    """Return, in the active language, why few people work on a day, or an empty text for a working day."""
    if is_public_holiday(day):
        return gettext("public holiday")
    return {5: gettext("Saturday"), 6: gettext("Sunday")}.get(day.weekday(), "")
