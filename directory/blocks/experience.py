"""Blocks that tell an experience and name who was part of it."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, StructBlock

from directory.blocks import examples
from directory.blocks.choosers import OrganisationChooserBlock
from portal.blocks import block
from portal.blocks.fields import block_title, rich_text
from portal.blocks.groups import EXPERIENCE


class ObservationBlock(StructBlock):
    """What one partner observed."""

    tells_experience = True

    organisation = OrganisationChooserBlock(help_text=_("Empty: all the partners."))
    text = rich_text(_("What was observed"))

    class Meta:
        icon = "view"
        label = _("Observation")


@block("partner_observations", group=EXPERIENCE, suits=("case_study", "chapter", "report"))
class PartnerObservationsBlock(StructBlock):
    """What the partners saw when they came."""

    title = block_title()
    observations = ListBlock(ObservationBlock(), label=_("Observations"), min_num=1)

    class Meta:
        icon = "view"
        label = _("What partners observed")
        description = _("What each partner saw in the others' town, under its name.")
        preview_value = staticmethod(examples.observations)
