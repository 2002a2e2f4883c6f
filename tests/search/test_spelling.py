"""«Did you mean»: proposed when it finds something, never applied."""

import pytest

from search import spelling
from search.models import SearchTerm, Term
from search.spelling import distance
from tests.search.conftest import find_results

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("formation", "formation", 0),
        ("formtion", "formation", 1),
        ("fromation", "formation", 1),
        ("participasion", "participation", 1),
        ("valancienne", "valenciennes", 2),
        ("ville", "vile", 1),
        ("logement", "jardin", 3),
    ],
)
def test_letters_lacking_changed_and_exchanged_are_counted(one, other, steps):
    assert distance(one, other, 2) == distance(other, one, 2) == steps


@pytest.fixture
def said(publish):
    publish("Formation à la participation", "Des ateliers à Valenciennes et à Lens.")
    publish("Égalité des chances", "La laïcité au quotidien.")
    publish("Participation des habitants")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("formtion participasion", "formation participation"),
        ("egaliét", "égalité"),
        ("la laicitté", "la laïcité"),
        ("valancienne", "Valenciennes"),
        # Right already, too short, a number, an acronym, nothing near, nothing at all.
        ("formations", ""),
        ("lns", ""),
        ("2207", ""),
        ("LAICITTE", ""),
        ("zzyzzyva", ""),
        ("", ""),
        # Each word is said, and never together: there is nothing to correct.
        ("laïcité valenciennes", ""),
    ],
)
def test_what_was_meant_is_proposed_where_it_finds_something(said, typed, meant):
    assert find_results(typed).suggestion == meant


def test_nothing_is_proposed_that_finds_nothing(said):
    # Each word has a neighbour, and no entry says both neighbours.
    assert find_results("laicitté valancienne").suggestion == ""


def test_a_term_of_the_editors_is_no_mistake(said):
    Term.objects.create(form_fr="formatio", long_form_fr="fonds de mobilisation")
    assert find_results("formatio").suggestion == ""


def test_a_word_of_the_other_language_is_no_mistake(publish):
    publish("Le contrat de ville")
    publish("A contract for towns", language="en")
    assert find_results("contrat", "en").suggestion == ""
    assert find_results("contrqct", "en").suggestion == "contract"


def test_the_number_is_the_one_typed(publish):
    publish("Guide des marches exploratoires")
    assert find_results("marche exploratiore").suggestion == "marche exploratoire"


def test_a_ligature_is_proposed_as_it_is_written(publish):
    publish("Le cœur de ville", "À Œuilly, une œuvre à plusieurs.")
    assert find_results("ceour").suggestion == "cœur"
    assert find_results("oeuvze").suggestion == "œuvre"
    assert find_results("oueilly").suggestion == "Œuilly"


def test_english_is_corrected_by_english_words(publish):
    publish("Neighbourhood management", language="en")
    publish("Collectif")
    assert find_results("nieghbourhood", "en").suggestion == "neighbourhood"
    assert find_results("colectif", "en").suggestion == ""


def test_counting_anew_forgets_what_nobody_says_any_longer(said):
    SearchTerm.objects.create(language="fr", form="oubliee", stem="oubli", shown="oubliée")
    spelling.recount()
    counts = dict(SearchTerm.objects.filter(language="fr").values_list("form", "count"))
    assert counts["participation"] == 2
    assert counts["laicite"] == 1
    assert "oubliee" not in counts


def test_the_page_leads_to_what_was_meant(said, client):
    page = client.get("/fr/recherche/", {"q": "egaliet"}).content.decode()
    assert "Vouliez-vous dire" in page
    assert '<a href="?q=%C3%A9galit%C3%A9">égalité</a>' in page
