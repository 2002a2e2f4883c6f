"""Searching and writing in Elasticsearch. Whoever calls decides what becomes of an error: nothing is hidden here."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, helpers

from search.engines.base import Beginning, Candidate, Differences, EngineRequest, FacetCount, Matches
from search.engines.elastic.client import alias, client
from search.engines.elastic.documents import SEPARATOR, document
from search.engines.elastic.queries import ADJACENT, beginning_body, search_body
from search.engines.embedded import BATCH, batches
from search.models import SearchEntry

# Seconds that a write may take: nobody looks at a page meanwhile.
WRITING = 30
# An answer that is not the engine's own fault: the same version, or a later one, is there already.
KNOWN_ALREADY = 409
ABSENT = 404


class NotBuilt(Exception):
    """There is no index yet: nothing can be written."""


class ElasticsearchEngine:
    """An index behind an alias. Raises `elasticsearch.ApiError` or `elasticsearch.TransportError`."""

    name = "elasticsearch"

    def __init__(self, index: str = "") -> None:
        """`index`: another one than that behind the alias, while it is built."""
        self.target = index or alias()

    @property
    def connection(self) -> Elasticsearch:
        """The client, for writing."""
        return client().options(request_timeout=WRITING)

    def index(self, entries: Iterable[SearchEntry]) -> None:
        """Add or replace these entries, read with their facets; one that is known in a later state stays."""
        for batch in batches(entries):
            self._write(
                {"_op_type": "index", "_id": str(entry.pk), "_source": document(entry), **version(entry.version)}
                for entry in batch
            )

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Forget these entries, whatever their state."""
        self._write({"_op_type": "delete", "_id": str(pk)} for pk in entry_ids)

    def forget(self, gone: Iterable[tuple[int, int]]) -> None:
        """Forget entries (key, version of their deletion), unless a later state is known."""
        self._write({"_op_type": "delete", "_id": str(pk), **version(number)} for pk, number in gone)

    def _write(self, actions: Iterable[dict[str, Any]]) -> None:
        known = helpers.streaming_bulk(
            self.connection,
            ({"_index": self.target, **action} for action in actions),
            chunk_size=BATCH,
            raise_on_error=False,
            # A new index is read when it is whole.
            refresh=self.target == alias(),
            # Before the first rebuild there is no index: one made by accident would read words by its own rules.
            require_alias=self.target == alias(),
        )
        errors = [answer for is_done, answer in known if not is_done and not _is_harmless(answer)]
        if any(told.get("status") == ABSENT for answer in errors for told in answer.values()):
            raise NotBuilt
        if errors:
            raise helpers.BulkIndexError(f"{len(errors)} entries were not taken.", errors)

    def search(self, request: EngineRequest) -> Matches:
        """Return the entries that match, within the time that the settings allow; half an answer is an error."""
        if not request.query.clauses and not request.everything:
            return Matches([], 0, {}, engine=self.name)
        found = self._ask(search_body(request))
        counts = found["aggregations"]
        total = found["hits"]["total"]["value"]
        return Matches(
            candidates=[_candidate(hit, request) for hit in found["hits"]["hits"]],
            total=total,
            kinds={row["key"]: row["doc_count"] for row in counts["kind"]["values"]["buckets"]},
            facets={name: _facet(counts[name]["values"]["buckets"]) for name in request.count_facets},
            without={} if total else {name: counts[name]["doc_count"] for name in request.filters.chosen},
            engine=self.name,
        )

    def suggest(self, beginning: Beginning) -> list[int]:
        """Return the keys of entries whose title says what is being typed, within the same time."""
        found = self._ask(beginning_body(beginning))
        return [int(hit["_id"]) for hit in found["hits"]["hits"]]

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to one request, within the time that the settings allow."""
        answer = client().options(request_timeout=settings.ELASTICSEARCH_TIMEOUT)
        return answer.search(index=self.target, allow_partial_search_results=False, **body).body

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield the key and the version of every entry in the index."""
        self.connection.indices.refresh(index=self.target)
        found = helpers.scan(self.connection, index=self.target, query={"_source": False, "version": True}, size=1000)
        for hit in found:
            yield int(hit["_id"]), hit["_version"]

    def differences(self) -> Differences:
        """Return the rows that the index lacks or knows in another state, and what it holds without a row."""
        indexed = dict(self.versions())
        known = dict(SearchEntry.objects.searched().values_list("pk", "version"))
        return Differences(
            [pk for pk, number in known.items() if indexed.get(pk) != number], sorted(indexed.keys() - known.keys())
        )


def version(number: int) -> dict[str, Any]:
    """Return what makes Elasticsearch keep the later of two states, whichever arrives last."""
    return {"version": number, "version_type": "external_gte"}


def _is_harmless(answer: dict[str, Any]) -> bool:
    (operation, told), *_none = answer.items()
    return told.get("status") == KNOWN_ALREADY or (operation == "delete" and told.get("status") == ABSENT)


def _candidate(hit: dict[str, Any], request: EngineRequest) -> Candidate:
    satisfied = set(hit.get("matched_queries", ()))
    clauses = len(satisfied - {ADJACENT}) if request.any_word else len(request.query.clauses)
    return Candidate(int(hit["_id"]), float(hit["_score"] or 0), clauses, ADJACENT in satisfied)


def _facet(buckets: Iterable[dict[str, Any]]) -> list[FacetCount]:
    values = []
    for row in buckets:
        code, label_fr, label_en = row["key"].split(SEPARATOR)
        values.append(FacetCount(code, label_fr, label_en, row["doc_count"]))
    return sorted(values, key=lambda value: (-value.count, value.label_fr))
