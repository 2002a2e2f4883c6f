"""Blocks that choose rows of the directory, and the stream that pages use: the whole library."""

from typing import Any

from portal.blocks import PortalStreamField, body_blocks
from portal.blocks.library import load_blocks

load_blocks("portal.blocks")
load_blocks("directory.blocks")


def body_field(kind: str, **kwargs: Any) -> PortalStreamField:
    """Return the field of a page's body, with the blocks that suit its kind (see `portal.blocks.library`)."""
    return PortalStreamField(body_blocks(kind), blank=True, **kwargs)


__all__ = ["body_field"]
