"""The terms that editors keep, ready for the query step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis import analyse, clean
from search.enums import TermDirection
from search.models import Term

LONGEST_EXPRESSION = 8


@dataclass(frozen=True)
class Form:
    """One way to write a term: its words without stop words, folded and stemmed."""

    forms: tuple[str, ...]
    stems: tuple[str, ...]


@dataclass
class Lexicon:
    """For one language, what each written form of a term also stands for."""

    language: str
    _others: dict[tuple[str, ...], list[Form]] = field(default_factory=dict)

    def add(self, triggers: Iterable[Form], forms: Sequence[Form]) -> None:
        """Let each trigger stand for all of `forms` but itself."""
        for trigger in triggers:
            known = self._others.setdefault(trigger.stems, [])
            known += [form for form in forms if form.stems != trigger.stems and form not in known]

    def longest(self, stems: tuple[str, ...]) -> tuple[int, list[Form]]:
        """Return how many of the first `stems` make a known expression, at most, and its other forms; else (0, [])."""
        for length in range(min(len(stems), LONGEST_EXPRESSION), 0, -1):
            if others := self._others.get(stems[:length]):
                return length, others
        return 0, []


@lru_cache(maxsize=10_000)
def read_form(text: str, language: str) -> Form | None:
    """Return one written form analysed in `language`, or None when no word is left of it."""
    tokens = analyse(clean(text), language)
    kept = [token for token in tokens if not token.is_stop] or tokens
    return Form(tuple(t.form for t in kept), tuple(t.stem for t in kept)) if kept else None


def lexicon(language: str) -> Lexicon:
    """Return the active terms for searches in `language`: one database query.

    French forms also count in English, whose pages keep the acronyms of French policies.
    """
    result = Lexicon(language)
    for term in Term.objects.filter(active=True):
        texts = [term.form(language), term.form_fr, *term.other_forms(language)]
        if language != "fr":
            texts += term.other_forms("fr")
        forms = list(dict.fromkeys(form for text in texts if (form := read_form(text, language))))
        one_way = term.direction == TermDirection.FORM_ONLY
        result.add(forms[:1] if one_way else forms, forms)
    return result
