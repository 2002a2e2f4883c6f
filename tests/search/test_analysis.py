"""The analyser alone: no database."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse, clean, fold, guess_language, stem
from search.analysis.analyser import joined_forms, words


def forms(text: str, language: str = "fr") -> list[str]:
    return [token.form for token in analyse(clean(text), language)]


def test_an_elided_article_is_cut_off_and_never_glued() -> None:
    assert forms("L’égalité, l'habitat d'Amiens qu'il aime jusqu'ici") == [
        "egalite",
        "habitat",
        "amiens",
        "il",
        "aime",
        "ici",
    ]
    assert forms("légalité") == ["legalite"]


def test_an_inner_apostrophe_belongs_to_its_word() -> None:
    assert forms("aujourd’hui prud'hommes O'Brien") == ["aujourdhui", "prudhommes", "obrien"]


def test_dots_of_an_acronym_are_dropped_and_ends_of_sentences_are_not_acronyms() -> None:
    assert forms("Le C.U.C.S. et l'A.N.R.U, plan B. Ensuite") == ["le", "cucs", "et", "anru", "plan", "b", "ensuite"]


def test_ranges_give_both_their_ends() -> None:
    assert forms("2024-2030, 19–20, 2014/2020") == ["2024", "2030", "19", "20", "2014", "2020"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_indexed_are_the_words_of_the_text_in_their_order(language: str) -> None:
    text = clean("L’A.N.R.U et l'évaluation d'aujourd’hui : Amiens’s œuvre, 19–20 co-construction… 城市 de la Cité")
    assert words(text, language) == [(t.form, t.stem, t.accented, t.is_stop) for t in analyse(text, language)]


def test_places_in_the_text_are_those_of_the_words() -> None:
    text = clean("Œuvre d’art : l’évaluation, C.U.C.S.")
    assert [text[token.start : token.end] for token in analyse(text, "fr")] == [
        "Œuvre",
        "art",
        "évaluation",
        "C.U.C.S.",
    ]


def test_invisible_characters_do_not_split_words() -> None:
    assert forms("éva\u00adlua\u200btion") == ["evaluation"]
    assert forms("e\u0301galite\u0301") == ["egalite"]
    assert forms("ﬁnancement ２０２４") == ["financement", "2024"]


def test_control_characters_separate() -> None:
    assert clean("a\x00b\x1fc\td\n\ne") == "a b c d e"


@pytest.mark.parametrize(
    ("word", "folded"),
    [("ÉLÈVE", "eleve"), ("Straße", "strasse"), ("Ærø", "aero"), ("Łódź", "lodz"), ("İZMİR", "izmir")],
)
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_english_possessive_is_dropped() -> None:
    assert forms("the city’s mayors' plan", "en") == ["the", "city", "mayors", "plan"]


def test_a_hyphenated_word_is_also_known_in_one_piece() -> None:
    assert joined_forms("La co-construction en Hauts-de-France, 2024-2030") == ["coconstruction", "hautsdefrance"]


def test_figures_and_unknown_languages_are_not_stemmed() -> None:
    assert stem("2024s", "fr") == "2024s"
    assert stem("Formationen".lower(), "de") == "formationen"


def test_the_language_of_a_text_is_guessed_by_its_small_words() -> None:
    assert guess_language("Ce que les habitants disent de leur quartier et de la ville", "en") == "fr"
    assert guess_language("What the people of this neighbourhood say about their city", "fr") == "en"
    assert guess_language("URBACT 2020", "fr") == "fr"


@given(st.text(max_size=300), st.sampled_from(["fr", "en"]))
def test_any_text_is_analysed_into_plain_words(text: str, language: str) -> None:
    cleaned = clean(text)
    for token in analyse(cleaned, language):
        assert token.form
        assert token.form == token.form.strip()
        assert 0 <= token.start < token.end <= len(cleaned)


def test_long_texts_are_analysed_quickly() -> None:
    text = "La politique de la ville et l'égalité des habitants. " * 10_000
    started = time.process_time()
    analyse(text, "fr")

    assert time.process_time() - started < 5
