"""Remembers for a while that an engine does not answer, so that not every visitor waits to find out."""

import logging

from django.core.cache import cache

logger = logging.getLogger(__name__)

KEY = "search-engine-away"
# Seconds without asking after an error; then one request tries again, and the others follow if it is answered.
PAUSE = 10


def is_known_away() -> bool:
    """Tell whether the engine has not answered since its last error."""
    return cache.get(KEY) is not None


def is_open() -> bool:
    """Tell whether the engine is to be left alone: of those who come after the pause, one tries."""
    if not is_known_away():
        return False
    # The pause has a key of its own: when it ends, whoever sets it again is the one who tries.
    return not cache.add(f"{KEY}-pause", True, PAUSE)


def opened(error: Exception) -> None:
    """Note that the engine did not answer. The error's class is logged: its text may hold what was asked."""
    if cache.get(KEY) is None:
        logger.warning("Elasticsearch does not answer (%s): the embedded search stands in.", type(error).__name__)
    cache.set(KEY, True, None)
    cache.set(f"{KEY}-pause", True, PAUSE)


def closed() -> None:
    """Note that the engine answers."""
    if cache.get(KEY) is not None:
        cache.delete_many([KEY, f"{KEY}-pause"])
        logger.warning("Elasticsearch answers again.")
