"""How the dates that a search finds are written as a calendar.

The app that knows dates says how (`write_with`), since it stands above this one.
"""

from collections.abc import Callable, Sequence

from search.criteria import Criteria
from search.models import SearchEntry

# From what is asked, what was found and the name of the calendar to its file.
Writer = Callable[[Criteria, Sequence[SearchEntry], str], bytes]

_writers: list[Writer] = []


def write_with(writer: Writer) -> None:
    """Declare how calendars are written."""
    _writers[:] = [writer]


def calendar(criteria: Criteria, entries: Sequence[SearchEntry], name: str) -> bytes:
    """Return the calendar file of the dates that entries tell of."""
    return _writers[0](criteria, entries, name)
