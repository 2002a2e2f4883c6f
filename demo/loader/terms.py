"""Acronyms and synonyms of the trade, for the search."""

from demo.loader.content import search_terms
from search.models import Term


def create_terms() -> int:
    """Create the terms, or bring them to what the file says; return their number."""
    rows = search_terms()
    for row in rows:
        Term.objects.update_or_create(form_fr=row["form_fr"], defaults=row)
    return len(rows)
