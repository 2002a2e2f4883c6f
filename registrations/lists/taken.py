"""Which lists of a date left, by whom: what is logged each time, and read on the officer's screen."""

from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from events.models import Occurrence

# The officer's export; a list that a co-organiser asked for, then downloaded.
EXPORTED = "registrations.export"
PREPARED, DOWNLOADED = "registrations.own_export", "registrations.own_download"
# What is older stays in the history of the date.
MOST_ROWS = 100


def lists_taken(occurrence: Occurrence) -> QuerySet:
    """Return the entries about the lists of a date, the latest first: who, when, how many rows, and no name."""
    entries = ModelLogEntry.objects.for_instance(occurrence).filter(action__in=[EXPORTED, PREPARED, DOWNLOADED])
    return entries.select_related("user").order_by("-timestamp")[:MOST_ROWS]
