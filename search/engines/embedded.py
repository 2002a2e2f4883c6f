"""What the two embedded engines share: filters, counts, rebuilding. They differ in the match alone."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from search.engines.base import (
    DATES,
    KIND,
    Beginning,
    Candidate,
    Differences,
    EngineRequest,
    FacetCount,
    Matches,
    Progress,
)
from search.engines.indexed_text import IndexedText, facet_labels
from search.enums import ATTENDED, NOT_SEARCHED, Sort
from search.models import SearchEntry

TABLE = "search_embedded"
BATCH = 500
# How many are written by one statement: a long document may take 1 MB.
WRITTEN_AT_ONCE = 50


def conditions(request: EngineRequest, without: str = "") -> tuple[str, list[Any]]:
    """Return the SQL that entries `e` must satisfy and its parameters; the filter named `without` is left out."""
    filters = request.filters
    parts, parameters = ["e.language = %s"], [filters.language]
    if filters.kinds and without != KIND:
        parts.append(f"e.kind IN ({places_for(filters.kinds)})")
        parameters += sorted(filters.kinds)
    for name, codes in sorted(filters.facets.items()):
        if codes and name != without:
            parts.append(
                "EXISTS (SELECT 1 FROM search_searchentryfacet x WHERE x.entry_id = e.id"  # noqa: S608 (placeholders)
                f" AND x.name = %s AND x.code IN ({places_for(codes)}))"
            )
            parameters += [name, *sorted(codes)]
    for moment, comparison in ((filters.starts_from, ">="), (filters.starts_before, "<")):
        if moment and without != DATES:
            parts.append(f"e.starts {comparison} %s")
            parameters.append(adapted(moment))
    for name, asked in sorted(request.query.held_in.items()):
        # What one attends somewhere is attended in a town, in a territory that was asked for.
        parts.append(
            f"(e.place = '' OR e.kind NOT IN ({places_for(ATTENDED)}) OR EXISTS (SELECT 1 FROM"  # noqa: S608
            " search_searchentryfacet x WHERE x.entry_id = e.id AND x.name = %s"
            f" AND x.code IN ({places_for(asked)})))"
        )
        parameters += [*ATTENDED, name, *sorted(asked)]
    return " AND ".join(parts), parameters


def places_for(values: Collection[object]) -> str:
    """Return as many placeholders as there are values."""
    return ", ".join(["%s"] * len(values))


def adapted(moment: datetime) -> Any:
    """Return a moment as the database compares it with its own columns."""
    return connection.ops.adapt_datetimefield_value(moment)


def by_date(now: datetime) -> tuple[str, list[Any]]:
    """Return the SQL order of `Sort.DATE` for entries `e`, and its parameters."""
    coming = "CASE WHEN e.starts >= %s THEN e.starts END"
    # What has no date is as old as its last update; `COALESCE` needs one type on PostgreSQL.
    day = "COALESCE(DATE(e.starts), e.updated_on)"
    order = f"({coming}) IS NULL, {coming}, {day} IS NULL, {day} DESC, e.id"
    return order, [adapted(now)] * 2


def rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run one query and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


class EmbeddedEngine(ABC):
    """The search inside the project's database. A subclass says how to store tokens, match and rank."""

    name = "embedded"
    # The entries `e`, and the rows `f` of the index where the match is a condition on those.
    source = ""
    # The column of the index that holds the entry's primary key.
    key = ""
    # What holds for what matches an expression.
    condition = ""

    @abstractmethod
    def remove(self, entry_ids: Sequence[int]) -> None:
        """Forget these entries."""

    @abstractmethod
    def write(self, texts: Mapping[int, IndexedText]) -> None:
        """Store the tokens of entries, by their primary keys, which are not in the index."""

    @abstractmethod
    def asked(self, request: EngineRequest) -> str:
        """Return the expression of the whole query, as `condition` takes it."""

    @abstractmethod
    def begun(self, beginning: Beginning) -> str:
        """Return the expression of a title that says what is being typed."""

    @abstractmethod
    def ranked(self, request: EngineRequest) -> list[Candidate]:
        """Return the best `request.limit` candidates."""

    def index(self, entries: Iterable[SearchEntry]) -> None:
        """Add or replace these entries."""
        for batch in batches(entries, WRITTEN_AT_ONCE):
            with transaction.atomic():
                self.remove([entry.pk for entry in batch])
                self.write({entry.pk: IndexedText.of(entry, facet_labels(entry)) for entry in batch})

    def rebuild(self, progress: Progress = lambda line: None) -> int:
        """Index every row again, batch by batch: nothing disappears meanwhile, and no lock is held for long."""
        rows = SearchEntry.objects.searched().prefetch_related("facets")
        # Read whole before it is written: SQLite refuses to write at once below a reading that somebody overtook.
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(keys), BATCH):
            self.index(list(rows.filter(pk__in=keys[first : first + BATCH])))
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE {self.key} NOT IN (SELECT id FROM search_searchentry)"  # noqa: S608
            )
        number = SearchEntry.objects.searched().count()
        progress(f"embedded index: {number} entries, done")
        return number

    def differences(self) -> Differences:
        """Return the rows that the index lacks, and what it holds without a row. Written together, both are rare."""
        indexed = {pk for (pk,) in rows(f"SELECT {self.key} FROM {TABLE}", [])}  # noqa: S608
        known = set(SearchEntry.objects.searched().values_list("pk", flat=True))
        return Differences(sorted(known - indexed), sorted(indexed - known))

    def search(self, request: EngineRequest) -> Matches:
        """Return the entries that match; without a clause, none, unless everything is asked for."""
        if not request.query.clauses and not request.everything:
            return Matches([], 0, {}, engine=self.name)
        kinds = dict(self.counted(request, KIND, "e.kind"))
        chosen = request.filters.kinds
        total = sum(count for kind, count in kinds.items() if not chosen or kind in chosen)
        facets = self.facets(request) if request.count_facets else {}
        without = {} if total else {name: self.number(request, name) for name in request.filters.chosen}
        if not total or not request.limit:
            return Matches([], total, kinds, facets, without, engine=self.name)
        found = self.ordered(request) if request.sort is Sort.DATE or request.everything else self.ranked(request)
        return Matches(found, total, kinds, facets, engine=self.name)

    def match(self, request: EngineRequest) -> tuple[str, list[Any]]:
        """Return the SQL condition that holds for what matches, and its parameters."""
        return self.condition, [self.asked(request)]

    def suggest(self, beginning: Beginning) -> list[int]:
        """Return the primary keys of entries whose title says what is being typed."""
        order = " ".join(["WHEN %s THEN %s"] * len(beginning.kinds))
        ranks = [value for rank, kind in enumerate(beginning.kinds) for value in (kind, rank)]
        found = rows(
            f"SELECT e.id FROM {self.source} WHERE {self.condition} AND e.language = %s"  # noqa: S608 (ours)
            f" AND e.kind IN ({places_for(beginning.kinds)}) ORDER BY CASE e.kind {order} END, e.id LIMIT %s",
            [self.begun(beginning), beginning.language, *beginning.kinds, *ranks, beginning.limit],
        )
        return [pk for (pk,) in found]

    def matching(self, request: EngineRequest) -> tuple[str, str, list[Any]]:
        """Return the SQL source of the matching entries `e`, the condition that holds for them and its parameters."""
        if request.everything:
            return "search_searchentry e", f"e.kind NOT IN ({places_for(NOT_SEARCHED)})", sorted(NOT_SEARCHED)
        return self.source, *self.match(request)

    def ordered(self, request: EngineRequest) -> list[Candidate]:
        """Return the first `request.limit` candidates by date."""
        source, match, parameters = self.matching(request)
        where, where_parameters = conditions(request)
        order, order_parameters = by_date(request.now)
        found = rows(
            f"SELECT e.id FROM {source} WHERE {match} AND {where} ORDER BY {order} LIMIT %s",  # noqa: S608
            [*parameters, *where_parameters, *order_parameters, request.limit],
        )
        return [Candidate(pk, 0.0, len(request.query.clauses)) for (pk,) in found]

    def counted(
        self, request: EngineRequest, without: str, columns: str, join: str = "", join_parameters: Sequence[str] = ()
    ) -> list[tuple[Any, ...]]:
        """Return (columns, number of matching entries), every filter applied but `without`."""
        source, match, match_parameters = self.matching(request)
        where, parameters = conditions(request, without)
        return rows(
            f"SELECT {columns}, COUNT(*) FROM {source} {join}"  # noqa: S608 (columns and joins are ours)
            f" WHERE {match} AND {where} GROUP BY {columns}",
            [*join_parameters, *match_parameters, *parameters],
        )

    def number(self, request: EngineRequest, without: str) -> int:
        """Return how many entries match, every filter applied but `without`."""
        return sum(count for _language, count in self.counted(request, without, "e.language"))

    def facets(self, request: EngineRequest) -> dict[str, list[FacetCount]]:
        """Return the values of each facet asked for, the most frequent first.

        Those that nothing was chosen of are counted together; each of the others without its own choice.
        """
        chosen = [name for name in request.count_facets if request.filters.facets.get(name)]
        others = [name for name in request.count_facets if name not in chosen]
        found: dict[str, list[FacetCount]] = {name: [] for name in request.count_facets}
        for without, names in [*((name, [name]) for name in chosen), *([("", others)] if others else [])]:
            join = f"JOIN search_searchentryfacet v ON v.entry_id = e.id AND v.name IN ({places_for(names)})"
            for name, *value in self.counted(request, without, "v.name, v.code, v.label_fr, v.label_en", join, names):
                found[name].append(FacetCount(*value))
        return {
            name: sorted(values, key=lambda value: (-value.count, value.label_fr)) for name, values in found.items()
        }


def batches(entries: Iterable[SearchEntry], size: int = BATCH) -> Iterator[list[SearchEntry]]:
    """Yield the entries, so many at a time."""
    batch: list[SearchEntry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
