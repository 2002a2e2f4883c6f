"""Who comes, as a co-organiser sees it: what a badge and an attendance list need."""

from django.db.models import prefetch_related_objects

from events.models import Occurrence
from registrations.models import Registration
from registrations.officer.people import PeopleGroup, people_of


def shown_people(occurrence: Occurrence) -> list[PeopleGroup]:
    """Return who holds a place, asks for one or waits, each with their rank. Who gave theirs back is left out."""
    groups = [group for group in people_of(occurrence) if not group.is_over]
    rows = [row for group in groups for row, _rank in group.rows]
    prefetch_related_objects(rows, "participant__booking__organisation__territory")
    return groups


def shown_rows(occurrence: Occurrence) -> list[tuple[Registration, int | None]]:
    """Return the same as one list."""
    return [pair for group in shown_people(occurrence) for pair in group.rows]
