"""How the dates that a search finds are told, and written as a calendar.

The app that knows dates says how (`write_with`, `tell_with`), since it stands above this one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from search.criteria import Criteria
from search.models import SearchEntry

# From what is asked, what was found and the name of the calendar to its file.
Writer = Callable[[Criteria, Sequence[SearchEntry], str], bytes]

# From entries to the dates that each of them tells of, by its key: columns of entries, by their names.
Teller = Callable[[Iterable[SearchEntry]], Mapping[int, Sequence[Mapping[str, Any]]]]

_writers: list[Writer] = []
_tellers: list[Teller] = []


def write_with(writer: Writer) -> None:
    """Declare how calendars are written."""
    _writers[:] = [writer]


def tell_with(teller: Teller) -> None:
    """Declare how the dates of entries are known."""
    _tellers[:] = [teller]


def dates(entries: Iterable[SearchEntry]) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """Return the dates that entries tell of, by their keys: begin, end, venue, place, price, places."""
    return _tellers[0](entries)


def calendar(criteria: Criteria, entries: Sequence[SearchEntry], name: str) -> bytes:
    """Return the calendar file of the dates that entries tell of."""
    return _writers[0](criteria, entries, name)
