"""Blocks that tell an experience and name who was part of it."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock

from directory.blocks import examples
from directory.blocks.choosers import OrganisationChooserBlock
from portal.blocks import block
from portal.blocks.groups import EXPERIENCE
from portal.blocks.text import RICH_TEXT_FEATURES


class ObservationBlock(StructBlock):
    """What one partner observed."""

    tells_experience = True

    organisation = OrganisationChooserBlock(help_text=_("Empty: all the partners."))
    text = RichTextBlock(label=_("What was observed"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "view"
        label = _("Observation")


@block("partner_observations", group=EXPERIENCE, suits=("case_study", "chapter", "report"))
class PartnerObservationsBlock(StructBlock):
    """What the partners saw when they came."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    observations = ListBlock(ObservationBlock(), label=_("Observations"), min_num=1)

    class Meta:
        icon = "view"
        label = _("What partners observed")
        description = _("What each partner saw in the others' town, under its name.")
        preview_value = staticmethod(examples.observations)
