"""A cycle as search engines read it (JSON-LD, see `portal.structured_data`)."""

from typing import TYPE_CHECKING

from events.structured_data import course_instance, is_announced
from portal.structured_data import Node, centre_of, node

if TYPE_CHECKING:
    from cycles.models import TrainingCyclePage


def course(cycle: "TrainingCyclePage") -> Node:
    """Return a cycle with the announced dates of its sessions, each told by the session's page."""
    dates = [(date, session.page) for session in cycle.sessions for date in session.occurrences if is_announced(date)]
    return node(
        "Course",
        name=cycle.title,
        description=cycle.summary or cycle.title,
        inLanguage=cycle.locale.language_code,
        url=cycle.full_url,
        provider=centre_of(cycle),
        hasCourseInstance=[course_instance(date, page) for date, page in dates],
    )
