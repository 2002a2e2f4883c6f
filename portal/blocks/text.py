"""Blocks for reading: running text, headings, call-outs, steps."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, RichTextBlock, StructBlock

from portal.blocks.anchors import AnchorBlock, AnchoredValue
from portal.blocks.groups import TEXT
from portal.blocks.library import block

# Only what survives translation: other inline tags cut sentences into separate strings, or stop the translation.
RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingValue(AnchoredValue):
    """A heading: it opens a section."""

    opens_section = True


@block("heading", group=TEXT)
class HeadingBlock(StructBlock):
    """A section heading."""

    text = CharBlock(label=_("Heading"), max_length=150)
    level = ChoiceBlock([("h2", _("Section")), ("h3", _("Sub-section"))], default="h2", label=_("Level"))
    anchor = AnchorBlock()

    class Meta:
        icon = "title"
        label = _("Heading")
        value_class = HeadingValue
        description = _("Opens a section; it appears in the contents list and has an address of its own.")
        preview_value = {"text": "Ce que la ville a fait", "level": "h2", "anchor": ""}


@block("text", group=TEXT)
class ReadingTextBlock(RichTextBlock):
    """Paragraphs and lists."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>Le projet a commencé par une marche avec les habitants.</p>"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RICH_TEXT_FEATURES, **{**kwargs, "editor": "default"})


@block("callout", group=TEXT)
class CalloutBlock(StructBlock):
    """A short text set apart."""

    kind = ChoiceBlock(
        [
            ("information", _("Good to know")),
            ("vigilance", _("Point of vigilance")),
            ("try_this", _("To try")),
        ],
        default="information",
        label=_("Kind"),
    )
    title = CharBlock(label=_("Title"), required=False, max_length=120)
    text = RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        description = _("A remark, a point of vigilance or something to try, set apart from the text.")
        preview_value = {"kind": "vigilance", "title": "", "text": "<p>Prévoir le temps de la mobilisation.</p>"}


class StepBlock(StructBlock):
    """One step of a method."""

    title = CharBlock(label=_("Title"), max_length=150)
    text = RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


@block("steps", group=TEXT)
class StepsBlock(StructBlock):
    """A method in order."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    steps = ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("How it works, step by step, numbered.")
        preview_value = {"title": "La méthode", "steps": [{"title": "Écouter", "text": "<p>Trois soirées.</p>"}]}
