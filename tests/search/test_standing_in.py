"""Elasticsearch down, slow or red: the embedded search answers, at once, and says so."""

import logging
import time
from contextlib import contextmanager

import pytest

from search import jobs
from search.engines import breaker, get_engine, unsent
from search.engines.elastic import ElasticsearchEngine
from search.engines.elastic.client import client
from search.models import UnsentChange
from tests.search.conftest import publish_entry
from tests.search.test_elasticsearch import asked, titles

pytestmark = pytest.mark.django_db


@contextmanager
def within(seconds):
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


def down(proxy, index):
    proxy.close()


def slow(proxy, index):
    proxy.mode = "silent"
    proxy.end_connections()


def red(proxy, index):
    """A copy that no node may hold: the cluster answers, and what it answers is not all."""
    real = client().indices.get(index=f"{index}*")
    for name in real:
        client().indices.delete(index=name)
    client().indices.create(
        index=f"{index}-red",
        aliases={index: {}},
        settings={"index.routing.allocation.require._name": "nobody", "number_of_replicas": 0},
        wait_for_active_shards="0",
        timeout="1ms",
    )


def without_index(proxy, index):
    for name in client().indices.get(index=f"{index}*"):
        client().indices.delete(index=name)


@pytest.mark.parametrize("harm", [down, slow, red, without_index])
def test_the_embedded_search_stands_in_within_half_a_second(proxy, elastic, caplog, harm):
    publish_entry("Formation aux droits")
    unsent.send()
    assert get_engine().search(asked("formation")).engine == "elasticsearch"
    harm(proxy, elastic)
    with caplog.at_level(logging.WARNING), within(0.5):
        found = get_engine().search(asked("formation"))
    assert (found.engine, found.reduced, titles(found)) == ("embedded", True, ["Formation aux droits"])
    assert "Elasticsearch does not answer" in caplog.text
    # What was asked is nobody's business.
    assert "formation" not in caplog.text
    # Those who come after do not wait to find out.
    with within(0.1):
        assert get_engine().search(asked("formation")).reduced


def test_it_returns_by_itself_and_learns_what_it_missed(proxy, elastic, caplog, monkeypatch, client):
    def told():
        return client.get("/health/ready").json()["search"]

    monkeypatch.setattr(breaker, "PAUSE", 0.2)
    assert told() == "elasticsearch"
    proxy.close()
    assert get_engine().search(asked("formation")).reduced
    publish_entry("Formation nouvelle")
    assert unsent.send() == 0
    assert UnsentChange.objects.count() == 1
    assert told() == "embedded, standing in for elasticsearch, unsent changes: 1"

    proxy.reopen()
    time.sleep(0.3)
    with caplog.at_level(logging.WARNING):
        assert not get_engine().search(asked("formation")).reduced
    assert "answers again" in caplog.text
    assert unsent.send() == 1
    assert told() == "elasticsearch"
    assert titles(ElasticsearchEngine().search(asked("formation"))) == ["Formation nouvelle"]


def test_a_page_says_that_the_search_is_reduced(proxy, client):
    publish_entry("Formation aux droits")
    address = "/fr/recherche/?q=formation"
    unsent.send()
    assert "recherche réduite" not in client.get(address).content.decode()
    proxy.close()
    page = client.get(address).content.decode()
    assert "Formation aux droits" in page.replace("<mark>", "").replace("</mark>", "")
    assert "recherche réduite" in page


def test_an_engine_that_is_new_is_filled_by_the_clock(proxy, elastic):
    publish_entry("Formation")
    without_index(proxy, elastic)
    # What is sent before makes no index by accident.
    assert unsent.send() == 0
    assert not client().indices.exists(index=elastic)
    jobs.send_changes()
    assert titles(ElasticsearchEngine().search(asked("formation"))) == ["Formation"]
    assert not UnsentChange.objects.exists()


def test_a_publication_is_not_held_up_by_an_engine_that_is_away(proxy, django_capture_on_commit_callbacks):
    proxy.close()
    with within(2), django_capture_on_commit_callbacks(execute=True):
        publish_entry("Formation")
    assert UnsentChange.objects.count() == 1
