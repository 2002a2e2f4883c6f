"""Blocks that lead elsewhere: documents and links, related pages."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock

from portal.blocks.groups import LEADING
from portal.blocks.library import block


class LinkItemBlock(StructBlock):
    """One document, page or outside address, with the language one will read there."""

    label = CharBlock(label=_("Title"), max_length=200)
    document = DocumentChooserBlock(label=_("Document"), required=False)
    page = PageChooserBlock(label=_("Page"), required=False)
    url = URLBlock(label=_("Address"), required=False)
    language = ChoiceBlock(
        [("fr", _("French")), ("en", _("English")), ("other", _("Another language"))],
        default="fr",
        label=_("Language"),
    )

    class Meta:
        icon = "link"
        label = _("Document or link")

    def clean(self, value: StructValue) -> StructValue:
        """Require exactly one target. Raises a validation error shown at the title."""
        cleaned = super().clean(value)
        if sum(bool(cleaned.get(name)) for name in ("document", "page", "url")) != 1:
            raise StructBlockValidationError(
                {"label": ValidationError(_("Choose a document, a page or an address: one of the three."))}
            )
        return cleaned


@block("links", group=LEADING)
class LinksBlock(StructBlock):
    """A list of documents and links."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    items = ListBlock(LinkItemBlock(), label=_("Documents and links"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents and links")
        description = _("Files to download and addresses to visit, each with its language.")
        preview_value = {"title": "", "items": [{"label": "Décret", "url": "https://example.org/", "language": "fr"}]}


@block("related_pages", group=LEADING)
class RelatedPagesBlock(StructBlock):
    """Pages of the portal worth reading next."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    pages = ListBlock(PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Related pages")
        description = _("Other pages of the portal, shown in the reader's language where they exist in it.")
