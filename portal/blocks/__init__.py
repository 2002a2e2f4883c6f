"""The block library: one class and one template a block (see docs/architecture.md, «add a block»)."""

from portal.blocks.library import block, body_blocks
from portal.blocks.streams import PortalStreamField

__all__ = ["PortalStreamField", "block", "body_blocks"]
