"""The passage shown, and what is marked in it."""

from search.excerpts import LENGTH, Fragment, Matcher
from search.models import Term
from search.query import parse
from search.terms import Lexicon, lexicon
from tests.search.conftest import Publish, find_results


def matcher(text: str, known: Lexicon | None = None) -> Matcher:
    return Matcher(parse(text, "fr", known or Lexicon("fr")))


def marked(fragments: list[Fragment]) -> list[str]:
    return [fragment.text for fragment in fragments if fragment.marked]


def test_other_forms_are_marked_as_they_are_written() -> None:
    assert marked(matcher("egalite").marked("L’Égalité, les égalités, la légalité")) == ["Égalité", "égalités"]


def test_fragments_put_together_are_the_text() -> None:
    text = "L’œuvre, C.U.C.S. et l’évaluation"
    assert "".join(fragment.text for fragment in matcher("oeuvre cucs evaluer").marked(text)) == text


def test_a_phrase_is_marked_whole_and_its_words_alone_are_not(qpv: Term) -> None:
    found = matcher("QPV", lexicon("fr")).marked("Les quartiers prioritaires, le quartier, une liste prioritaire")

    assert marked(found) == ["quartiers prioritaires"]


def test_stop_words_are_not_marked() -> None:
    assert marked(matcher("la ville").marked("la ville de la Fère")) == ["ville"]


def test_the_passage_is_cut_around_the_words_between_blanks() -> None:
    text = "début " * 200 + "la formation des élus " + "fin " * 200
    found = matcher("formation élu").excerpt(text)
    passage = "".join(fragment.text for fragment in found)

    assert marked(found) == ["formation", "élus"]
    assert passage.startswith("… début")
    assert passage.endswith("fin …")
    assert len(passage) <= LENGTH + 4


def test_the_passage_with_the_most_words_is_preferred(publish: Publish) -> None:
    publish("Dossier", "formation " + "x " * 400 + "la formation des élus à Lille", summary="La formation")

    hit = find_results("formation élus lille").hits[0]

    assert marked(hit.excerpt) == ["formation", "élus", "Lille"]


def test_without_a_match_in_its_text_an_entry_shows_its_summary(publish: Publish) -> None:
    publish("Formation", "Le corps du texte", summary="Ce que contient la page")

    assert "".join(f.text for f in find_results("formation").hits[0].excerpt) == "Ce que contient la page"


def test_a_text_without_blank_is_cut_all_the_same() -> None:
    found = matcher("mot").excerpt("a" * 5000)

    assert len("".join(fragment.text for fragment in found)) <= LENGTH + 4


def test_a_phrase_and_one_of_its_words_are_marked_once(qpv: Term) -> None:
    spans = matcher("QPV quartiers", lexicon("fr")).spans("Les quartiers prioritaires et leurs quartiers")

    assert [(span.start, span.end) for span in spans] == [(4, 26), (36, 45)]
