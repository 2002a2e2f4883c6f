"""Long proof (`make drills`): the node is killed under load, and no visitor's search is lost."""

import os
import signal
import socket
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from django.conf import settings as project
from django.core.cache import cache

from search.engines.elastic.rebuilding import rebuild
from tests.search.conftest import publish_entry
from tests.search.elastic import MISSING_NODE, URL

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

SCRIPT = Path(project.BASE_DIR) / "bin" / "search-engine"
CLIENTS, SECONDS = 20, 12


@pytest.fixture
def node(settings):
    """A node of this test's own: its port, and what ends it without a word."""
    if not URL:
        assert os.environ.get("CI") != "true", "CI must prove the search on a real Elasticsearch."
        pytest.skip(MISSING_NODE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = subprocess.run([SCRIPT, "start", "--port", str(port)], capture_output=True, text=True, check=True)
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = started.stdout.strip()
    settings.ELASTICSEARCH_INDEX = "drill"
    # Twenty clients, the portal and the node share this machine: slow is not what is tried here.
    settings.ELASTICSEARCH_TIMEOUT = 10
    cache.clear()
    yield port
    subprocess.run([SCRIPT, "stop", "--port", str(port)], check=True)
    cache.clear()


def killed(port):
    """Kill every process that listens there, as a machine that loses its power does."""
    listening = subprocess.run(
        ["pgrep", "-f", f"http.port={port}|run-{port}/"], capture_output=True, text=True, check=True
    )
    for pid in map(int, listening.stdout.split()):
        os.kill(pid, signal.SIGKILL)


def test_no_search_is_lost_when_the_node_is_killed_under_twenty_clients(node, live_server):
    rebuild()
    for number in range(60):
        publish_entry(f"Formation numéro {number}", "Des quartiers et des habitants.")
    end = time.monotonic() + SECONDS
    answers: list[tuple[float, int, bool, bool]] = []

    def visit(client):
        while time.monotonic() < end:
            started = time.monotonic()
            answer = requests.get(f"{live_server.url}/fr/recherche/", {"q": "formation quartiers"}, timeout=30)
            page = answer.text
            answers.append(
                (started, answer.status_code, "60 résultats" in page.replace("\xa0", " "), "recherche réduite" in page)
            )

    with ThreadPoolExecutor(CLIENTS) as pool:
        visits = [pool.submit(visit, number) for number in range(CLIENTS)]
        time.sleep(SECONDS / 3)
        moment = time.monotonic()
        killed(node)
        for done in visits:
            done.result()

    assert Counter((status, found) for _at, status, found, _reduced in answers) == {(200, True): len(answers)}
    assert len(answers) > CLIENTS
    # The control: before, the node answered at least some; after, nobody but the database does.
    assert any(not reduced for at, _status, _found, reduced in answers if at < moment)
    assert all(reduced for at, _status, _found, reduced in answers if at > moment + 1)
