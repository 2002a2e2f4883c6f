"""What answers queries. One interface: an engine per database for the embedded search, and Elasticsearch before it."""

from django.db import connection

from search.engines.base import Candidate, Engine, EngineRequest, FacetCount, Filters, Index, Matches
from search.engines.elastic import ElasticsearchEngine
from search.engines.elastic.client import is_configured
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_postgresql import PostgreSQLEngine
from search.engines.embedded_sqlite import SQLiteEngine
from search.engines.standing_in import StandingIn

__all__ = [
    "Candidate",
    "Engine",
    "EngineRequest",
    "FacetCount",
    "Filters",
    "Index",
    "Matches",
    "embedded_engine",
    "every_index",
    "get_engine",
]


def embedded_engine() -> EmbeddedEngine:
    """Return the embedded engine of the project's database."""
    return PostgreSQLEngine() if connection.vendor == "postgresql" else SQLiteEngine()


def every_index() -> list[Index]:
    """Return each index that is kept: the embedded one, and Elasticsearch where the settings name one."""
    return [embedded_engine(), *([ElasticsearchEngine()] if is_configured() else [])]


def get_engine() -> Engine:
    """Return the engine that the settings choose: Elasticsearch with the embedded one behind it, or that one alone."""
    return StandingIn(embedded_engine()) if is_configured() else embedded_engine()
