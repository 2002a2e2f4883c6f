"""What the search reads in words: towns, months, acronyms; the glossary that explains the last."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from search.gazetteer import Named, known_places
from search.models import SearchEntry, Term
from search.understanding import readings
from tests.search.conftest import Publish, find_results
from tests.search.test_ranking import Find

TOWN, MONTH = Named.TOWN, Named.MONTH
MARCH = datetime(2199, 3, 10, 9, tzinfo=UTC)
APRIL = datetime(2199, 4, 7, 9, tzinfo=UTC)


@pytest.fixture
def held(publish: Publish) -> None:
    cache.clear()
    publish("Formation à la médiation", "Après celle de mars.", kind="session", starts=APRIL, ends=APRIL, place="Lille")
    publish("Formation à la médiation scolaire", kind="session", starts=MARCH, ends=MARCH, place="Lille")
    publish("Formation des élus", kind="session", starts=MARCH, ends=MARCH, place="Villeneuve-d’Ascq")
    publish("Training in Lille", kind="session", language="en", starts=MARCH, ends=MARCH, place="Lille")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "formation lille mars",
            "fr",
            [(TOWN, "Lille", "formation mars"), (MONTH, "mars", "formation lille")],
        ),
        ("FORMATION à Lille", "fr", [(TOWN, "Lille", "FORMATION")]),
        ("villeneuve d'ascq élus", "fr", [(TOWN, "Villeneuve-d’Ascq", "élus")]),
        ("août 2027", "fr", [(MONTH, "août 2027", "")]),
        ("aout", "fr", [(MONTH, "août", "")]),
        ("élus janv. 2027", "fr", [(MONTH, "janvier 2027", "élus")]),
        ("Feb 2027", "en", [(MONTH, "February 2027", "")]),
        (
            "training lille march",
            "en",
            [(TOWN, "Lille", "training march"), (MONTH, "March", "training lille")],
        ),
        # Quoted or excluded words, words of the other language, a town where nothing is held.
        ('"lille" -mars formation', "fr", []),
        ("« lille »", "fr", []),
        ('-"formation lille"', "fr", []),
        ("march", "fr", []),
        ("training in May", "en", [(MONTH, "May", "training")]),
        ("formation paris", "fr", []),
        ("", "fr", []),
    ],
)
def test_towns_and_months_are_read_in_words(held: None, text, language, expected):
    assert [(r.named, r.label, r.without) for r in readings(text, language, known_places())] == expected


def test_what_is_held_in_the_month_comes_before_what_only_mentions_it(held: None, find: Find) -> None:
    assert find("formation lille mars") == ["Formation à la médiation scolaire", "Formation à la médiation"]


def test_a_month_written_short_finds_what_is_held_then(publish: Publish, find: Find) -> None:
    publish("Atelier des élus", kind="event", starts=APRIL, ends=APRIL)
    publish("Atelier des agents", kind="event", starts=MARCH, ends=MARCH)

    assert find("atelier avr. 2199") == ["Atelier des élus"]


def test_a_town_and_a_month_can_be_removed_from_the_question(held: None, client: Client) -> None:
    page = client.get("/fr/recherche/", {"q": "formation lille mars", "kind": "session"}).content.decode()

    assert 'href="?q=formation+mars&amp;kind=session"' in page
    assert 'href="?q=formation+lille&amp;kind=session"' in page


@pytest.fixture
def explained(qpv: Term) -> Term:
    qpv.definition_fr, qpv.definition_en = "Périmètre délimité par décret.", "Perimeter drawn by decree."
    qpv.save()
    return qpv


@pytest.mark.parametrize("text", ["QPV", "q.p.v.", "quartiers prioritaires", "les quartiers prioritaires"])
def test_an_acronym_is_defined_before_the_list_with_its_dossier(explained: Term, publish: Publish, text: str) -> None:
    publish("Les quartiers prioritaires", kind="dossier")

    found = find_results(text).meanings

    assert (found.card, found.dossier.title, found.others) == (explained, "Les quartiers prioritaires", [])


def test_an_acronym_among_other_words_is_only_spelt_out(explained: Term, publish: Publish, client: Client) -> None:
    publish("Carte des QPV")

    response = client.get("/fr/recherche/", {"q": "carte QPV"})

    assert response.context["results"].meanings.card is None
    assert "Quartier prioritaire de la politique de la ville" in response.content.decode()
    assert "Périmètre délimité" not in response.content.decode()


@pytest.mark.parametrize(("language", "said"), [("fr", "Périmètre délimité par décret."), ("en", "Perimeter drawn")])
def test_the_card_and_the_glossary_speak_the_language_of_the_page(explained: Term, client: Client, language, said):
    Term.objects.create(form_fr="ZRR", long_form_fr="Zone de revitalisation", active=False)
    Term.objects.create(form_fr="bricolage", synonyms_fr="réparation")
    with translation.override(language):
        glossary, results = reverse("search:glossary"), reverse("search:results")

    card = client.get(results, {"q": "qpv"}).content.decode()
    page = client.get(glossary).content.decode()

    assert said in card
    assert f'href="{glossary}#qpv"' in card
    assert said in page
    assert 'id="qpv"' in page
    assert not {"ZRR", "bricolage"} & set(page.split())


@pytest.mark.django_db(transaction=True)
def test_a_term_is_found_as_its_place_in_the_glossary_while_it_is_in_use(find: Find) -> None:
    term = Term.objects.create(form_fr="GUP", long_form_fr="Gestion urbaine", definition_fr="Entretien des immeubles.")
    assert find("entretien immeubles") == ["GUP – Gestion urbaine"]
    assert SearchEntry.objects.get().address == "/fr/glossaire/#gup"

    term.active = False
    term.save()
    assert find("entretien immeubles") == []
