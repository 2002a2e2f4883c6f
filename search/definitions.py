"""What the acronyms and expressions of a query mean: a card, or a line for those among others."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.enums import Kind
from search.models import SearchEntry, Term
from search.query import Query
from search.ranking import Words
from search.terms import Lexicon

# Among how many of the first results the dossier of a term is looked for.
LOOKED_AT = 100


@dataclass(frozen=True)
class Meanings:
    """`card`: the term that is all of the query, with the dossier about it; `others`: terms among other words."""

    card: Term | None = None
    dossier: SearchEntry | None = None
    others: Sequence[Term] = ()


def meanings(query: Query, known: Lexicon, order: Sequence[int]) -> Meanings:
    """Return what the terms of a query mean. `order`: the entries found, best first. One database query for a card."""
    found = (term for clause in query.clauses for term in known.terms_of(clause.alternatives[0].stems))
    terms = list(dict.fromkeys(term for term in found if term.is_explained))
    if len(query.clauses) != 1 or query.excluded or not terms:
        return Meanings(others=terms)
    return Meanings(terms[0], dossier_of(query, order[:LOOKED_AT]), terms[1:])


def dossier_of(query: Query, order: Sequence[int]) -> SearchEntry | None:
    """Return the first dossier found whose title says one of the term's forms."""
    rows = SearchEntry.objects.filter(pk__in=order, kind=Kind.DOSSIER).only("title", "url", "anchor")
    for entry in sorted(rows, key=lambda entry: order.index(entry.pk)):
        if Words.of(entry.title, query.language).satisfy(query.clauses[0]):
            return entry
    return None
