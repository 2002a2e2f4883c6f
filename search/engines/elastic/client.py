"""The connection to Elasticsearch, as the settings describe it."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from elasticsearch import Elasticsearch


def is_configured() -> bool:
    """Tell whether an Elasticsearch is to be used."""
    return bool(settings.ELASTICSEARCH_URL) and settings.SEARCH_ENGINE == "elasticsearch"


def with_port(url: str) -> str:
    """Return an address with its port, which the client asks for: 443 for https, 9200 otherwise."""
    parts = urlsplit(url)
    if parts.port or not parts.hostname:
        return url
    default = 443 if parts.scheme == "https" else 9200
    return parts._replace(netloc=f"{parts.netloc}:{default}").geturl()


def client() -> Elasticsearch:
    """Return the client for what the settings name. It tries once: whoever waits for an answer has another engine."""
    return _client(
        with_port(settings.ELASTICSEARCH_URL),
        settings.ELASTICSEARCH_CA,
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_USER,
        settings.ELASTICSEARCH_PASSWORD,
    )


@lru_cache(maxsize=4)
def _client(url: str, authority: str, api_key: str, user: str, password: str) -> Elasticsearch:
    own_authority: dict[str, Any] = {"ca_certs": authority} if authority else {}
    return Elasticsearch(
        url,
        **own_authority,
        api_key=api_key or None,
        basic_auth=(user, password) if user else None,
        max_retries=0,
        retry_on_timeout=False,
    )


def alias() -> str:
    """Return the name under which the index in use answers."""
    return str(settings.ELASTICSEARCH_INDEX)


def is_built() -> bool:
    """Tell whether there is an index behind the alias. Raises what the client raises when it has no answer."""
    return bool(client().options(request_timeout=5).indices.exists_alias(name=alias()))
