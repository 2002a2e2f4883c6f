"""What the acronyms and expressions of a query mean: a card, or a line for those among others."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.enums import Kind
from search.hits import Hit
from search.models import Term
from search.query import Query
from search.terms import Lexicon


@dataclass(frozen=True)
class Meanings:
    """`card`: the term that is all of the query, with the dossier found; `others`: terms among other words."""

    card: Term | None = None
    dossier: Hit | None = None
    others: Sequence[Term] = ()


def meanings(query: Query, known: Lexicon, hits: Sequence[Hit]) -> Meanings:
    """Return what the terms of a query mean. Asks nothing of the database: `hits` are those of the page."""
    found = [
        term for clause in query.clauses for term in known.terms_of(clause.alternatives[0].stems) if term.is_explained
    ]
    terms = list(dict.fromkeys(found))
    if len(query.clauses) != 1 or query.excluded or not terms:
        return Meanings(others=terms)
    dossier = next((hit for hit in hits if hit.entry.kind == Kind.DOSSIER), None)
    return Meanings(terms[0], dossier, terms[1:])
