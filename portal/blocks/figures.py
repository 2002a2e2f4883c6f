"""Blocks for what is counted and shown: key figures, images."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from portal.blocks.groups import SHOWING
from portal.blocks.library import block


class KeyFigureBlock(StructBlock):
    """One figure, its unit in the value, and where it comes from."""

    value = CharBlock(label=_("Figure"), max_length=40, help_text=_("With its unit, e.g. 19.6 %."))
    label = CharBlock(label=_("What it counts"), max_length=200)
    source = CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "order"
        label = _("Key figure")


@block("key_figures", group=SHOWING)
class KeyFiguresBlock(StructBlock):
    """A row of large figures."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    figures = ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1)

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("Figures set large, each with what it counts and its source.")
        preview_value = {"title": "", "figures": [{"value": "19,6 %", "label": "de la population", "source": ""}]}


@block("image", group=SHOWING)
class IllustrationBlock(StructBlock):
    """A picture with its alternative text and its credit. The picture is required: see the check portal.E003."""

    picture = ImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = CharBlock(label=_("Credit"), required=False, max_length=150)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with its alternative text, a caption and a credit.")
