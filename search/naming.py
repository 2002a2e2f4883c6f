"""Rows that are found because something public names them: looked at again when that begins or ends."""

from collections.abc import Callable

from django.db import transaction

from search.entries import Source
from search.models import SearchEntryFacet
from search.registry import named_providers

Refresh = Callable[[list], None]
# The name and the code of a facet.
Named = set[tuple[str, str]]


def named_by(source: Source) -> Named:
    """Return the rows with entries of their own that the entries of a source name: one database query."""
    facets = SearchEntryFacet.objects.filter(
        entry__source_model=source.model, entry__source_key=source.key, name__in=named_providers()
    )
    return set(facets.values_list("name", "code"))


def follow(changed: Named, refresh: Refresh) -> None:
    """Look again, after the commit, at the rows that something names from now on, or no longer."""
    providers = named_providers()

    def look_again() -> None:
        refresh([(providers[name], row) for name, code in sorted(changed) for row in providers[name].named(code)])

    if changed:
        transaction.on_commit(look_again, robust=True)
