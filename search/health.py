"""What a supervisor is told of the search."""

from search.engines import breaker
from search.engines.elastic.client import is_configured
from search.models import UnsentChange


def state() -> str:
    """Return who answers searches, without asking them: the engine, or «standing in» while Elasticsearch is away.

    How many changes Elasticsearch has yet to learn of stands beside it, where there are any.
    """
    if not is_configured():
        return "embedded"
    waiting = UnsentChange.objects.count()
    name = "embedded, standing in for elasticsearch" if breaker.is_known_away() else "elasticsearch"
    return f"{name}, unsent changes: {waiting}" if waiting else name
