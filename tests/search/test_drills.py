"""Long proofs of the search (`make drills`): whatever is typed is answered."""

import time

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.services import create_skeleton
from resources.models import DossierPage
from tests.factories.pages import make_page

pytestmark = [pytest.mark.drill, pytest.mark.django_db]

WORDS = ["formation", "l'égalité", "QPV", '"', "-", "AND NOT", "*", "(", "œuvre", "2024-2030", "%s", "\x00", "  ", "É"]
TYPED = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))


@pytest.fixture
def portal() -> None:
    create_skeleton()
    make_page(DossierPage, "Formation à l'égalité dans les quartiers prioritaires")


@settings(max_examples=2500, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    typed=TYPED, kind=st.sampled_from(["", "dossier", "nothing", "\x00"]), page=st.sampled_from(["", "2", "-1", "x"])
)
def test_whatever_is_typed_is_answered_within_a_second(portal, typed, kind, page):
    client = Client(raise_request_exception=True)
    for address in ("/fr/recherche/", "/en/search/"):
        started = time.process_time()
        query = {"q": typed.encode("utf-8", "surrogatepass"), "kind": kind, "page": page}
        assert client.get(address, query).status_code == 200
        assert time.process_time() - started < 1
