"""Which words of a search are known: what the portal says publicly tells of nobody, what it does not say may."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q

from search.analysis import Token, analyse, clean, stem
from search.desk.personal import SURNAMES, WORDS_AND_NAMES, is_personal
from search.desk.stems import words
from search.enums import FacetName
from search.expressions import read_form
from search.models import SearchEntryFacet, SearchTerm, Term
from search.spelling import is_near_a_word

# With more words that nothing says, it is no question to this portal.
MOST_UNSAID = 2
OF_PEOPLE = (FacetName.PERSON, FacetName.CONTACT)
# Under which key, and for how many seconds, the names are remembered.
NAMES, REMEMBERED = "search-desk-names", 60


class Keeping(Enum):
    """How a search is kept: with its text, under a hash until enough days have passed, or not at all."""

    TEXT, HASH, NOTHING = range(3)


def keeping(text: str, language: str) -> Keeping:
    """Tell how a search may be kept, by the words in it that neither the portal nor its editors say."""
    found = [word for word in words(text, language) if not word.is_stop and not word.form.isdigit()]
    names = names_said()
    if any(word.form in names.people and word.form not in names.things for word in found):
        return Keeping.NOTHING
    said = said_among(found, names.things)
    unsaid = {place for place, word in enumerate(found) if word.form not in said}
    if len(unsaid) > MOST_UNSAID or _may_be_a_name(found, unsaid):
        return Keeping.NOTHING
    unknown = {place for place in unsaid if not is_near_a_word(found[place].form, language)}
    if any(place + side in unsaid for place in unknown for side in (-1, 1)):
        return Keeping.NOTHING
    return Keeping.HASH if unknown or len(unsaid) > 1 else Keeping.TEXT


def names_nobody(text: str, language: str) -> bool:
    """Tell whether what somebody typed may be shown to the team: nothing in it may tell of a person."""
    return not is_personal(text, analyse(clean(text), language)) and keeping(text, language) is Keeping.TEXT


@dataclass(frozen=True)
class Names:
    """The words of the names that entries are filtered by: those of people, and all the others."""

    people: frozenset[str]
    things: frozenset[str]


def names_said() -> Names:
    """Return the words of the names of people and of things that entries tell of: one query a minute."""
    names: Names | None = cache.get(NAMES)
    if names is None:
        found: dict[bool, set[str]] = {True: set(), False: set()}
        rows = SearchEntryFacet.objects.order_by().values_list("name", "label_fr", "label_en").distinct()
        for name, *labels in rows:
            for language, label in zip(("fr", "en"), labels, strict=True):
                found[name in OF_PEOPLE].update(word.form for word in words(label, language) if not word.is_stop)
        names = Names(frozenset(found[True]), frozenset(found[False]))
        cache.set(NAMES, names, REMEMBERED)
    return names


def said_among(found: Collection[Token], names: Collection[str]) -> set[str]:
    """Return the forms that entries or editors' terms say, in any form and either language.

    What entries always write with a capital may be somebody's name, unless it is among `names`: those of things.
    """
    said: set[str] = set()
    terms = _words_of_terms()
    for language, _name in settings.LANGUAGES:
        stems = {word.form: stem(word.form, language) for word in found}
        rows = SearchTerm.objects.filter(Q(form__in=stems) | Q(stem__in=stems.values()), language=language)
        known = set(terms)
        for form, own, shown in rows.values_list("form", "stem", "shown"):
            if shown[:1].islower() or form in names:
                known |= {form, own}
        said |= {form for form, own in stems.items() if form in known or own in known}
    return said


def _words_of_terms() -> set[str]:
    return {word for text, language in _texts_of_terms() for word in _forms(text, language)}


def _texts_of_terms() -> Iterator[tuple[str, str]]:
    for term in Term.objects.filter(active=True):
        for language, _name in settings.LANGUAGES:
            for text in (term.form(language), *term.other_forms(language)):
                yield text, language


def _forms(text: str, language: str) -> tuple[str, ...]:
    form = read_form(text, language)
    return (*form.forms, *form.stems) if form else ()


def _may_be_a_name(found: list[Token], unsaid: Collection[int]) -> bool:
    """Tell whether a word that is a first name too stands beside a surname, or beside what nothing says."""
    for place, word in enumerate(found):
        beside = [other for other in (place - 1, place + 1) if 0 <= other < len(found)]
        if word.form in WORDS_AND_NAMES and any(b in unsaid or found[b].form in SURNAMES for b in beside):
            return True
    return False
