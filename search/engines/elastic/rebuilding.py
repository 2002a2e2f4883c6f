"""A new index beside the one in use: filled, brought up to date, put behind the alias in one step."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.utils import timezone
from elasticsearch import Elasticsearch

from search.engines.base import Progress
from search.engines.checking import mended
from search.engines.elastic.client import alias, is_built
from search.engines.elastic.documents import INDEX
from search.engines.elastic.engine import BATCH, ElasticsearchEngine
from search.models import SearchEntry

# A new index with fewer entries than this share of the one in use is more likely a fault than the truth.
SMALLEST_SHARE = 0.9


class TooFewEntries(Exception):
    """The new index holds much less than the one in use: it was not put in its place."""


def rebuild(progress: Progress = lambda line: None, *, is_forced: bool = False, now: datetime | None = None) -> int:
    """Index every row anew while visitors search the index in use; return how many entries there are.

    Raises TooFewEntries, unless forced, when a tenth or more of the entries would disappear; the new index is then
    deleted. What changed meanwhile is caught up twice: before the alias moves, and after, when all writes go there.
    """
    stamp = (now or timezone.now()).strftime("%Y%m%d-%H%M%S-%f")
    engine = ElasticsearchEngine(f"{alias()}-{stamp}")
    connection = engine.connection
    connection.indices.create(index=engine.target, **INDEX)
    try:
        _fill(engine, progress)
        caught_up = mended(engine)
        _compare(connection, engine, is_forced=is_forced)
        old = _swap(connection, engine.target)
    except BaseException:
        connection.indices.delete(index=engine.target, ignore_unavailable=True)
        raise
    caught_up += mended(engine)
    if old:
        connection.indices.delete(index=",".join(old), ignore_unavailable=True)
    number = int(connection.count(index=engine.target)["count"])
    progress(f"Elasticsearch: {number} entries, done; {caught_up} of them changed meanwhile")
    return number


def _fill(engine: ElasticsearchEngine, progress: Progress) -> None:
    rows = SearchEntry.objects.searched().order_by("pk").prefetch_related("facets").iterator(chunk_size=BATCH)
    done = 0
    while batch := list(islice(rows, BATCH)):
        engine.index(batch)
        done += len(batch)
        progress(f"Elasticsearch: {done}")


def _compare(connection: Elasticsearch, engine: ElasticsearchEngine, *, is_forced: bool) -> None:
    if is_forced or not is_built():
        return
    before, after = (int(connection.count(index=name)["count"]) for name in (alias(), engine.target))
    if after < before * SMALLEST_SHARE:
        raise TooFewEntries(f"{after} entries instead of {before}: nothing was replaced.")


def _swap(connection: Elasticsearch, target: str) -> list[str]:
    """Put an index behind the alias in one step; return the others of ours, left by this or by a killed rebuild."""
    held: Iterable[str] = connection.indices.get_alias(name=alias()) if is_built() else ()
    actions: list[dict[str, dict[str, str]]] = [{"remove": {"index": name, "alias": alias()}} for name in held]
    connection.indices.update_aliases(actions=[*actions, {"add": {"index": target, "alias": alias()}}])
    ours = connection.indices.get(index=f"{alias()}-2*", allow_no_indices=True)
    return sorted(name for name in ours if name != target)
