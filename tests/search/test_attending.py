"""What one attends: where it is held, when, whether there is room; and words that only look like another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from search.engines.elastic.rebuilding import rebuild
from tests.search.conftest import Publish, find_results

MARCH, APRIL = datetime(2199, 3, 10, 9, tzinfo=UTC), datetime(2199, 4, 7, 9, tzinfo=UTC)


@pytest.fixture
def held(publish: Publish) -> None:
    cache.clear()
    march = {"kind": "session", "starts": MARCH, "ends": MARCH}
    publish("Laïcité", "À Lille ou à Amiens.", place="Amiens", **march)
    publish("Laïcité au guichet", place="Lille", places="full", **march)
    publish("Laïcité à l’école", place="Lille", places="open", url="/fr/ecole/", **march)
    publish("Laïcité à l’école, 10 mars", kind="occurrence", place="Lille", starts=MARCH, url="/fr/ecole/")
    publish("Laïcité en avril", "Après celle de mars.", kind="session", starts=APRIL, ends=APRIL, place="Lille")
    publish("Laïcité : le guide", "Écrit à Lille, en mars.", kind="resource")


EXPECTED = {
    # What is held elsewhere is not found, however its text reads; a date stands behind its session.
    "laïcité lille": [
        "Laïcité à l’école",
        "Laïcité en avril",
        "Laïcité au guichet",
        "Laïcité : le guide",
        "Laïcité à l’école, 10 mars",
    ],
    "laïcité lille mars": [
        "Laïcité à l’école",
        "Laïcité au guichet",
        "Laïcité : le guide",
        "Laïcité en avril",
        "Laïcité à l’école, 10 mars",
    ],
}


def found(text: str) -> list[str]:
    return [hit.entry.title for hit in find_results(text).hits]


def test_a_town_keeps_what_is_held_there_and_a_month_puts_the_others_behind(held: None) -> None:
    assert {text: set(found(text)) for text in EXPECTED} == {text: set(titles) for text, titles in EXPECTED.items()}
    assert found("laïcité lille mars")[-2:] == ["Laïcité à l’école, 10 mars", "Laïcité en avril"]
    assert found("laïcité lille")[-1] == "Laïcité à l’école, 10 mars"
    assert found("laïcité lille").index("Laïcité à l’école") < found("laïcité lille").index("Laïcité au guichet")


def test_elasticsearch_keeps_the_same(elastic: str, held: None) -> None:
    rebuild()

    assert {text: set(found(text)) for text in EXPECTED} == {text: set(titles) for text, titles in EXPECTED.items()}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("marché", ["Etat des MARCHES", "Les jours de fête", "Marche de nuit"]),
        ("marche", ["Marche de nuit"]),
        ("première", ["Le premier pas"]),
    ],
)
def test_a_word_with_its_accents_comes_before_one_that_only_looks_like_it(publish: Publish, typed, expected):
    publish("Marche de nuit", "Une marche, des marches.", kind="dossier")
    publish("Les jours de fête", "On y tient un marché.", kind="news")
    publish("Etat des MARCHES", kind="document")
    publish("Le premier pas")

    assert [title for title in found(typed) if title in expected] == expected


def test_what_one_attends_is_found_first_by_what_it_is(publish: Publish) -> None:
    publish("Bilan", "Une formation a eu lieu sur la santé.", keywords=["formation"])
    publish("Santé", kind="session", keywords=["formation"], starts=MARCH, ends=MARCH)

    assert found("formation santé") == ["Santé", "Bilan"]


def test_the_page_of_the_offer_comes_first_then_what_has_places_then_what_is_over(publish: Publish) -> None:
    publish("Formations", kind="standard")
    publish("Égalité", kind="session", keywords=["formation"], price="free", places="full")
    publish("Laïcité", kind="session", keywords=["formation"], price="free", places="open")
    publish("Médiation", "Une formation à la formation.", kind="session", keywords=["formation"], place="Lille")

    assert found("formation") == ["Formations", "Laïcité", "Égalité", "Médiation"]


def test_what_is_over_stands_behind_what_is_full_though_its_title_says_it_shorter(publish: Publish) -> None:
    publish("Médiation scolaire", kind="session", place="Creil")
    publish("Médiation scolaire demain", kind="session", price="free", places="full", place="Arras")

    assert found("médiation") == ["Médiation scolaire demain", "Médiation scolaire"]


def test_of_two_dates_the_sooner_comes_first(publish: Publish) -> None:
    soon, late = (timezone.now() + timedelta(days=days) for days in (10, 100))
    for title, day in (("Laïcité, la suite", late), ("Laïcité, le début", soon)):
        publish(title, kind="session", price="free", starts=day, ends=day)

    assert found("laïcité") == ["Laïcité, le début", "Laïcité, la suite"]


def test_where_a_month_is_asked_for_its_days_come_in_order(publish: Publish) -> None:
    for day, places in ((28, "full"), (15, "open"), (3, "open")):
        starts = datetime(2199, 3, day, 9, tzinfo=UTC)
        publish(f"Laïcité, le {day}", kind="session", price="free", places=places, starts=starts, ends=starts)

    assert found("laïcité mars") == ["Laïcité, le 3", "Laïcité, le 15", "Laïcité, le 28"]


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [("session laïcité", "session", "fr"), ("retour d'expérience laïcité", "case_study", "fr")],
)
def test_a_thing_is_found_by_another_name_of_what_it_is(publish: Publish, text: str, kind: str, language: str) -> None:
    publish("Laïcité", kind=kind, language=language)

    assert found(text) == ["Laïcité"]


def side_by_side(publish: Publish) -> None:
    publish("Ouvrir", "Un adulte ouvre. Puis il passe le relais, et un adulte ferme.", kind="dossier")
    publish("Lexique", kind="document", pages=["Des mots.", "Un adulte-relais est un médiateur."])


def test_words_side_by_side_in_a_file_count_as_in_a_page(publish: Publish) -> None:
    side_by_side(publish)
    assert found("adulte relais") == ["Lexique", "Ouvrir"]


def test_words_side_by_side_in_a_file_count_on_elasticsearch_too(elastic: str, publish: Publish) -> None:
    side_by_side(publish)
    rebuild()
    assert found("adulte relais") == ["Lexique", "Ouvrir"]
