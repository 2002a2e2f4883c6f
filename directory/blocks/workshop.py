"""Blocks of days and workshops that name people: the programme of a day, the synthesis of a workshop."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    TimeBlock,
)

from directory.blocks import examples
from directory.blocks.choosers import PersonChooserBlock
from directory.blocks.people import SomebodyBlock
from portal.blocks import block
from portal.blocks.groups import WORKSHOP
from portal.blocks.text import RICH_TEXT_FEATURES

SUITS = ("event", "report", "cycle", "chapter")


class DayItemBlock(StructBlock):
    """One moment of a day."""

    starts = TimeBlock(label=_("From"), format="%H:%M")
    ends = TimeBlock(label=_("Until"), required=False, format="%H:%M")
    title = CharBlock(label=_("Title"), max_length=150)
    text = RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, required=False)
    speakers = ListBlock(PersonChooserBlock(required=True, label=_("Person")), label=_("Speakers"), default=[])

    class Meta:
        icon = "time"
        label = _("Moment")

    def clean(self, value: dict[str, Any]) -> StructValue:
        """Refuse a moment that ends before it starts. Raises a validation error shown at the end."""
        cleaned = super().clean(value)
        if cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            raise StructBlockValidationError({"ends": ValidationError(_("It would end before it starts."))})
        return cleaned


@block("day_programme", group=WORKSHOP, suits=SUITS)
class DayProgrammeBlock(StructBlock):
    """The programme of a day, hour by hour."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    items = ListBlock(DayItemBlock(), label=_("Moments"), min_num=1)

    class Meta:
        icon = "time"
        label = _("Programme of a day")
        description = _("The moments of a day with their hours and their speakers.")
        preview_value = staticmethod(examples.day)


class PointBlock(StructBlock):
    """One thing that was said."""

    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "list-ul"
        label = _("Point")


@block("workshop_synthesis", group=WORKSHOP, suits=SUITS)
class WorkshopSynthesisBlock(StructBlock):
    """What a workshop asked and what came out of it."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    question = CharBlock(label=_("The question"), required=False, max_length=300)
    facilitators = ListBlock(SomebodyBlock(), label=_("Facilitators"), default=[])
    text = RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, required=False)
    points = ListBlock(PointBlock(), label=_("What to keep"), default=[])

    class Meta:
        icon = "group"
        label = _("Synthesis of a workshop")
        description = _("The question of a workshop, who led it, what was said and what to keep.")
        preview_value = staticmethod(examples.synthesis)
