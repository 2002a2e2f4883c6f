"""Tags for the templates of blocks: headings at the level that the page asks for."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

register = template.Library()
# Blocks stand in sections, whose headings are of level 2; what comes before the first section speaks at that level.
SECTION_LEVEL = 2


@register.filter
def with_levels(stream: StreamValue) -> Iterator[tuple[StreamValue.StreamChild, int]]:
    """Yield each block with the level of its heading: one below the heading it stands under."""
    level = SECTION_LEVEL
    for child in stream or ():
        yield child, level
        if child.block_type == "heading":
            level = int(child.value["level"].removeprefix("h")) + 1


@register.simple_tag(takes_context=True)
def block_heading(context: dict[str, Any], default: str = "") -> SafeString | str:
    """Write the heading of the block shown: its `title`, else the default; nothing without either."""
    title = _title(context) or default
    return _heading(_level(context), "block__title", title) if title else ""


@register.simple_tag(takes_context=True)
def item_level(context: dict[str, Any]) -> int:
    """Return the level of an item's heading in the block shown: one below the block's own, if it has one."""
    return _level(context) + bool(_title(context))


@register.simple_tag(takes_context=True)
def item_heading(context: dict[str, Any], text: str, css_class: str = "item__title") -> SafeString:
    """Write the heading of an item in the block shown."""
    return _heading(item_level(context), css_class, text)


def _title(context: dict[str, Any]) -> str:
    return str(context["value"].get("title") or "")


def _level(context: dict[str, Any]) -> int:
    return int(context.get("block_level") or SECTION_LEVEL + 1)


def _heading(level: int, css_class: str, text: str) -> SafeString:
    return format_html('<h{level} class="{css_class}">{text}</h{level}>', level=level, css_class=css_class, text=text)
