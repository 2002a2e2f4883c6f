"""What answers queries. One interface, and an engine per database for the embedded search."""

from django.db import connection

from search.engines.base import Candidate, Engine, EngineRequest, FacetCount, Filters, Matches
from search.engines.embedded_postgresql import PostgreSQLEngine
from search.engines.embedded_sqlite import SQLiteEngine

__all__ = ["Candidate", "Engine", "EngineRequest", "FacetCount", "Filters", "Matches", "get_engine"]


def get_engine() -> Engine:
    """Return the embedded engine of the project's database."""
    return PostgreSQLEngine() if connection.vendor == "postgresql" else SQLiteEngine()
