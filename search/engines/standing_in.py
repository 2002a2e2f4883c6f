"""Elasticsearch with the embedded engine behind it: both are written to, and a search always has an answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from elasticsearch import ApiError, TransportError

from search.engines import breaker, unsent
from search.engines.base import Beginning, Differences, EngineRequest, Matches, Progress
from search.engines.elastic import ElasticsearchEngine
from search.engines.elastic.rebuilding import rebuild
from search.engines.embedded import EmbeddedEngine
from search.models import SearchEntry

Answer = TypeVar("Answer")
# What an engine that is down, slow, red or without its index answers.
AWAY = (ApiError, TransportError)


class StandingIn:
    """Searches in Elasticsearch; in the project's own database while it is down, slow or red."""

    def __init__(self, embedded: EmbeddedEngine) -> None:
        self.embedded = embedded
        self.main = ElasticsearchEngine()
        self.name = self.main.name

    def index(self, entries: Iterable[SearchEntry]) -> None:
        """Add or replace these entries: in the database at once, in Elasticsearch after the commit."""
        rows = list(entries)
        self.embedded.index(rows)
        unsent.note([entry.pk for entry in rows])

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Forget these entries, before their rows are deleted."""
        self.embedded.remove(entry_ids)
        unsent.note(entry_ids)

    def rebuild(self, progress: Progress = lambda line: None) -> int:
        """Index every row again in both."""
        self.embedded.rebuild(progress)
        return rebuild(progress)

    def differences(self) -> Differences:
        """Return where Elasticsearch is not what the rows say."""
        return self.main.differences()

    def search(self, request: EngineRequest) -> Matches:
        """Return the entries that match. Never raises because of Elasticsearch."""
        found = self._asked(lambda: self.main.search(request))
        return replace(self.embedded.search(request), reduced=True) if found is None else found

    def suggest(self, beginning: Beginning) -> list[int]:
        """Return the primary keys of entries whose title says what is being typed."""
        found = self._asked(lambda: self.main.suggest(beginning))
        return self.embedded.suggest(beginning) if found is None else found

    def _asked(self, question: Callable[[], Answer]) -> Answer | None:
        """Return the answer of Elasticsearch, or None while it is away."""
        if breaker.is_open():
            return None
        try:
            answer = question()
        except AWAY as error:
            breaker.opened(error)
            return None
        breaker.closed()
        return answer
