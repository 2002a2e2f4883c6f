"""Blocks of days and workshops that name people: the programme of a day, the synthesis of a workshop."""

from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    ListBlockValidationError,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TimeBlock,
)
from wagtail.blocks.list_block import ListValue

from directory.blocks import examples
from directory.blocks.choosers import PersonChooserBlock
from directory.blocks.people import SomebodyBlock
from portal.blocks import block
from portal.blocks.fields import block_title, rich_text, sentences
from portal.blocks.groups import WORKSHOP

SUITS = ("event", "report", "cycle", "chapter")


class DayItemBlock(StructBlock):
    """One moment of a day."""

    starts = TimeBlock(label=_("From"), format="%H:%M")
    ends = TimeBlock(label=_("Until"), required=False, format="%H:%M")
    title = CharBlock(label=_("Title"), max_length=150)
    text = rich_text(required=False)
    speakers = ListBlock(PersonChooserBlock(required=True, label=_("Person")), label=_("Speakers"), default=[])

    class Meta:
        icon = "time"
        label = _("Moment")

    def clean(self, value: dict[str, Any]) -> StructValue:
        """Refuse a moment that ends before it starts. Raises a validation error shown at the end."""
        cleaned = super().clean(value)
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            raise StructBlockValidationError({"ends": ValidationError(_("This moment would end before it starts."))})
        return cleaned


class DayItemsBlock(ListBlock):
    """The moments of a day, in order; several may start together."""

    def clean(self, value: ListValue) -> ListValue:
        """Refuse a moment that starts before the one above it. Raises a validation error shown at that moment."""
        cleaned = super().clean(value)
        starts = [moment["starts"] for moment in cleaned]
        errors = {
            place: StructBlockValidationError({"starts": ValidationError(_("The moment above starts later."))})
            for place, (before, after) in enumerate(pairwise(starts), start=1)
            if before and after and after < before
        }
        if errors:
            raise ListBlockValidationError(block_errors=errors)
        return cleaned


@block("day_programme", group=WORKSHOP, suits=(*SUITS, "resource"))
class DayProgrammeBlock(StructBlock):
    """The programme of a day, hour by hour."""

    title = block_title()
    items = DayItemsBlock(DayItemBlock(), label=_("Moments"), min_num=1)

    class Meta:
        icon = "time"
        label = _("Programme of a day")
        description = _("The moments of a day with their hours and their speakers.")
        preview_value = staticmethod(examples.day)


@block("workshop_synthesis", group=WORKSHOP, suits=SUITS)
class WorkshopSynthesisBlock(StructBlock):
    """What a workshop asked and what came out of it."""

    title = block_title()
    question = CharBlock(label=_("The question"), required=False, max_length=300)
    facilitators = ListBlock(SomebodyBlock(), label=_("Facilitators"), default=[])
    text = rich_text(required=False)
    points = sentences(_("What to keep"), _("Point"), "list-ul", min_num=0, default=[])

    class Meta:
        icon = "group"
        label = _("Synthesis of a workshop")
        description = _("The question of a workshop, who led it, what was said and what to keep.")
        preview_value = staticmethod(examples.synthesis)
