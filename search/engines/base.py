"""The interface that every engine offers, and what goes through it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from search.analysis import Token
from search.enums import Sort
from search.models import SearchEntry
from search.query import Query

Progress = Callable[[str], None]
# Names of choices that are no facets.
KIND, DATES = "kind", "dates"


@dataclass(frozen=True)
class Filters:
    """What entries must be. Values of one facet are alternatives; different facets must all hold.

    `starts_from` and `starts_before` keep what begins in between: the first moment counts, the last does not.
    Each choice has a name, by which it may be left out: KIND, a facet's, or DATES for the two moments.
    """

    language: str
    kinds: frozenset[str] = frozenset()
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    starts_from: datetime | None = None
    starts_before: datetime | None = None

    @property
    def chosen(self) -> list[str]:
        """The names of the choices made."""
        made = [KIND] if self.kinds else []
        made += sorted(name for name, codes in self.facets.items() if codes)
        return [*made, DATES] if self.starts_from or self.starts_before else made


@dataclass(frozen=True)
class EngineRequest:
    """`any_word`: one clause is enough, where all are needed otherwise. `limit`: how many candidates to return.

    `everything`: no word is asked for, whatever passes the filters matches. `now` tells what is to come.
    """

    query: Query
    filters: Filters
    now: datetime
    any_word: bool = False
    everything: bool = False
    sort: Sort = Sort.RELEVANCE
    limit: int = 200
    count_facets: Sequence[str] = ()


@dataclass(frozen=True)
class Beginning:
    """What is being typed: titles must say each of `words`, in any form or begun, and a word that begins by `last`.

    `kinds`: those wanted, of which the first come first where more than `limit` titles would do.
    """

    language: str
    words: Sequence[Token]
    last: str
    kinds: Sequence[str]
    limit: int = 200


@dataclass(frozen=True)
class Candidate:
    """An entry that matches: the engine's own score (higher is better), the number of clauses that it satisfies.

    `adjacent`: somewhere in it, down to its files, the words stand side by side.
    """

    entry_id: int
    score: float
    clauses: int
    adjacent: bool = False


@dataclass(frozen=True)
class FacetCount:
    """How many matching entries have one value of a facet."""

    code: str
    label_fr: str
    label_en: str
    count: int


@dataclass(frozen=True)
class Matches:
    """Candidates, best first; `total` with every filter; `kinds` and `facets` counted without their own choice.

    `without` tells, by name of a choice, how many there would be without it, where nothing was found with it.
    `engine` names who answered; `reduced` is True when it stands in for one that did not.
    """

    candidates: list[Candidate]
    total: int
    kinds: dict[str, int]
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)
    engine: str = ""
    reduced: bool = False


@dataclass(frozen=True)
class Differences:
    """Where an index is not what the rows say: keys to index again, and keys without a row, to forget."""

    stale: list[int]
    gone: list[int]

    def __len__(self) -> int:
        return len(self.stale) + len(self.gone)


class Index(Protocol):
    """What an engine keeps of `SearchEntry` rows."""

    name: str

    def index(self, entries: Iterable[SearchEntry]) -> None:
        """Add or replace these entries."""

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Forget these entries; those it does not know are ignored."""

    def differences(self) -> Differences:
        """Return where the index is not what the rows say."""


class Engine(Index, Protocol):
    """An engine keeps an index of its own and answers with the rows' primary keys."""

    def rebuild(self, progress: Progress) -> int:
        """Index every row again and return how many there are; `progress` receives a line now and then."""

    def search(self, request: EngineRequest) -> Matches:
        """Return the entries that match."""

    def suggest(self, beginning: Beginning) -> list[int]:
        """Return the primary keys of entries whose title says what is being typed."""
