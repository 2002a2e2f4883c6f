"""Read the text of a stream without its markup: sections for the search, headings for a contents list."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import get_text_for_indexing

from portal.blocks.text import AnchorBlock, HeadingBlock


def body_sections(body: StreamValue) -> list[tuple[str, str, str]]:
    """Return (heading, anchor, plain text) per section; text before the first heading has neither."""
    sections: list[tuple[str, str, list[str]]] = [("", "", [])]
    for child in body:
        if isinstance(child.block, HeadingBlock):
            sections.append((child.value["text"], child.value.slug, []))
        else:
            sections[-1][2].extend(block_texts(child.block, child.value))
    return [(heading, anchor, "\n".join(texts)) for heading, anchor, texts in sections if heading or texts]


def block_texts(block: Any, value: Any) -> Iterator[str]:
    """Yield the texts a reader sees in a block and its children, in order."""
    if isinstance(block, AnchorBlock) or not value:
        return
    if isinstance(block, RichTextBlock):
        yield strip_tags(get_text_for_indexing(value.source)).strip()
    elif isinstance(block, CharBlock | TextBlock):
        yield str(value).strip()
    elif isinstance(block, StructBlock):
        for name, child in value.items():
            yield from block_texts(block.child_blocks[name], child)
    elif isinstance(block, ListBlock | StreamBlock):
        for bound in value.bound_blocks if isinstance(block, ListBlock) else value:
            yield from block_texts(bound.block, bound.value)
