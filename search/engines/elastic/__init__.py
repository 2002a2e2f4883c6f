"""Elasticsearch, through its official client: an index with analysis of its own."""

from search.engines.elastic.engine import ElasticsearchEngine, NotBuilt

__all__ = ["ElasticsearchEngine", "NotBuilt"]
