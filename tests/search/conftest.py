"""Entries without pages: what the analyser, the engines and the results page are tried on."""

import os
import uuid
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from wagtail.models import Page

from events.models import EventPage
from home.services import create_skeleton
from search import sync
from search.engines.elastic.client import client
from search.engines.elastic.rebuilding import rebuild
from search.entries import EntryData, Section, Source
from search.models import SearchEntry, Term
from search.services import SearchRequest, SearchResults, search
from tests.search.elastic import MISSING_NODE, URL, Proxy

Publish = Callable[..., SearchEntry]
numbers = count(1)


def publish_entry(title: str, text: str = "", **values: Any) -> SearchEntry:
    """Write and index one entry; `text` is its only section."""
    key = str(next(numbers))
    values = {
        "source": Source("tests.thing", key),
        "kind": "resource",
        "language": "fr",
        "url": f"/fr/{key}/",
        "sections": [Section("", "", text)] if text else [],
        **values,
    }
    data = EntryData(title=title, **values)
    sync.write(data.source, [data])
    return SearchEntry.objects.get(source_key=data.source.key, source_model=data.source.model, language=data.language)


@pytest.fixture
def publish(db: None) -> Publish:
    """Return a function that publishes an entry."""
    return publish_entry


@pytest.fixture
def find(db: None) -> Callable[..., list[str]]:
    """Return a function that searches and returns the titles found, in order."""

    def titles(text: str, language: str = "fr", **values: Any) -> list[str]:
        return [hit.entry.title for hit in find_results(text, language, **values).hits]

    return titles


def find_results(text: str, language: str = "fr", **values: Any) -> SearchResults:
    """Return the results of a search, with those of the other language."""
    other = "en" if language == "fr" else "fr"
    return search(SearchRequest(text, language, **values), [other])


@pytest.fixture
def qpv(db: None) -> Term:
    """Return a term with both languages."""
    return Term.objects.create(
        form_fr="QPV",
        long_form_fr="Quartier prioritaire de la politique de la ville",
        long_form_en="Priority neighbourhood for urban policy",
        synonyms_fr="quartier prioritaire",
        synonyms_en="priority neighbourhood",
    )


@pytest.fixture
def sections(transactional_db: None) -> dict[str, Page]:
    """Return the pages of the empty centre, in French, by key. Transactions really commit."""
    return dict(create_skeleton())


@pytest.fixture
def workshop(sections: dict[str, Page]) -> EventPage:
    """Return the published page of an event, without dates."""
    page = EventPage(title="Atelier compostage", locale=sections["events"].locale)
    sections["events"].add_child(instance=page)
    return page


@pytest.fixture
def elastic(settings: Any, db: None) -> Iterator[str]:
    """Search in a real Elasticsearch, in an index of this test's own, which exists and is empty. Returns its name.

    The time allowed is generous: what a slow node does is tried where the time is set back.
    """
    if not URL:
        assert os.environ.get("CI") != "true", "CI must prove the search on a real Elasticsearch."
        pytest.skip(MISSING_NODE)
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = URL
    settings.ELASTICSEARCH_INDEX = name = f"test-{uuid.uuid4().hex}"
    settings.ELASTICSEARCH_TIMEOUT = 20
    cache.clear()
    rebuild()
    yield name
    cache.clear()
    settings.ELASTICSEARCH_URL = URL
    for index in client().indices.get(index=f"{name}*"):
        client().indices.delete(index=index)


@pytest.fixture
def proxy(elastic: str, settings: Any) -> Iterator[Proxy]:
    """Reach that Elasticsearch through a proxy that may stop answering."""
    proxy = Proxy(URL)
    settings.ELASTICSEARCH_URL = proxy.url
    settings.ELASTICSEARCH_TIMEOUT = 0.35
    yield proxy
    proxy.close()
