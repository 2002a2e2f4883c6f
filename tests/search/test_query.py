"""How what was typed is read."""

import pytest

from search.models import Term
from search.query import Alternative, Match, Query, parse
from search.terms import Lexicon, lexicon


def read(text: str, language: str = "fr", known: Lexicon | None = None) -> Query:
    return parse(text, language, known or Lexicon(language))


def asked(query: Query) -> list[list[tuple[tuple[str, ...], Match]]]:
    return [[(wanted.forms, wanted.match) for wanted in clause.alternatives] for clause in query.clauses]


def test_each_word_is_a_clause_and_stop_words_are_left_out() -> None:
    assert asked(read("la politique de la ville")) == [[(("politique",), Match.ALL)], [(("ville",), Match.ALL)]]


def test_stop_words_alone_are_looked_for_as_they_are() -> None:
    assert asked(read("de la")) == [[(("de",), Match.EXACT)], [(("la",), Match.EXACT)]]


@pytest.mark.parametrize("text", ['"retour de l’emploi"', "« retour de l'emploi »", "“retour de l’emploi”"])
def test_quotes_of_any_shape_ask_for_the_words_as_written(text: str) -> None:
    assert asked(read(text)) == [[(("retour", "de", "emploi"), Match.EXACT)]]


def test_a_quote_left_open_asks_for_words() -> None:
    assert asked(read('"conseil citoyen')) == [[(("conseil",), Match.ALL)], [(("citoyen",), Match.ALL)]]


def test_a_minus_in_front_excludes_a_word_or_a_phrase() -> None:
    query = read('formation -lille -"saint omer" co-construction')

    assert [(wanted.forms, wanted.match) for wanted in query.excluded] == [
        (("lille",), Match.PHRASE),
        (("saint", "omer"), Match.EXACT),
    ]
    assert len(query.clauses) == 2


def test_a_hyphenated_word_may_be_written_in_one_piece() -> None:
    assert asked(read("co-construction")) == [[(("co", "construction"), Match.ALL), (("coconstruction",), Match.ALL)]]


def test_words_side_by_side_are_kept_for_the_order_of_results() -> None:
    query = read("l'impact collectif")

    assert query.adjacent == Alternative(("impact", "collectif"), ("impact", "colectif"), Match.PHRASE)
    assert read("impact").adjacent is None


def test_at_most_255_characters_and_12_words_are_read() -> None:
    assert len(read("mot " * 13).clauses) == 12
    assert read("mot " * 13).shortened
    assert not read("mot " * 12).shortened
    assert len(read("é" * 5000).text) == 255
    assert read("é" * 5000).shortened
    assert read('"' + "mot " * 30 + '"').clauses[0].alternatives[0].forms == ("mot",) * 12


@pytest.fixture
def known(qpv: Term) -> Lexicon:
    Term.objects.create(form_fr="PRU", long_form_fr="Projet de renouvellement urbain", direction="form_only")
    Term.objects.create(form_fr="XYZ", long_form_fr="Forme ancienne", active=False)
    return lexicon("fr")


def test_an_acronym_also_asks_for_its_long_form_as_a_phrase(known: Lexicon) -> None:
    assert asked(read("carte QPV", known=known)) == [
        [(("carte",), Match.ALL)],
        [
            (("qpv",), Match.ALL),
            (("quartier", "prioritaire", "politique", "ville"), Match.PHRASE),
            (("quartier", "prioritaire"), Match.PHRASE),
        ],
    ]


def test_the_longest_known_expression_wins(known: Lexicon) -> None:
    clauses = asked(read("quartiers prioritaires de la politique de la ville de Creil", known=known))

    assert len(clauses) == 2
    assert (("qpv",), Match.PHRASE) in clauses[0]


def test_a_one_way_term_is_not_found_by_its_long_form(known: Lexicon) -> None:
    assert len(asked(read("PRU", known=known))[0]) == 2
    assert len(asked(read("projet de renouvellement urbain", known=known))) == 3


def test_an_inactive_term_counts_for_nothing(known: Lexicon) -> None:
    assert asked(read("xyz", known=known)) == [[(("xyz",), Match.ALL)]]


def test_a_term_does_not_reach_into_a_quoted_phrase(known: Lexicon) -> None:
    assert asked(read('"quartier prioritaire"', known=known)) == [[(("quartier", "prioritaire"), Match.EXACT)]]


def test_french_acronyms_are_known_in_english_with_both_long_forms(qpv: Term) -> None:
    forms = [forms for forms, _match in asked(read("QPV", "en", lexicon("en")))[0]]

    assert ("priority", "neighbourhood", "urban", "policy") in forms
    assert any("quartier" in words for words in forms)


def test_a_term_is_read_in_one_query(qpv: Term, django_assert_num_queries: object) -> None:
    Term.objects.create(form_fr="GUP", long_form_fr="Gestion urbaine de proximité")
    with django_assert_num_queries(1):  # type: ignore[operator]
        lexicon("fr")
