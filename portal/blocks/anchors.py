"""Anchors: the ids by which parts of a page have an address of their own, the same in every language."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.forms import HiddenInput
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StreamBlock, StructBlock, StructValue

ANCHOR_LENGTH = 60


class AnchorBlock(CharBlock):
    """A technical name. Never offered for translation: links to it must hold in both languages."""

    def __init__(self, **kwargs: Any) -> None:
        given = {
            "label": _("Anchor"),
            "required": False,
            "max_length": ANCHOR_LENGTH,
            "help_text": _(
                "End of its address. Empty: made of its first words when it is saved, and kept when they change."
            ),
        }
        super().__init__(**{**given, **kwargs})

    def clean(self, value: str) -> str:
        """Keep only characters that an address can carry."""
        return slugify(super().clean(value) or "")

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Return no segment (read by wagtail-localize)."""
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        """Keep the source's value (called by wagtail-localize)."""
        return value


class HiddenAnchorBlock(AnchorBlock):
    """An anchor that nobody types."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = HiddenInput()


class AnchoredValue(StructValue):
    """A part of a page with an address of its own."""

    # A part that opens a section stands in the contents list; what follows it belongs to it.
    opens_section: ClassVar[bool] = False
    # The kind of search entry that the part is by itself, if it is one.
    passage_kind: ClassVar[str] = ""
    # The fields whose words are the text of that entry: all of them when none is named.
    passage_fields: ClassVar[tuple[str, ...]] = ()

    @property
    def heading(self) -> str:
        """The title of the part, in plain text; its id is made of it where the editor gave none."""
        return str(self.get("text") or self.get("title") or "")

    @property
    def slug(self) -> str:
        """The id of the part in the page: the editor's, or one made of its heading."""
        return self.get("anchor") or slugify(self.anchor_words)[:ANCHOR_LENGTH].strip("-")

    @property
    def passage_summary(self) -> str:
        """One line about the entry that the part is by itself, in plain text."""
        return ""

    @property
    def anchor_words(self) -> str:
        """What the id is made of."""
        return self.heading


def inner_parts(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the (block, value) pairs directly inside a structure, a list or a stream, in the order of the page."""
    if not value:
        return
    # The value of an image's block is no structure: it is the image.
    if isinstance(block, StructBlock) and isinstance(value, StructValue):
        yield from ((child, value[name]) for name, child in block.child_blocks.items() if name in value)
    elif isinstance(block, ListBlock):
        yield from ((bound.block, bound.value) for bound in value.bound_blocks)
    elif isinstance(block, StreamBlock):
        yield from ((bound.block, bound.value) for bound in value)


def anchored_parts(block: Any, value: Any) -> Iterator[AnchoredValue]:
    """Yield the parts with an address of their own in a block and its children, in the order of the page."""
    if isinstance(value, AnchoredValue):
        yield value
    for child, inner in inner_parts(block, value):
        yield from anchored_parts(child, inner)


def write_anchors(block: Any, value: Any, taken: set[str] | None = None) -> None:
    """Write the id of each part in its anchor, another one where a part above has it already.

    Written once, it stays when the words change and is the same in every language. A part without words waits.
    `taken` holds the ids of the other streams of the page; those of this one are added to it.
    """
    taken = set() if taken is None else taken
    for part in anchored_parts(block, value):
        wanted = slug = part.slug
        if not wanted:
            continue
        number = 1
        while slug in taken:
            number += 1
            slug = f"{wanted[: ANCHOR_LENGTH - 4]}-{number}"
        taken.add(slug)
        part["anchor"] = slug
