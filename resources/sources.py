"""Where a dossier's content comes from, gathered for the last page of its booklet: figures, documents, links, credits.

The works that it gathers are sources as well: each by its author, its year and its own address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import RichTextBlock, StructValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents.models import AbstractDocument
from wagtail.rich_text import expand_db_html

from portal.blocks.anchors import inner_parts
from resources.querysets import GatheredGroup


class SourceKind(TextChoices):
    """What a source is, in the order of the list."""

    FIGURE = "figure", _("Figures")
    DOCUMENT = "document", pgettext_lazy("sources", "Documents")
    LINK = "link", _("Links")
    CREDIT = "credit", _("Credits")


@dataclass(frozen=True)
class Source:
    """One line of the list: what it is about, where it comes from, its address if it has one.

    `lang` is the language of the label when it is not that of the booklet.
    """

    kind: SourceKind
    label: str
    origin: str = ""
    address: str = ""
    lang: str = ""


def sources_by_kind(
    introduction: str, body: StreamValue, groups: list[GatheredGroup]
) -> list[tuple[str, list[Source]]]:
    """Return (words of the kind, its sources) in order, each source once; a kind without any is left out."""
    found = dict.fromkeys([*_links_in(introduction), *_read(body.stream_block, body), *_works_in(groups)])
    grouped = [(kind.label, [source for source in found if source.kind == kind]) for kind in SourceKind]
    return [(label, sources) for label, sources in grouped if sources]


def _read(block: Any, value: Any) -> Iterator[Source]:
    """Yield what a block and its children say of their sources. The names of the fields tell, whichever the block."""
    if isinstance(block, RichTextBlock):
        yield from _links_in(value.source if value else "")
    elif isinstance(value, StructValue):
        yield from _of_structure(value)
    for child, inner in inner_parts(block, value):
        yield from _read(child, inner)


def _of_structure(value: StructValue) -> Iterator[Source]:
    label = str(value.get("label") or value.get("what") or value.get("caption") or value.get("title") or "")
    if value.get("source"):
        figure = f"{value.get('value') or ''} {label}".strip()
        yield Source(SourceKind.FIGURE, figure, str(value["source"]))
    if isinstance(value.get("document"), AbstractDocument):
        document = value["document"]
        yield Source(SourceKind.DOCUMENT, label or document.title, address=document.url)
    if isinstance(value.get("url"), str) and value["url"]:
        yield Source(SourceKind.LINK, label or value["url"], address=value["url"])
    if value.get("credit"):
        yield Source(SourceKind.CREDIT, label, str(value["credit"]))


def _works_in(groups: list[GatheredGroup]) -> Iterator[Source]:
    """Yield the resources gathered, documents and links, with their authors."""
    for item in (item for group in groups for item in group.items if item.page.search_kind == "resource"):
        page = item.page
        origin = ", ".join(filter(None, [item.author, str(page.published_on.year) if page.published_on else ""]))
        lang = item.lang if item.is_untranslated else ""
        if page.external_url:
            yield Source(SourceKind.LINK, page.title, origin, page.external_url, lang)
        elif page.file:
            yield Source(SourceKind.DOCUMENT, page.title, origin, page.file.url, lang)


def _links_in(html: str) -> Iterator[Source]:
    """Yield the links of a rich text that lead out of the portal, and its documents."""
    if "<a" not in (html or ""):
        return
    for link in BeautifulSoup(expand_db_html(html), "html.parser").find_all("a", href=True):
        address = str(link["href"])
        if address.startswith("http"):
            yield Source(SourceKind.LINK, link.get_text(), address=address)
        elif address.startswith("/documents/"):
            yield Source(SourceKind.DOCUMENT, link.get_text(), address=address)
