"""Sessions as timetables show them."""

import datetime
from dataclasses import dataclass, field

from wagtail.models import Page

from events.models import Occurrence
from portal.listings import children_in_language, listed
from portal.models import BasePage


@dataclass
class SessionInCycle:
    """A session of a cycle with its dates. `is_untranslated`: the source page stands in for a missing translation."""

    page: Page
    lang: str
    is_untranslated: bool
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """True once all its dates are past, be they held or called off."""
        return bool(self.occurrences) and all(occurrence.is_past for occurrence in self.occurrences)


def sessions_of(cycle: BasePage) -> list[SessionInCycle]:
    """Return the published sessions of a cycle in its order, each in the cycle's language where it exists."""
    language = cycle.locale.language_code
    items = listed(children_in_language(cycle, order="path"), language)
    by_key = Occurrence.objects.by_page(item.page for item in items)
    sessions = [
        SessionInCycle(item.page, item.lang, item.is_untranslated, by_key[item.page.translation_key]) for item in items
    ]
    for session in sessions:
        session.page.occurrences = session.occurrences
        for occurrence in session.occurrences:
            occurrence.localized_page = session.page
    return sorted(sessions, key=_place_in_cycle)


def _place_in_cycle(session: SessionInCycle) -> tuple[datetime.date, bool, int]:
    """As on a timetable: by the first day; what has no day yet stands last, by its number in the cycle."""
    number = session.page.stage_number
    days = [occurrence.day for occurrence in session.occurrences if occurrence.day]
    return (min(days, default=datetime.date.max), number is None, number or 0)
