"""Blocks of the field: close-ups on a place, points of vigilance."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructBlockValidationError, StructValue

from directory.blocks import examples
from directory.blocks.choosers import (
    NetworkChooserBlock,
    OrganisationChooserBlock,
    TerritoryChooserBlock,
    ThemeChooserBlock,
)
from directory.models.organisations import Organisation
from directory.models.places import Territory
from portal.blocks import block
from portal.blocks.anchors import AnchorBlock, AnchoredValue
from portal.blocks.fields import block_title, rich_text
from portal.blocks.groups import FIELD
from portal.blocks.reading import block_texts


class CloseUpValue(AnchoredValue):
    """What one place did. It has an address of its own, made of the place's name: the same in every language."""

    passage_kind = "close_up"
    passage_fields = ("text",)

    @property
    def place(self) -> Territory | Organisation | None:
        """Where it was: the territory chosen, else the organisation."""
        return self.get("territory") or self.get("organisation")

    @property
    def heading(self) -> str:
        """Its title, else the name of the place."""
        return str(self.get("title") or "") or (self.place.label if self.place else "")

    @property
    def others(self) -> list[Model]:
        """The rows named beside the place: who did it there, and within which network."""
        rows = (self.get("organisation"), self.get("network"))
        return [row for row in rows if row and row is not self.place]

    @property
    def anchor_words(self) -> str:
        """The name of the place in French, or the title of a close-up that an editor has begun."""
        return self.place.name if self.place else str(self.get("title") or "")


class CloseUpBlock(StructBlock):
    """What one place did: an organisation or a territory is required."""

    tells_experience = True

    organisation = OrganisationChooserBlock()
    territory = TerritoryChooserBlock(help_text=_("An organisation or a territory: at least one of the two."))
    title = CharBlock(label=_("Title"), required=False, max_length=150, help_text=_("Empty: the name of the place."))
    network = NetworkChooserBlock()
    themes = ListBlock(ThemeChooserBlock(required=True), label=_("Themes"), min_num=0, default=[])
    text = rich_text()
    anchor = AnchorBlock()

    class Meta:
        icon = "site"
        label = _("Close-up")
        value_class = CloseUpValue

    def plain_texts(self, value: StructValue) -> Iterator[str]:
        """Yield its title and its text, as sentences to quote; the rows that it names are keywords of the page."""
        for name in ("title", "text"):
            yield from block_texts(self.child_blocks[name], value.get(name))

    def clean(self, value: dict[str, Any]) -> StructValue:
        """Require a place; a draft may lack it. Raises a validation error shown at the organisation."""
        cleaned = super().clean(value)
        placed = cleaned.get("organisation") or cleaned.get("territory")
        if not placed and not self.is_deferred_validation:
            raise StructBlockValidationError(
                {"organisation": ValidationError(_("Choose an organisation or a territory: where did it happen?"))}
            )
        return cleaned


@block("close_ups", group=FIELD)
class CloseUpsBlock(StructBlock):
    """One or more close-ups under a heading."""

    title = block_title()
    close_ups = ListBlock(CloseUpBlock(), label=_("Close-ups"), min_num=1)

    class Meta:
        icon = "site"
        label = _("Close-ups on the field")
        description = _(
            "What one or more places did; each has an address, and is found by its city, network and themes."
        )
        preview_value = staticmethod(examples.close_ups)


@block("vigilance", group=FIELD)
class VigilanceBlock(StructBlock):
    """A point of vigilance."""

    title = block_title()
    text = rich_text()
    organisation = OrganisationChooserBlock(help_text=_("Where it was learnt, if it should be named."))
    network = NetworkChooserBlock()

    class Meta:
        icon = "warning"
        label = _("Point of vigilance")
        description = _("What to beware of, marked in the margin; it may name an organisation and a network.")
        preview_value = staticmethod(examples.vigilance)
