"""Blocks for reading: running text, headings, call-outs, steps, texts that unfold."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock

from portal.blocks.anchors import AnchorBlock, AnchoredValue
from portal.blocks.fields import RICH_TEXT_FEATURES, block_title, rich_text, titled_texts
from portal.blocks.groups import TEXT
from portal.blocks.library import block


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
        preview_value = (
            "<p>Le projet a commencé par une marche avec les habitants, un samedi matin, carnet en main.</p>"
            "<ul><li>Onze personnes ont marché deux heures.</li><li>Elles ont noté ce qui gêne.</li></ul>"
        )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RICH_TEXT_FEATURES, **{**kwargs, "editor": "default"})


@block("callout", group=TEXT)
class CalloutBlock(StructBlock):
    """A short text set apart."""

    kind = ChoiceBlock(
        [("information", _("Good to know")), ("try_this", _("To try"))], default="information", label=_("Kind")
    )
    title = CharBlock(label=_("Title"), required=False, max_length=120)
    text = rich_text()

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        description = _("A remark or something to try, set apart from the text.")
        preview_value = {
            "kind": "try_this",
            "title": "Une réunion sans ordre du jour",
            "text": "<p>Invitez trois voisins à la prochaine réunion, et laissez-les dire par quoi commencer.</p>",
        }


@block("steps", group=TEXT)
class StepsBlock(StructBlock):
    """A method in order."""

    title = block_title()
    steps = titled_texts(_("Steps"), _("Step"), "list-ol")

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("How it works, step by step, numbered.")
        preview_value = {
            "title": "Comment s’y prendre",
            "steps": [
                {"title": "Marcher", "text": "<p>Un samedi, avec celles et ceux qui habitent là.</p>"},
                {"title": "Choisir une porte", "text": "<p>Une école, un café, une bibliothèque.</p>"},
                {"title": "Revenir", "text": "<p>Dire ce qui a été fait, et ce qui ne le sera pas.</p>"},
            ],
        }


@block("accordion", group=TEXT)
class AccordionBlock(StructBlock):
    """Texts that unfold one by one; paper shows them all."""

    title = block_title()
    items = titled_texts(_("Texts that unfold"), _("Text that unfolds"), "collapse-down", text_required=True)

    class Meta:
        icon = "collapse-down"
        label = _("Texts that unfold")
        description = _("Questions or headings that open on a click. For what only some readers need.")
        preview_value = {
            "title": "Questions fréquentes",
            "items": [
                {"title": "Qui peut venir ?", "text": "<p>Toute personne qui travaille dans un quartier.</p>"},
                {"title": "Combien cela coûte-t-il ?", "text": "<p>Rien pour les territoires adhérents.</p>"},
            ],
        }
