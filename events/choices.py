"""What is said once above several dates: how many are left to choose from, and what they cost."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext

from events.enums import CALLED_OFF, OccurrenceState
from events.models import Occurrence


def words_on_choices(occurrences: Iterable[Occurrence]) -> str:
    """Return one sentence on dates of the same content, of which a visitor attends one, as they stand now."""
    dates = list(occurrences)
    ahead = [date for date in dates if date.is_ahead]
    if not ahead:
        return _words_on_the_past(dates)
    number = len(ahead)
    if number == 1:
        return gettext("One date ahead")
    if all(date.state == OccurrenceState.CLOSED for date in ahead):
        words = gettext("%(number)d dates ahead with the same content")
    elif number < len(dates):
        words = gettext("%(number)d dates ahead with the same content: choose one")
    else:
        words = gettext("%(number)d dates with the same content: choose one")
    return words % {"number": number}


def same_price(occurrences: Iterable[Occurrence]) -> Occurrence | None:
    """Return a date that tells what all those ahead cost; None when their prices differ, or none is ahead."""
    ahead = [date for date in occurrences if date.is_ahead]
    prices = {tuple((fee.audience, fee.amount, fee.currency) for fee in date.fees) for date in ahead}
    return ahead[0] if len(prices) == 1 else None


def _words_on_the_past(dates: list[Occurrence]) -> str:
    held = sum(date.is_held for date in dates)
    if held:
        words = ngettext("Held on %(number)d date", "Held on %(number)d dates, with the same content", held)
        return words % {"number": held}
    if all(date.status in CALLED_OFF for date in dates):
        return gettext("No date is kept: all were cancelled or postponed")
    return gettext("No date ahead")
