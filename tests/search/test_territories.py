"""Territories that words name: the région, the département, the intercommunality, the neighbourhood around a town."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from search.engines.elastic.rebuilding import rebuild
from search.entries import FacetValue
from search.excerpts import plain
from search.gazetteer import Named, known_places
from search.understanding import readings
from tests.search.conftest import Publish, find_results

MARCH = datetime(2199, 3, 10, 9, tzinfo=UTC)
OISE, NORD = FacetValue("departement:60", "Oise"), FacetValue("departement:59", "Nord")
AROUND = {
    "Creil": [OISE, FacetValue("intercommunality:200068047", "Communauté d’agglomération Creil Sud Oise")],
    "Beauvais": [OISE, FacetValue("intercommunality:200067999", "Communauté d’agglomération du Beauvaisis")],
    "Cambrai": [NORD, FacetValue("intercommunality:200068500", "Communauté d’agglomération de Cambrai")],
    "Lille": [NORD, FacetValue("neighbourhood:QN1", "Europe"), FacetValue("neighbourhood:QN2", "Lille Nord")],
}
REGION = FacetValue("region:32", "Hauts-de-France")


@pytest.fixture
def held(publish: Publish) -> None:
    cache.clear()
    for town, around in AROUND.items():
        facets = {"area": [*around, REGION]}
        publish(f"Laïcité à {town}", kind="session", starts=MARCH, ends=MARCH, place=town, facets=facets)
    publish("Journée", kind="session", starts=MARCH, ends=MARCH, place="Saint-Quentin")
    publish("Laïcité en ligne", "Aussi pour l’Oise, et pour le Nord.", kind="session", starts=MARCH, ends=MARCH)
    publish("Laïcité : une fiche de l’Oise", kind="case_study", facets={"area": [OISE]})
    publish("Laïcité : le guide", "Des exemples de l’Oise et du Nord.")


@pytest.mark.parametrize(
    ("text", "named", "label", "without"),
    [
        ("laïcité oise", Named.AREA, "Oise", "laïcité"),
        ("laïcité dans l'Oise en ligne", Named.AREA, "Oise", "laïcité en ligne"),
        ("Hauts de France laïcité", Named.AREA, "Hauts-de-France", "laïcité"),
        ("laïcité région hauts-de-france", Named.AREA, "Hauts-de-France", "laïcité"),
        ("laïcité beauvaisis", Named.AREA, "Communauté d’agglomération du Beauvaisis", "laïcité"),
        ("agglo du Beauvaisis laïcité", Named.AREA, "Communauté d’agglomération du Beauvaisis", "laïcité"),
        ("communauté d'agglomération de cambrai", Named.AREA, "Communauté d’agglomération de Cambrai", ""),
        # A town of the same name is meant first, and so is the longest name.
        ("cambrai", Named.TOWN, "Cambrai", ""),
        ("lille nord", Named.AREA, "Lille Nord", ""),
        ("département du nord laïcité", Named.AREA, "Nord", "laïcité"),
        ("quartier Europe", Named.AREA, "Europe", ""),
        ("Nord", Named.AREA, "Nord", ""),
        ("laïcité Nord", Named.AREA, "Nord", "laïcité"),
        ("laïcité à St Quentin", Named.TOWN, "Saint-Quentin", "laïcité"),
    ],
)
def test_a_territory_is_read_in_words(held: None, text: str, named: Named, label: str, without: str):
    found = readings(text, "fr", known_places())
    assert [(r.named, r.label, r.without) for r in found] == [(named, label, without)]


@pytest.mark.parametrize("text", ["l'Europe des villes", "quartiers nord", "coopération oise-nord", '"oise"', "-oise"])
def test_words_that_mean_something_else_name_no_territory(held: None, text: str):
    assert readings(text, "fr", known_places()) == []


EXPECTED = {
    "laïcité oise": {
        *("Laïcité à Creil", "Laïcité à Beauvais", "Laïcité en ligne"),
        *("Laïcité : une fiche de l’Oise", "Laïcité : le guide"),
    },
    "laïcité agglo du beauvaisis": {"Laïcité à Beauvais"},
    "laïcité département nord": {"Laïcité à Cambrai", "Laïcité à Lille", "Laïcité en ligne", "Laïcité : le guide"},
    "laïcité creil oise": {"Laïcité à Creil"},
    "laïcité hauts-de-france": {f"Laïcité à {town}" for town in AROUND},
}


def test_what_one_attends_is_held_in_the_territory_asked_for(held: None):
    assert {text: {hit.entry.title for hit in find_results(text).hits} for text in EXPECTED} == EXPECTED


def test_elasticsearch_keeps_the_same_territories(elastic: str, held: None):
    rebuild()
    assert {text: {hit.entry.title for hit in find_results(text).hits} for text in EXPECTED} == EXPECTED


def test_a_hit_says_by_which_name_it_was_found_where_nothing_shown_does(held: None, publish: Publish):
    publish("Laïcité, mode d’emploi", "Pour tous.", keywords=["guichet unique", "autre chose"])

    found = {hit.entry.title: [plain(words) for words in hit.found_by] for hit in find_results("laïcité oise").hits}
    assert found["Laïcité à Creil"] == ["Oise"]
    assert found["Laïcité : une fiche de l’Oise"] == found["Laïcité : le guide"] == []
    (hit,) = find_results("laïcité guichet").hits
    assert [plain(words) for words in hit.found_by] == ["guichet unique"]
    # The kind, the town and the day stand on the line of the hit.
    with translation.override("fr"):
        results = find_results("formation laïcité creil mars 2199")
    assert [(hit.entry.title, hit.found_by) for hit in results.hits] == [("Laïcité à Creil", [])]


def test_a_territory_can_be_removed_from_the_question(held: None, client: Client):
    page = client.get("/fr/recherche/", {"q": "laïcité département de l'oise", "kind": "session"}).content.decode()
    assert 'href="?q=la%C3%AFcit%C3%A9&amp;kind=session"' in page
    assert "Territoire" in page
    assert "Trouvé par" in page


def test_a_name_is_found_written_short_or_in_full(publish: Publish):
    publish("À Saint-Omer")
    publish("Au marché de St-Omer")
    for text in ("st omer", "St-Omer", "saint omer", "Saint-Omer"):
        assert {hit.entry.title for hit in find_results(text).hits} == {"À Saint-Omer", "Au marché de St-Omer"}, text
