"""Fields that many blocks share."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, TextBlock

# Only what survives translation: other inline tags cut sentences into separate strings, or stop the translation.
RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
TITLE, TEXT = _("Title"), _("Text")


def block_title() -> CharBlock:
    """Return the heading of a whole block; the page does without one where it is left empty."""
    return CharBlock(label=_("Title of the block"), required=False, max_length=150)


def item_title(label: str | Promise = TITLE, **kwargs: Any) -> CharBlock:
    """Return the heading of one item among several."""
    return CharBlock(label=label, max_length=200, **kwargs)


def sentence(label: str | Promise, **kwargs: Any) -> TextBlock:
    """Return a field for a sentence or two, without formatting."""
    return TextBlock(label=label, rows=2, **kwargs)


def rich_text(label: str | Promise = TEXT, **kwargs: Any) -> RichTextBlock:
    """Return a field for paragraphs, lists and links."""
    return RichTextBlock(label=label, features=RICH_TEXT_FEATURES, **kwargs)
