"""Tags for the templates of blocks: headings at the level that the page asks for."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from wagtail.blocks import StructValue
from wagtail.blocks.stream_block import StreamValue

from portal.blocks.anchors import ANCHOR_LENGTH, AnchoredValue

register = template.Library()
# Blocks stand in sections, whose headings are of level 2; what comes before the first section speaks at that level.
SECTION_LEVEL = 2


# A section in a contents list: its heading, its anchor, the (heading, anchor) of its parts.
ContentsEntry = tuple[str, str, list[tuple[str, str]]]


@register.filter
def with_levels(
    stream: StreamValue, section_level: int = SECTION_LEVEL
) -> Iterator[tuple[StreamValue.StreamChild, int]]:
    """Yield each block with the level of its heading: one below the editor's heading it stands under.

    Only `heading` blocks lower what follows; what an item says inside a block never does. `section_level` is that of
    the stream's sections: 2 in a page, 3 in a chapter, where every heading has it.
    """
    level = section_level
    for child in stream or ():
        yield child, level
        if child.block_type == "heading":
            level = max(section_level, int(child.value["level"].removeprefix("h"))) + 1


@register.filter
def with_anchors(stream: StreamValue) -> Iterator[tuple[StreamValue.StreamChild, int, str]]:
    """Yield each block of a page's body with its level and the id of its title; "" for a block without."""
    taken: set[str] = set()
    for child, level in with_levels(stream):
        yield child, level, _anchor(child, taken)


@register.simple_tag
def contents_of(stream: StreamValue) -> list[ContentsEntry]:
    """Return the contents list of a body: its sections, opened by headings or by titled blocks, and what is inside."""
    entries: list[ContentsEntry] = []
    for child, level, anchor in with_anchors(stream):
        if child.block_type == "heading":
            level, line = int(child.value["level"].removeprefix("h")), (child.value.heading, child.value.slug)
        elif anchor:
            line = (str(child.value["title"]), anchor)
        else:
            continue
        if level == SECTION_LEVEL or not entries:
            entries.append((*line, []))
        elif level == SECTION_LEVEL + 1:
            entries[-1][2].append(line)
    return entries


@register.simple_tag(takes_context=True)
def block_heading(context: dict[str, Any], default: str = "") -> SafeString | str:
    """Write the heading of the block shown: its `title`, else the default; nothing without either."""
    title = _title(context) or default
    anchor = context.get("block_anchor") if _title(context) else ""
    return _heading(_level(context), "block__title", title, anchor or "") if title else ""


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


def _anchor(child: StreamValue.StreamChild, taken: set[str]) -> str:
    """Return the id of a block's title, and add it to those taken; it cannot be that of a part with its own."""
    is_titled = isinstance(child.value, StructValue) and not isinstance(child.value, AnchoredValue)
    title = child.value.get("title") if is_titled else ""
    if not title:
        return ""
    wanted = anchor = f"part-{slugify(title)[:ANCHOR_LENGTH].strip('-')}"
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    taken.add(anchor)
    return anchor


def _heading(level: int, css_class: str, text: str, anchor: str = "") -> SafeString:
    place = format_html(' id="{anchor}"', anchor=anchor) if anchor else ""
    return format_html(
        '<h{level}{place} class="{css_class}">{text}</h{level}>',
        level=level,
        place=place,
        css_class=css_class,
        text=text,
    )
