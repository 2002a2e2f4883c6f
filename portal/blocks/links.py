"""Blocks that lead elsewhere: documents and links, related pages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page

from portal.blocks.fields import block_title, item_title
from portal.blocks.groups import LEADING
from portal.blocks.library import block
from portal.enums import WrittenLanguage
from portal.languages import versions_in


class LinkItemBlock(StructBlock):
    """One document, page or outside address, with the language one will read there."""

    label = item_title()
    document = DocumentChooserBlock(label=_("Document"), required=False)
    page = PageChooserBlock(label=_("Page"), required=False)
    url = URLBlock(label=_("Address"), required=False)
    language = ChoiceBlock(WrittenLanguage.choices, default=WrittenLanguage.FRENCH, label=_("Language"))

    class Meta:
        icon = "link"
        label = _("Document or link")

    def clean(self, value: StructValue) -> StructValue:
        """Require exactly one target; a draft may have none. Raises a validation error shown at the targets."""
        cleaned = super().clean(value)
        targets = [name for name in ("document", "page", "url") if cleaned.get(name)]
        if len(targets) > 1 or not (targets or self.is_deferred_validation):
            error = ValidationError(_("Choose a document, a page or an address: one of the three."))
            raise StructBlockValidationError(dict.fromkeys(targets or ["document"], error))
        return cleaned


@block("links", group=LEADING)
class LinksBlock(StructBlock):
    """A list of documents and links."""

    title = block_title()
    items = ListBlock(LinkItemBlock(), label=_("Documents and links"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents and links")
        description = _("Files to download and addresses to visit, each with its language.")
        preview_value = {
            "title": "Pour aller plus loin",
            "items": [
                {"label": "Le guide des marches exploratoires", "url": "https://example.org/guide", "language": "fr"},
                {"label": "The handbook of the network", "url": "https://example.org/handbook", "language": "en"},
            ],
        }


def _some_pages() -> dict[str, Any]:
    """Return what the chooser shows: the pages published last."""
    latest = Page.objects.live().filter(alias_of=None, depth__gt=2).order_by("-first_published_at", "pk")
    return {"title": "À lire aussi", "pages": list(latest[:2])}


@block("related_pages", group=LEADING)
class RelatedPagesBlock(StructBlock):
    """Pages of the portal worth reading next."""

    title = block_title()
    pages = ListBlock(PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Related pages")
        description = _("Other pages of the portal, shown in the reader's language where they exist in it.")
        preview_value = staticmethod(_some_pages)

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add `pages`: those that everyone may read, in the reader's language where they exist in it."""
        context = super().get_context(value, parent_context=parent_context)
        chosen = [page.pk for page in value["pages"] if page]
        public = Page.objects.live().public().select_related("locale").in_bulk(chosen)
        pages = versions_in((public[pk] for pk in chosen if pk in public), get_language() or settings.LANGUAGE_CODE)
        return {**context, "pages": pages}
