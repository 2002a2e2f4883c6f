"""The terms that editors keep, ready for the query step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.enums import TermDirection
from search.expressions import Form, read_form
from search.gazetteer import Names, known_places
from search.models import Term

LONGEST_EXPRESSION = 8


@dataclass
class Lexicon:
    """For one language, what each written form of a term also stands for; the towns and territories by their words."""

    language: str
    places: Names = field(default_factory=dict)
    _others: dict[tuple[str, ...], list[Form]] = field(default_factory=dict)
    _terms: dict[tuple[str, ...], list[Term]] = field(default_factory=dict)

    def add(self, term: Term, triggers: Iterable[Form], forms: Sequence[Form]) -> None:
        """Let each trigger stand for all of `forms` but itself, which are those of `term`."""
        for trigger in triggers:
            self._terms.setdefault(trigger.stems, []).append(term)
            known = self._others.setdefault(trigger.stems, [])
            known += [form for form in forms if form.stems != trigger.stems and form not in known]

    def terms_of(self, stems: tuple[str, ...]) -> list[Term]:
        """Return the terms that an expression stands for."""
        return self._terms.get(stems, [])

    def longest(self, stems: tuple[str, ...]) -> tuple[int, list[Form]]:
        """Return how many of the first `stems` make a known expression, at most, and its other forms; else (0, [])."""
        for length in range(min(len(stems), LONGEST_EXPRESSION), 0, -1):
            if others := self._others.get(stems[:length]):
                return length, others
        return 0, []


def lexicon(language: str) -> Lexicon:
    """Return the active terms for searches in `language`, with the places: one database query, two once a minute."""
    return lexicon_of(Term.objects.filter(active=True), language)


def lexicon_of(terms: Iterable[Term], language: str) -> Lexicon:
    """Return these terms for searches in `language`.

    French forms also count in English, whose pages keep the acronyms of French policies.
    """
    result = Lexicon(language, known_places())
    for term in terms:
        texts = [term.form(language), term.form_fr, *term.other_forms(language)]
        if language != "fr":
            texts += term.other_forms("fr")
        forms = list(dict.fromkeys(form for text in texts if (form := read_form(text, language))))
        one_way = term.direction == TermDirection.FORM_ONLY
        result.add(term, forms[:1] if one_way else forms, forms)
    return result
