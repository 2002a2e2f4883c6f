"""Titles proposed while one types: the same on every engine, and nothing that is not public."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from search import views
from search.engines.elastic.rebuilding import rebuild
from search.suggestions import suggestions
from tests.search.conftest import Publish
from tests.search.test_results_page import HOSTILE

YEAR = timezone.timedelta(days=365)


def address(language: str = "fr") -> str:
    with translation.override(language):
        return reverse("search:suggestions")


@pytest.fixture
def titles(publish: Publish) -> None:
    soon, before = timezone.now() + YEAR, timezone.now() - YEAR
    publish("Quartiers prioritaires", kind="dossier")
    publish("Habiter un quartier", "Les quartiers prioritaires de demain", kind="resource")
    publish("Les quartiers d’été", kind="case_study")
    publish("Marcher dans le quartier", kind="session", starts=before, ends=before)
    publish("Marcher la nuit dans le quartier", kind="session", starts=soon, ends=soon)
    publish("Marcher la nuit dans le quartier", kind="occurrence", starts=soon, ends=soon)
    publish("Égalité des chances", kind="dossier")
    publish("Quarter days", kind="dossier", language="en")
    publish("Quartiers prioritaires", kind="quotation")


def proposed(text: str, language: str = "fr") -> list[str]:
    return [suggestion.title for suggestion in suggestions(text, language)]


CASES = [
    # What begins by it, dossiers before others; what is over last.
    (
        "quar",
        [
            "Quartiers prioritaires",
            "Les quartiers d’été",
            "Habiter un quartier",
            "Marcher la nuit dans le quartier",
            "Marcher dans le quartier",
        ],
    ),
    # The words before the last in any form, the last one unfinished; accents and elision do not matter.
    ("quartier prior", ["Quartiers prioritaires"]),
    ("quart prior", ["Quartiers prioritaires"]),
    ("l’EG", ["Égalité des chances"]),
    ("la nuit dans", ["Marcher la nuit dans le quartier"]),
    ("nuits quartier", ["Marcher la nuit dans le quartier"]),
    # What only a text says, one letter, nothing.
    ("demain", []),
    ("q", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_titles_that_begin_so_are_proposed(titles: None, text: str, expected: list[str]) -> None:
    assert proposed(text) == expected


def test_elasticsearch_proposes_the_same(elastic: str, titles: None) -> None:
    rebuild()

    assert {text: proposed(text) for text, _expected in CASES} == dict(CASES)


def test_each_language_has_its_own(titles: None, client: Client) -> None:
    answer = client.get(address("en"), {"q": "quart"})

    assert [found["title"] for found in answer.json()["suggestions"]] == ["Quarter days"]
    assert answer.json()["said"] == "1 suggestion"
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_has_an_answer(titles: None, client: Client, text: str) -> None:
    assert client.get(address(), {"q": text.encode("utf-8", "surrogatepass")}).status_code == 200


def test_who_asks_too_often_is_told(titles: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(views, "MOST_SUGGESTIONS", 1)

    assert [client.get(address(), {"q": "quart"}).status_code for _time in range(2)] == [200, 429]
