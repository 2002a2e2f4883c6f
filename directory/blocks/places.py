"""The block that shows places on the outline of the centre's region."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructBlockValidationError, StructValue, TextBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from directory.addresses import url_of
from directory.blocks import examples
from directory.region_map import Place
from portal.blocks.fields import block_title
from portal.blocks.groups import SHOWING
from portal.blocks.library import block


class MappedPlaceBlock(StructBlock):
    """One place: a territory or a venue of the directory, which says where it is, or a name alone."""

    label = CharBlock(
        label=_("Name shown"), required=False, max_length=150, help_text=_("Empty: the name in the directory.")
    )
    territory = SnippetChooserBlock("directory.Territory", label=_("Territory"), required=False)
    venue = SnippetChooserBlock("directory.Venue", label=_("Venue of the directory"), required=False)
    text = TextBlock(label=_("What happened there"), required=False, rows=2)

    class Meta:
        icon = "site"
        label = _("Place")

    def clean(self, value: StructValue) -> StructValue:
        """Require a name or one row of the directory; a draft may have neither. Raises a validation error."""
        cleaned = super().clean(value)
        if cleaned.get("territory") and cleaned.get("venue"):
            raise StructBlockValidationError(
                {"venue": ValidationError(_("Choose a territory or a venue: one of the two."))}
            )
        named = any(cleaned.get(name) for name in ("label", "territory", "venue"))
        if not named and not self.is_deferred_validation:
            raise StructBlockValidationError(
                {"label": ValidationError(_("Choose a territory or a venue, or type a name."))}
            )
        return cleaned


@block("places_map", group=SHOWING)
class PlacesMapBlock(StructBlock):
    """Places in a list, and on the outline of the region those that lie in it."""

    title = block_title()
    places = ListBlock(MappedPlaceBlock(), label=_("Places shown"), min_num=1)

    class Meta:
        icon = "site"
        label = _("Map of places")
        description = _("Places numbered on the outline of the region, with the list of them beside it.")
        preview_value = staticmethod(examples.places)

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add `places`."""
        context = super().get_context(value, parent_context=parent_context)
        places = [
            Place(row["label"] or str(where or ""), where, row["text"], url_of(where))
            for row, where in ((row, row.get("territory") or row.get("venue")) for row in value["places"])
        ]
        return {**context, "places": places}
