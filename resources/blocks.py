"""What a dossier is made of: chapters in order, each a stream of its own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

# Imported for what it does too: it makes every block known before the chapters choose theirs.
from directory.blocks import PortalStreamField, body_blocks
from portal.blocks.anchors import AnchorBlock, AnchoredValue
from portal.blocks.streams import BodyBlock


class ChapterValue(AnchoredValue):
    """A chapter opens a section of the dossier."""

    opens_section = True


class ChapterBlock(StructBlock):
    """A title, and what is said under it."""

    title = CharBlock(label=_("Title of the chapter"), max_length=150)
    anchor = AnchorBlock()
    content = BodyBlock(
        list(body_blocks("chapter").child_blocks.items()), label=_("What the chapter says"), required=False
    )

    class Meta:
        icon = "folder-open-inverse"
        label = _("Chapter")
        template = "blocks/chapter.html"
        value_class = ChapterValue


def chapters_field(**kwargs: Any) -> PortalStreamField:
    """Return the field of a dossier's body: its chapters."""
    return PortalStreamField(BodyBlock([("chapter", ChapterBlock())], required=False), blank=True, **kwargs)
