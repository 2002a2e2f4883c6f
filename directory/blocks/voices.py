"""Blocks that let people speak: quotations, people to know."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.blocks import block
from portal.blocks.groups import VOICES


@block("quotation", group=VOICES)
class QuotationBlock(StructBlock):
    """What somebody said, and who they are."""

    text = TextBlock(label=_("Quotation"), help_text=_("Without quotation marks: the page adds them."))
    speaker_name = CharBlock(label=_("Name"), required=False, max_length=120)
    role = CharBlock(label=_("Role"), required=False, max_length=200)
    person = SnippetChooserBlock(
        "directory.Person", label=_("Person of the directory"), required=False, help_text=_("Instead of a name.")
    )
    organisation = SnippetChooserBlock("directory.Organisation", label=_("Organisation"), required=False)
    network = SnippetChooserBlock("directory.Network", label=_("Network"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("What somebody said, with their role; it may name an organisation and a network.")
        preview_value = {
            "text": "On a commencé par écouter.",
            "speaker_name": "Claire Dumont",
            "role": "cheffe de projet",
        }


@block("people", group=VOICES)
class PeopleBlock(StructBlock):
    """People of the directory, with their role and organisation."""

    title = CharBlock(label=_("Title"), required=False, max_length=150)
    people = ListBlock(SnippetChooserBlock("directory.Person", label=_("Person")), label=_("People"), min_num=1)

    class Meta:
        icon = "group"
        label = _("People")
        description = _("Speakers or contacts, with their role and organisation.")
