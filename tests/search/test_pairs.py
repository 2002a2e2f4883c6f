"""Which words find which, on the database of the run: SQLite, then PostgreSQL."""

from collections.abc import Callable

import pytest

from search.models import Term
from tests.search.conftest import Publish
from tests.search.pairs import ENGLISH_PAIRS, FRENCH_PAIRS, STRANGER_PAIRS


@pytest.fixture
def terms(qpv: Term) -> None:
    """Give the acronyms of the pairs their long forms."""
    for form, long_form in (
        ("GUP", "Gestion urbaine de proximité"),
        ("CEJ", "Contrat d’engagement jeune"),
        ("TFPB", "Taxe foncière sur les propriétés bâties"),
    ):
        Term.objects.create(form_fr=form, long_form_fr=long_form)


@pytest.mark.parametrize(("asked", "said"), FRENCH_PAIRS)
def test_french_words_find_their_other_forms(
    asked: str, said: str, terms: None, publish: Publish, find: Callable[..., list[str]]
) -> None:
    publish("Une page", f"Il est question ici de {said}, parmi beaucoup d’autres choses.")
    publish(f"Titre : {said}")
    publish("Tout autre chose", "Rien qui y ressemble.")

    assert find(asked) == [f"Titre : {said}", "Une page"]


@pytest.mark.parametrize(("asked", "said"), ENGLISH_PAIRS)
def test_english_words_find_their_other_forms(
    asked: str, said: str, terms: None, publish: Publish, find: Callable[..., list[str]]
) -> None:
    publish("A page", f"This is about {said}, among many other things.", language="en")
    publish(f"Title: {said}", language="en")
    publish("Something else", "Nothing shared with it.", language="en")

    assert find(asked, "en") == [f"Title: {said}", "A page"]


@pytest.mark.parametrize(("asked", "said"), STRANGER_PAIRS)
def test_words_that_only_look_alike_do_not_find_each_other(
    asked: str, said: str, terms: None, publish: Publish, find: Callable[..., list[str]]
) -> None:
    publish("Une page", f"Il est question ici de {said}, parmi beaucoup d’autres choses.")
    publish(f"Titre : {said}")

    assert find(asked) == []


def test_there_are_at_least_sixty_pairs_that_match() -> None:
    assert len({*FRENCH_PAIRS, *ENGLISH_PAIRS}) >= 110
    assert len(set(STRANGER_PAIRS)) >= 35
