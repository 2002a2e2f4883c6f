"""Blocks for what is watched, and for what stands on other sites."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock, StructBlockValidationError, StructValue, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock

from portal.blocks.fields import item_title, rich_text, sentence
from portal.blocks.groups import MEDIA
from portal.blocks.library import block
from portal.embeds import Embed, allowed_sites, find_embed
from portal.films import FILM_FILES

CAPTION_FILES = ("vtt",)


class OtherSiteValue(StructValue):
    """Content of another site."""

    @property
    def embed(self) -> Embed | None:
        """What shows it; None for a file of ours, or when its site is allowed no more: the plain link remains."""
        return find_embed(self["url"]) if self["url"] else None


@block("video", group=MEDIA)
class VideoBlock(StructBlock):
    """A film of ours, or one on an allowed site, with what is said and shown in it."""

    title = item_title(_("Title of the video"))
    url = URLBlock(
        label=_("Address of the video"),
        required=False,
        help_text=_("As you see it in the browser, on an allowed site. Or choose a file."),
    )
    document = DocumentChooserBlock(
        label=_("File of the video"), required=False, help_text=_("MP4 or WebM: a few minutes, not more than 50 MB.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt), for a file of the portal.")
    )
    transcript = rich_text(_("Transcript"), help_text=_("All that is said, and what must be seen to understand it."))

    class Meta:
        icon = "media"
        label = _("Video")
        value_class = OtherSiteValue
        description = _("A film with its transcript: a file of the portal, or an address on an allowed site.")
        preview_value = {
            "title": "Une marche dans le quartier du Moulin",
            "url": "https://framatube.org/w/aaaaaaaaaaaaaaaaaaaaaa",
            "transcript": "<p>[Une rue, le matin.] On commence par l’école, parce que tout le monde y passe.</p>",
        }

    def clean(self, value: StructValue) -> StructValue:
        """Require an allowed address or a video file, not both; a draft may have neither.

        Raises a validation error at the field at fault.
        """
        cleaned = super().clean(value)
        url, document, captions = cleaned["url"], cleaned["document"], cleaned["captions"]
        errors = {}
        if (url and document) or not (url or document or self.is_deferred_validation):
            errors["url"] = _("Give an address or choose a file: one of the two.")
        elif url and not find_embed(url, videos_only=True):
            errors["url"] = _not_allowed(videos_only=True)
        elif document and document.file_extension.lower() not in FILM_FILES:
            errors["document"] = _("This is not a video that browsers play: choose an MP4 or WebM file.")
        if captions and (not document or captions.file_extension.lower() not in CAPTION_FILES):
            errors["captions"] = _("Captions are a WebVTT file (.vtt) beside a video file of the portal.")
        if errors:
            raise StructBlockValidationError({name: ValidationError(error) for name, error in errors.items()})
        return cleaned


@block("embed", group=MEDIA)
class EmbedBlock(StructBlock):
    """What stands on another site, shown in the page once the reader asks for it."""

    title = item_title()
    url = URLBlock(
        label=_("Address"),
        help_text=_("As you see it in the browser. Only some sites are allowed; you will be told which."),
    )
    description = sentence(_("Description"), help_text=_("What one finds there, for those who will not open it."))

    class Meta:
        icon = "link-external"
        label = _("Content of another site")
        value_class = OtherSiteValue
        description = _("A slideshow, a board or a map of another site, loaded only when the reader asks for it.")
        preview_value = {
            "title": "Le tableau de la journée",
            "url": "https://padlet.com/exemple/tableau-aaaaaaaaaaaaaaaa",
            "description": "Les notes des trois ateliers, photographiées au mur.",
        }

    def clean(self, value: StructValue) -> StructValue:
        """Require an address of an allowed site. Raises a validation error at the address."""
        cleaned = super().clean(value)
        if cleaned["url"] and not find_embed(cleaned["url"]):
            raise StructBlockValidationError({"url": ValidationError(_not_allowed())})
        return cleaned


def _not_allowed(videos_only: bool = False) -> str:
    return _(
        "This address cannot be shown in a page. Allowed sites: %(sites)s. For another one, use the block “Documents "
        "and links”."
    ) % {"sites": allowed_sites(videos_only)}
