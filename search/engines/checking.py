"""An index compared with the rows, and mended."""

from search.engines.base import Index
from search.engines.embedded import BATCH
from search.models import SearchEntry


def mended(engine: Index) -> int:
    """Make an index say what the rows say; return how many entries it had wrong."""
    found = engine.differences()
    for start in range(0, len(found.stale), BATCH):
        keys = found.stale[start : start + BATCH]
        engine.index(SearchEntry.objects.filter(pk__in=keys).prefetch_related("facets"))
    engine.remove(found.gone)
    return len(found)
