"""Blocks for what is watched, and for what stands on other sites."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock, StructBlockValidationError, StructValue, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock

from portal.blocks.fields import item_title, rich_text, sentence
from portal.blocks.groups import MEDIA
from portal.blocks.library import block


@block("video", group=MEDIA)
class VideoBlock(StructBlock):
    """A film of ours, or one on an allowed site, with what is said and shown in it."""

    title = item_title(_("Title of the video"))
    url = URLBlock(label=_("Address of the video"), required=False)
    document = DocumentChooserBlock(label=_("File of the video"), required=False)
    transcript = rich_text(_("Transcript"), help_text=_("All that is said, and what must be seen to understand it."))

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A film with its transcript: a file of the portal, or an address on an allowed site.")
        preview_value = {
            "title": "Une marche dans le quartier du Moulin",
            "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
            "transcript": "<p>[Une rue, le matin.] On commence par l’école, parce que tout le monde y passe.</p>",
        }

    def clean(self, value: StructValue) -> StructValue:
        """Require an address or a file, not both. Raises a validation error at the address."""
        cleaned = super().clean(value)
        if bool(cleaned["url"]) == bool(cleaned["document"]):
            error = ValidationError(_("Give an address or choose a file: one of the two."))
            raise StructBlockValidationError({"url": error})
        return cleaned


@block("embed", group=MEDIA)
class EmbedBlock(StructBlock):
    """What stands on another site, shown in the page once the reader asks for it."""

    title = item_title()
    url = URLBlock(label=_("Address"))
    description = sentence(_("Description"), help_text=_("What one finds there, for those who will not open it."))

    class Meta:
        icon = "link-external"
        label = _("Content of another site")
        description = _("A slideshow, a board or a map of another site, loaded only when the reader asks for it.")
        preview_value = {
            "title": "Le tableau de la journée",
            "url": "https://padlet.com/exemple/tableau-aaaaaaaaaaaaaaaa",
            "description": "Les notes des trois ateliers, photographiées au mur.",
        }
