"""Search entries that name rows of the directory, written at once: what a page of the directory gathers."""

import datetime
from typing import Any
from uuid import uuid4

from django.db import connection

from search.enums import Kind
from search.models import SearchEntry, SearchEntryFacet

Facet = tuple[str, str, str]


def make_references(count: int, *facets: Facet, language: str = "fr", kind: str = "", **fields: Any) -> None:
    """Write `count` entries that each name the facets (name, code, label), of several kinds unless one is given."""
    kinds = [kind] if kind else [Kind.CASE_STUDY, Kind.CLOSE_UP, Kind.QUOTATION, Kind.SESSION, Kind.RESOURCE]
    entries = SearchEntry.objects.bulk_create(
        SearchEntry(
            kind=kinds[number % len(kinds)],
            language=language,
            source_model="wagtailcore.page",
            source_key=str(uuid4()),
            work_key=str(uuid4()),
            url=f"/{language}/page-{number}/",
            sections=[{"heading": "", "anchor": "lieu", "text": "Ce qui s’est passé."}],
            updated_on=datetime.date(2026, 1, 1) + datetime.timedelta(days=number % 300),
            carrier_url=f"/{language}/page-{number}/",
            carrier_title="La page",
            **{"title": f"Référence {number}", "anchor": "lieu", **fields},
        )
        for number in range(count)
    )
    SearchEntryFacet.objects.bulk_create(
        SearchEntryFacet(entry=entry, name=name, code=code, label_fr=label)
        for entry in entries
        for name, code, label in facets
    )
    if connection.vendor == "postgresql":
        # A server looks at its tables by itself within a minute; before that it plans for empty ones: minutes a query.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchentry, search_searchentryfacet")
