"""Blocks for reading: running text, headings, call-outs, steps."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, RichTextBlock, StructBlock, StructValue

from portal.blocks.library import block

READING = _("Text")
# Only what survives translation: other inline tags cut sentences into separate strings, or stop the translation.
RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class AnchorBlock(CharBlock):
    """A technical name. Never offered for translation: links to it must hold in both languages."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Return no segment (read by wagtail-localize)."""
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        """Keep the source's value (called by wagtail-localize)."""
        return value


class HeadingValue(StructValue):
    """A heading that knows the name of its anchor."""

    @property
    def slug(self) -> str:
        """The id of the heading in the page: the editor's, or one made from its text."""
        return self.get("anchor") or slugify(self.get("text", ""))


@block("heading", group=READING)
class HeadingBlock(StructBlock):
    """A section heading."""

    text = CharBlock(label=_("Heading"), max_length=150)
    level = ChoiceBlock([("h2", _("Section")), ("h3", _("Sub-section"))], default="h2", label=_("Level"))
    anchor = AnchorBlock(
        label=_("Anchor"),
        required=False,
        max_length=60,
        help_text=_("Fill it in to keep links working when the heading changes: letters, digits and hyphens."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        value_class = HeadingValue
        description = _("Opens a section; it appears in the contents list and has an address of its own.")
        preview_value = {"text": "Ce que la ville a fait", "level": "h2", "anchor": ""}

    def clean(self, value: StructValue) -> StructValue:
        """Keep only characters that an address can carry in the anchor."""
        cleaned = super().clean(value)
        cleaned["anchor"] = slugify(cleaned.get("anchor") or "")
        return cleaned


@block("text", group=READING)
class ReadingTextBlock(RichTextBlock):
    """Paragraphs and lists."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>Le projet a commencé par une marche avec les habitants.</p>"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RICH_TEXT_FEATURES, **{**kwargs, "editor": "default"})


@block("callout", group=READING)
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


@block("steps", group=READING)
class StepsBlock(StructBlock):
    """A method in order."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    steps = ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("How it works, step by step, numbered.")
        preview_value = {"title": "La méthode", "steps": [{"title": "Écouter", "text": "<p>Trois soirées.</p>"}]}
