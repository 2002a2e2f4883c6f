"""The dates ahead, as the home page shows them."""

from events.localized import with_pages
from events.models import Occurrence


def next_occurrences(language: str, limit: int = 6) -> list[Occurrence]:
    """Return the next published dates, soonest first, each with its page in a language as `localized_page`."""
    rows = Occurrence.objects.published().upcoming().filter(day__isnull=False).with_details()
    return with_pages(list(rows[:limit]), language)
