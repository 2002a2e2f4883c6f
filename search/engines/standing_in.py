"""Elasticsearch with the embedded engine behind it: both are written to, and a search always has an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from elasticsearch import ApiError, TransportError

from search.engines import breaker, unsent
from search.engines.base import Differences, EngineRequest, Matches, Progress
from search.engines.elastic import ElasticsearchEngine
from search.engines.elastic.rebuilding import rebuild
from search.engines.embedded import EmbeddedEngine
from search.models import SearchEntry

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
        if not breaker.is_open():
            try:
                found = self.main.search(request)
            except AWAY as error:
                breaker.opened(error)
            else:
                breaker.closed()
                return found
        return replace(self.embedded.search(request), reduced=True)
