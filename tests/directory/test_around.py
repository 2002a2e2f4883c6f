"""A search for a commune of which nothing tells leads to what it lies in."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from directory.around import MOST_UNKNOWN
from search.entries import FacetValue
from tests.search.conftest import publish_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known() -> None:
    cache.clear()
    areas = [FacetValue("departement:60", "Oise"), FacetValue("region:32", "Hauts-de-France")]
    publish_entry("Formation à Creil", "Une ville, des gens.", kind="session", place="Creil", facets={"area": areas})


def proposed(client: Client, text: str, **filters: str) -> list[tuple[str, str]]:
    page = client.get("/fr/recherche/", {"q": text, **filters}).content.decode()
    found = re.search(r"Rien ne parle de (.*?) même.*?</p>", page, re.DOTALL)
    return [(found[1], ""), *re.findall(r'<a href="\?([^"]*)">([^<]*)</a>', found[0])] if found else []


def test_the_territories_around_are_proposed_with_the_other_words_and_the_filters(client):
    assert proposed(client, "formation à Beauvais", kind="session") == [
        ("Beauvais", ""),
        ("q=formation+%C3%A0+Oise&amp;kind=session", "Oise"),
        ("q=formation+%C3%A0+Hauts-de-France&amp;kind=session", "Hauts-de-France"),
    ]
    assert proposed(client, "St Just en Chaussée")[0] == ("Saint-Just-en-Chaussée", "")


@pytest.mark.parametrize(
    "text",
    # Known; a word of the entries although a commune of the Oise bears it; far from all that is known; no commune.
    ["creil", "ville", "brest", "zzz", "", '"', "x " * 12],
)
def test_nothing_is_proposed_where_something_is_found_or_nothing_is_near(client, text: str):
    assert proposed(client, text) == []


def test_few_names_are_looked_up_however_many_words_are_unknown(client, monkeypatch):
    asked: list[list[str]] = []
    monkeypatch.setattr("directory.around.official_spelt", lambda words: asked.append(words) or [])

    proposed(client, " ".join(f"inconnu{letter}" for letter in "abcdefghijkl"))

    assert len(asked) <= MOST_UNKNOWN * 21
