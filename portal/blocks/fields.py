"""Fields that many blocks share."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock

# Only what survives translation: other inline tags cut sentences into separate strings, or stop the translation.
RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
TITLE, TEXT = _("Title"), _("Text")


def block_title() -> CharBlock:
    """Return the heading of a whole block; the page does without one where it is left empty."""
    return CharBlock(
        label=_("Title of the block"),
        required=False,
        max_length=150,
        help_text=_("Empty: shown without a title, under the heading that comes before."),
    )


def item_title(label: str | Promise = TITLE, **kwargs: Any) -> CharBlock:
    """Return the heading of one item among several."""
    return CharBlock(label=label, max_length=200, **kwargs)


def sentence(label: str | Promise, **kwargs: Any) -> TextBlock:
    """Return a field for a sentence or two, without formatting."""
    return TextBlock(label=label, rows=2, **kwargs)


def rich_text(label: str | Promise = TEXT, **kwargs: Any) -> RichTextBlock:
    """Return a field for paragraphs, lists and links."""
    return RichTextBlock(label=label, features=RICH_TEXT_FEATURES, **kwargs)


def sentences(label: str | Promise, each: str | Promise, icon: str, **kwargs: Any) -> ListBlock:
    """Return a list of sentences, at least one: each is a structure of a `text`, so that it may grow other fields."""
    item = StructBlock([("text", sentence(each))], label=each, icon=icon)
    return ListBlock(item, label=label, **{"min_num": 1, **kwargs})


def titled_texts(
    label: str | Promise, each: str | Promise, icon: str, title: str | Promise = TITLE, text_required: bool = False
) -> ListBlock:
    """Return a list of at least one structure of a `title` and a `text` of several paragraphs."""
    fields = [("title", item_title(title)), ("text", rich_text(required=text_required))]
    return ListBlock(StructBlock(fields, label=each, icon=icon), label=label, min_num=1)
