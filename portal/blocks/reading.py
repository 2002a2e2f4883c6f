"""Read a stream without its markup: sections and passages for the search, rows that its blocks choose."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.html import strip_tags
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import get_text_for_indexing
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.blocks.anchors import AnchorBlock, AnchoredValue, inner_parts


@dataclass(frozen=True)
class Passage:
    """A part of a page that is found by itself: a close-up, a quotation. `rows` are those of the directory it names."""

    kind: str
    anchor: str
    heading: str
    summary: str
    text: str
    rows: tuple[Model, ...]


def body_sections(body: StreamValue) -> list[tuple[str, str, str]]:
    """Return (heading, anchor, plain text) per section; text before the first heading has neither."""
    sections: list[tuple[str, str, list[str]]] = [("", "", [])]
    _read_sections(body.stream_block, body, sections)
    return [(heading, anchor, "\n".join(texts)) for heading, anchor, texts in sections if heading or texts]


def body_passages(body: StreamValue) -> list[Passage]:
    """Return the parts of a body that are found by themselves, in order."""
    return list(_read_passages(body.stream_block, body))


def chosen_rows(block: Any, value: Any) -> Iterator[Model]:
    """Yield the rows of the directory that a block and its children choose, in order, each as often as chosen.

    Contacts are left out: `contact_rows` has them.
    """
    if isinstance(block, SnippetChooserBlock):
        if value is not None:
            yield value
        return
    for child, inner in inner_parts(block, value):
        if not getattr(child, "names_contacts", False):
            yield from chosen_rows(child, inner)


def contact_rows(block: Any, value: Any) -> Iterator[Model]:
    """Yield the rows chosen by the blocks that say whom to turn to (`names_contacts`): the page is not about them."""
    for child, inner in inner_parts(block, value):
        reader = chosen_rows if getattr(child, "names_contacts", False) else contact_rows
        yield from reader(child, inner)


def experience_rows(block: Any, value: Any) -> Iterator[Model]:
    """Yield the rows chosen by the blocks that say where an experience was lived (`tells_experience`)."""
    for child, inner in inner_parts(block, value):
        reader = chosen_rows if getattr(child, "tells_experience", False) else experience_rows
        yield from reader(child, inner)


def block_texts(block: Any, value: Any) -> Iterator[str]:
    """Yield the texts a reader sees in a block and its children, in order; some have `plain_texts` of their own."""
    if isinstance(block, AnchorBlock) or not value:
        return
    if hasattr(block, "plain_texts"):
        yield from block.plain_texts(value)
    elif isinstance(block, RichTextBlock):
        yield strip_tags(get_text_for_indexing(value.source)).strip()
    elif isinstance(block, CharBlock | TextBlock):
        yield str(value).strip()
    elif isinstance(block, SnippetChooserBlock):
        yield str(value)
    else:
        for child, inner in inner_parts(block, value):
            yield from block_texts(child, inner)


def _read_sections(block: Any, value: Any, sections: list[tuple[str, str, list[str]]]) -> None:
    """Add what a block holds to the last section, or open new ones; a block without a section inside is read whole."""
    if isinstance(value, AnchoredValue) and value.opens_section:
        sections.append((value.heading, value.slug, []))
        if not isinstance(block, StructBlock):
            return
        for name, child in block.child_blocks.items():
            if name not in ("text", "title"):
                _read_sections(child, value.get(name), sections)
    elif _holds_sections(block, value):
        for child, inner in inner_parts(block, value):
            _read_sections(child, inner, sections)
    else:
        sections[-1][2].extend(text for text in block_texts(block, value) if text)


def _holds_sections(block: Any, value: Any) -> bool:
    return any(
        (isinstance(inner, AnchoredValue) and inner.opens_section) or _holds_sections(child, inner)
        for child, inner in inner_parts(block, value)
    )


def _read_passages(block: Any, value: Any) -> Iterator[Passage]:
    if isinstance(value, AnchoredValue) and value.passage_kind:
        read = [(block.child_blocks[name], value.get(name)) for name in value.passage_fields] or [(block, value)]
        texts = [text for child, inner in read for text in block_texts(child, inner) if text]
        rows = tuple(dict.fromkeys(chosen_rows(block, value)))
        text = "\n".join(texts)
        yield Passage(value.passage_kind, value.slug, value.heading, value.passage_summary, text, rows)
        return
    for child, inner in inner_parts(block, value):
        yield from _read_passages(child, inner)
