"""The interface that every engine offers, and what goes through it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.models import SearchEntry
from search.query import Query


@dataclass(frozen=True)
class Filters:
    """What entries must be. Values of one facet are alternatives; different facets must all hold."""

    language: str
    kinds: frozenset[str] = frozenset()
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class EngineRequest:
    """`any_word`: one clause is enough, where all are needed otherwise. `limit`: how many candidates to rank."""

    query: Query
    filters: Filters
    any_word: bool = False
    limit: int = 200
    count_facets: Sequence[str] = ()


@dataclass(frozen=True)
class Candidate:
    """An entry that matches: the engine's own score (higher is better), the number of clauses that it satisfies."""

    entry_id: int
    score: float
    clauses: int


@dataclass(frozen=True)
class FacetCount:
    """How many matching entries have one value of a facet."""

    code: str
    label_fr: str
    label_en: str
    count: int


@dataclass(frozen=True)
class Matches:
    """Candidates, best first; `total` with every filter; `kinds` and `facets` counted without their own choice."""

    candidates: list[Candidate]
    total: int
    kinds: dict[str, int]
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)


class Engine(Protocol):
    """An engine keeps its own index of `SearchEntry` rows and answers with their primary keys."""

    name: str

    def index(self, entries: Iterable[SearchEntry]) -> None:
        """Add or replace these entries."""

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Forget these entries; those it does not know are ignored."""

    def rebuild(self) -> int:
        """Index every row again and return how many there are."""

    def search(self, request: EngineRequest) -> Matches:
        """Return the entries that match."""
