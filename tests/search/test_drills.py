"""Long proofs of the search (`make drills`): whatever is typed is answered."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.services import create_skeleton
from search.engines.elastic.rebuilding import rebuild
from search.models import Term
from tests.search.conftest import publish_entry

pytestmark = [pytest.mark.drill, pytest.mark.django_db]

WORDS = ["formation", "l'égalité", "QPV", '"', "-", "AND NOT", "*", "(", "œuvre", "2024-2030", "%s", "\x00", "  ", "É"]
TYPED = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))


ADDRESSES = ("/fr/recherche/", "/en/search/", "/fr/recherche/suggestions/", "/en/search/results.json")


@pytest.fixture
def portal(qpv: Term) -> None:
    create_skeleton()
    for number in range(12):
        publish_entry(
            f"Formation à l’égalité dans les quartiers prioritaires, {number}",
            "Une œuvre commune, de 2024 à 2030.",
            kind=("dossier", "session")[number % 2],
            language=("fr", "en")[number % 3 == 0],
        )


@pytest.fixture
def filled(elastic: str, portal: None) -> None:
    rebuild()


def answered(typed: str, kind: str, page: str) -> None:
    """Fail unless each address of the search answers within a second of the processor."""
    client = Client(raise_request_exception=True)
    # Nobody asks for so much from one address.
    cache.clear()
    query = {"q": typed.encode("utf-8", "surrogatepass"), "kind": kind, "page": page}
    for address in ADDRESSES:
        started = time.process_time()
        assert client.get(address, query).status_code == 200
        assert time.process_time() - started < 1


fuzzed = given(
    typed=TYPED, kind=st.sampled_from(["", "dossier", "nothing", "\x00"]), page=st.sampled_from(["", "2", "-1", "x"])
)


@settings(max_examples=1250, deadline=None, suppress_health_check=list(HealthCheck))
@fuzzed
def test_whatever_is_typed_is_answered_within_a_second(portal, typed, kind, page):
    answered(typed, kind, page)


@settings(max_examples=1250, deadline=None, suppress_health_check=list(HealthCheck))
@fuzzed
def test_whatever_is_typed_is_answered_by_elasticsearch(filled, typed, kind, page):
    answered(typed, kind, page)
