"""The stream of a page's body, and the field that stores it."""

from typing import Any

from wagtail.blocks import StreamBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField

from portal.blocks.anchors import write_anchors


class BodyBlock(StreamBlock):
    """A stream in which no two parts share an id."""

    def clean(self, value: StreamValue) -> StreamValue:
        """Return the checked value, its anchors made unique. Raises a validation error as every stream does."""
        cleaned = super().clean(value)
        write_anchors(self, cleaned)
        return cleaned


class PortalStreamField(StreamField):
    """A StreamField whose blocks stay out of migrations: they are code, and a label is no schema change."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the arguments kept in migrations: no block."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
