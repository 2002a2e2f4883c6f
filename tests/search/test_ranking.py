"""Which result comes first, the same on both engines."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from search.entries import FacetValue, Section
from search.models import Term
from tests.search.conftest import Publish, find_results

Find = Callable[..., list[str]]


def test_a_title_weighs_more_than_a_text_that_repeats_the_word(publish: Publish, find: Find) -> None:
    publish("Annuaire", "formation " * 12)
    publish("Formation", "Autre chose")

    assert find("formation") == ["Formation", "Annuaire"]


def test_the_word_as_typed_weighs_more_than_its_stem(publish: Publish, find: Find) -> None:
    publish("Les renouveler toutes")
    publish("Les renouvellements tous")

    assert find("renouveler")[0] == "Les renouveler toutes"
    assert find("renouvellements")[0] == "Les renouvellements tous"


def test_accents_as_typed_decide_between_words_that_folding_confuses(publish: Publish, find: Find) -> None:
    publish("Une marche exploratoire")
    publish("Un marché de quartier")

    assert find("marché")[0] == "Un marché de quartier"
    assert find("marche")[0] == "Une marche exploratoire"


@pytest.mark.parametrize("where", ["title", "summary", "text"])
def test_words_together_come_before_words_scattered(where: str, publish: Publish, find: Find) -> None:
    together, apart = "L'impact collectif ici", "Un collectif mesure ici son impact"
    for words, name in ((apart, "apart"), (together, "together")):
        if where == "title":
            publish(f"{words} {name}")
        else:
            publish(name, **{where: words})

    assert find("impact collectif")[0].endswith("together")


def test_the_dossier_named_by_an_acronym_comes_first(publish: Publish, find: Find, qpv: Term) -> None:
    publish("Compte rendu", "Le QPV, encore le QPV, toujours le QPV", kind="news")
    publish("Quartiers prioritaires", "Ce qu'ils sont", kind="dossier")

    assert find("QPV") == ["Quartiers prioritaires", "Compte rendu"]


def test_what_is_still_to_come_precedes_what_is_over(publish: Publish, find: Find) -> None:
    now = timezone.now()
    publish("Journée à Lille, passée", kind="occurrence", starts=now - timedelta(days=30))
    publish("Journée à Lille, future", kind="occurrence", starts=now + timedelta(days=30))

    assert find("journée lille") == ["Journée à Lille, future", "Journée à Lille, passée"]


def test_relaxed_results_with_more_of_the_words_come_first(publish: Publish, find: Find) -> None:
    publish("Lille", "Rien")
    publish("Compte rendu", "La formation a eu lieu à Lille")

    assert find("formation lille astronomie") == ["Compte rendu", "Lille"]


def test_an_excluded_word_or_phrase_removes_its_entries(publish: Publish, find: Find) -> None:
    publish("Formation à Lille")
    publish("Formation à Saint-Omer")
    publish("Formation à Creil")

    assert set(find("formation -lille")) == {"Formation à Saint-Omer", "Formation à Creil"}
    assert set(find('formation -"saint omer" -lilles')) == {"Formation à Creil"}


def test_a_quoted_phrase_is_looked_for_as_written(publish: Publish, find: Find) -> None:
    publish("La politique de la ville")
    publish("La ville et la politique")
    publish("Politiques de la ville")

    assert find('"politique de la ville"') == ["La politique de la ville"]


def test_a_phrase_does_not_run_from_one_text_to_the_next(publish: Publish, find: Find) -> None:
    publish("Le conseil", "citoyen ou non")

    assert find('"conseil citoyen"') == []


def test_a_word_of_the_venue_the_keywords_or_the_theme_is_found(publish: Publish, find: Find) -> None:
    publish(
        "Journée", venue="Quai de l'innovation", keywords=["laïcité"], facets={"theme": [FacetValue("h", "Habitat")]}
    )

    assert find("quai innovation") == find("laicite") == find("habitats") == ["Journée"]


def test_values_are_filtered_and_counted_without_their_own_choice(publish: Publish) -> None:
    housing, school = FacetValue("housing", "Habitat", "Housing"), FacetValue("school", "École", "School")
    publish("Formation A", facets={"theme": [housing, school]})
    publish("Formation B", facets={"theme": [housing]}, kind="news")
    publish("Formation C", facets={"theme": [school]})

    results = find_results("formation", facets={"theme": ["school"]}, count_facets=["theme"])

    assert {hit.entry.title for hit in results.hits} == {"Formation A", "Formation C"}
    assert [(value.code, value.count) for value in results.facets["theme"]] == [("housing", 2), ("school", 2)]
    assert {kind.kind: kind.count for kind in results.kinds} == {"resource": 2}


def test_other_scripts_are_found_and_told_apart(publish: Publish, find: Find) -> None:
    publish("Ο δήμος της Αθήνας")
    publish("مدينة")

    assert find("δημος") == ["Ο δήμος της Αθήνας"]
    assert find("مدينة") == ["مدينة"]
    assert find("Αθηνα") == []


def test_words_at_the_end_of_a_long_document_are_found(publish: Publish, find: Find) -> None:
    page = " ".join(f"mot{number} rue place" for number in range(300))
    publish("Rapport", pages=[*[page] * 40, "le toboggan rouge"])

    assert find("toboggan") == find('"toboggan rouge"') == ["Rapport"]


def test_an_enormous_document_is_indexed_as_far_as_it_fits(publish: Publish, find: Find) -> None:
    publish("Liste", pages=[" ".join(f"x{number}y{page}z" for number in range(2000)) for page in range(60)])

    assert find("x0y0z") == find("liste") == ["Liste"]


def test_a_chapter_that_is_called_so_comes_before_words_in_a_text(publish: Publish, find: Find) -> None:
    publish("Guide", "Le conseil citoyen se réunit. Un conseil citoyen écrit.")
    publish(
        "Participation", sections=[Section("Le conseil citoyen", "a", "Tiré au sort."), Section("B", "b", "Autre.")]
    )

    assert find("conseil citoyen") == ["Participation", "Guide"]


def test_an_event_that_is_over_comes_after_the_chapter_on_its_subject(publish: Publish, find: Find) -> None:
    publish("Forum des conseils citoyens", kind="event", starts=timezone.now() - timedelta(days=100))
    publish("Participation", sections=[Section("Le conseil citoyen", "a", "Tiré au sort.")], kind="dossier")

    assert find("conseil citoyen")[0] == "Participation"
    assert find("forum conseil citoyen")[0] == "Forum des conseils citoyens"


def test_what_one_can_attend_in_a_town_comes_before_what_lists_the_town(publish: Publish, find: Find) -> None:
    publish("Formation, le cycle", kind="cycle", place="Lille, Arras", keywords=["Lille", "Arras"])
    publish("Formation, une journée", kind="session", place="Lille", keywords=["Lille"])

    assert find("formation lille")[0] == "Formation, une journée"


def test_small_words_count_where_they_stand_between_others(publish: Publish, find: Find) -> None:
    publish("Équipes", summary="Un porte-parole")
    publish("Aller vers", "Du porte-à-porte chaque soir")

    assert find("porte à porte") == ["Aller vers", "Équipes"]


def test_a_hyphenated_title_is_a_title_in_one_piece_too(publish: Publish, find: Find) -> None:
    publish("Annuaire", summary="Coconstruire, oui, coconstruire encore")
    publish("Co-construire ensemble")

    assert find("coconstruire")[0] == "Co-construire ensemble"


def test_a_title_that_begins_with_the_words_comes_first(publish: Publish, find: Find) -> None:
    publish("Préparer la revoyure des contrats de ville", kind="dossier")
    publish("Contrats de ville, la période 2024-2030", kind="dossier")

    assert find("contrat de ville")[0] == "Contrats de ville, la période 2024-2030"


def test_a_month_finds_what_is_held_then(publish: Publish, find: Find) -> None:
    march, may = (timezone.make_aware(datetime(2027, month, 31, 23, 30)) for month in (3, 5))
    publish("Journée A", kind="event", starts=march, ends=march)
    publish("Journée B", kind="event", starts=may, ends=may)
    publish("Conference", kind="event", starts=march, language="en")

    assert find("journée mars") == find("journées mars 2027") == ["Journée A"]
    assert find("conference march", "en") == ["Conference"]
