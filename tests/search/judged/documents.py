"""The files of the corpus, made on the spot and read by the search's own extraction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from search.entries import EntryData
from search.providers import DocumentProvider
from tests.search.files import docx, odt, pdf

MAKERS = {"pdf": pdf, "odt": odt, "docx": docx}
# Keys that no document of a test has.
FIRST_KEY = 900_000


def document_entry(number: int, raw: Mapping[str, Any], carrier: Mapping[str, Any], path: str) -> EntryData:
    """Return the entry of one file: the provider's own, under the page that carries it.

    The document is never saved: nothing but its text is of interest here.
    """
    content = MAKERS[raw["format"]]([page.strip() for page in raw["pages"]])
    document = get_document_model()(
        pk=FIRST_KEY + number,
        title=raw["title"],
        file=ContentFile(content, name=f"{raw['slug']}.{raw['format']}"),
        file_size=len(content),
        created_at=datetime(2027, 1, 4, 9, tzinfo=UTC),
    )
    entry = DocumentProvider().described(document, [])
    assert not entry.facts["problem"], (raw["slug"], entry.facts)
    return replace(
        entry,
        carrier_key=carrier["slug"],
        carrier_title=carrier["title"],
        carrier_url=path,
        facts={**entry.facts, "slug": raw["slug"]},
    )
