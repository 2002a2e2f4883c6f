"""Blocks that let people speak: quotations, voices, speakers, contacts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, EmailBlock, ListBlock, StructBlock, StructValue, TextBlock

from directory.blocks import examples
from directory.blocks.choosers import NetworkChooserBlock, OrganisationChooserBlock, PersonChooserBlock
from directory.blocks.people import SomebodyBlock, SomebodyValue, refuse_two_names
from portal.blocks import block
from portal.blocks.anchors import AnchoredValue, HiddenAnchorBlock
from portal.blocks.fields import block_title
from portal.blocks.groups import VOICES

# How many words of a quotation make its address, or stand for it where nobody is named.
FIRST_WORDS = 6
VOICE_KINDS = [("condition", _("A condition")), ("benefit", _("A benefit"))]
# How the page names them together.
VOICE_KINDS_SHOWN = [("condition", _("What it takes")), ("benefit", _("What it brings"))]


class QuotationValue(SomebodyValue, AnchoredValue):
    """What somebody said. Its address is made of its first words."""

    passage_kind = "quotation"
    passage_fields = ("text",)
    name_field = "speaker_name"

    @property
    def heading(self) -> str:
        """Who speaks, and for whom; else the beginning of the words."""
        named = [self.shown_name, self.shown_organisation.label if self.shown_organisation else ""]
        return ", ".join(name for name in named if name) or self.beginning

    @property
    def passage_summary(self) -> str:
        """Who speaks, in what role, for whom."""
        organisation = self.shown_organisation
        named = [self.shown_name, self.shown_role, organisation.label if organisation else ""]
        return ", ".join(name for name in named if name)

    @property
    def beginning(self) -> str:
        """The first words, with dots when more follow."""
        words = str(self.get("text") or "").split()
        return " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")

    @property
    def anchor_words(self) -> str:
        """The first words."""
        return self.beginning


@block("quotation", group=VOICES)
class QuotationBlock(StructBlock):
    """What somebody said, and who they are."""

    text = TextBlock(label=_("Quotation"), help_text=_("Without quotation marks: the page adds them."))
    person = PersonChooserBlock()
    speaker_name = CharBlock(
        label=_("Name"), required=False, max_length=120, help_text=_("Only for somebody who is not in the directory.")
    )
    role = CharBlock(
        label=_("Role"), required=False, max_length=200, help_text=_("Empty: the role that the directory knows.")
    )
    organisation = OrganisationChooserBlock()
    network = NetworkChooserBlock()
    anchor = HiddenAnchorBlock()

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        value_class = QuotationValue
        description = _("What somebody said, with their role; it may name an organisation and a network.")
        preview_value = staticmethod(examples.quotation)

    def clean(self, value: dict[str, Any]) -> StructValue:
        """Refuse two speakers. Raises a validation error shown at the name."""
        cleaned = super().clean(value)
        refuse_two_names(cleaned)
        return cleaned


class VoicesValue(StructValue):
    """Conditions and benefits."""

    @property
    def by_kind(self) -> list[tuple[str, list[StructValue]]]:
        """The voices under the name of their kind, conditions first; a kind without voice is left out."""
        groups = ((label, kind) for kind, label in VOICE_KINDS_SHOWN)
        found = [(str(label), [voice for voice in self["voices"] if voice["kind"] == kind]) for label, kind in groups]
        return [(label, voices) for label, voices in found if voices]


class VoiceBlock(SomebodyBlock):
    """What one of those involved sees as a condition, or as a benefit: named, or not."""

    must_name = False

    kind = ChoiceBlock(VOICE_KINDS, default="condition", label=_("It tells of"))
    text = TextBlock(label=_("What they say"), help_text=_("Without quotation marks: the page adds them."))

    class Meta:
        icon = "openquote"
        label = _("Voice")
        form_layout = ["kind", "text", "person", "name", "role", "organisation"]


@block("voices", group=VOICES)
class VoicesBlock(StructBlock):
    """Those involved, on what it takes and what it brings."""

    title = block_title()
    voices = ListBlock(VoiceBlock(), label=_("Voices"), min_num=1)

    class Meta:
        icon = "openquote"
        label = _("Voices of those involved")
        value_class = VoicesValue
        description = _("What those involved say of the conditions and of the benefits, side by side.")
        preview_value = staticmethod(examples.voices)


class SpeakerBlock(SomebodyBlock):
    """Somebody who speaks, and of what."""

    topic = CharBlock(label=_("Speaks about"), required=False, max_length=250)

    class Meta:
        label = _("Speaker")


@block("speakers", group=VOICES)
class SpeakersBlock(StructBlock):
    """Those who speak."""

    title = block_title()
    speakers = ListBlock(SpeakerBlock(), label=_("Speakers"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Speakers")
        description = _("Those who speak, with their role, their organisation and their subject.")
        preview_value = staticmethod(examples.speakers)


class ContactValue(SomebodyValue):
    """Somebody to turn to."""

    @property
    def shown_email(self) -> str:
        """The address typed here, else that of the directory if the person agreed to publish it."""
        person = self.get("person")
        agreed = person.email if person and person.shows_contact_details else ""
        return str(self.get("email") or "") or agreed

    @property
    def shown_phone(self) -> str:
        """The number typed here, else that of the directory if the person agreed to publish it."""
        person = self.get("person")
        agreed = person.phone if person and person.shows_contact_details else ""
        return str(self.get("phone") or "") or agreed


class ContactBlock(SomebodyBlock):
    """Somebody to turn to, and how."""

    # To be reachable is not to speak: a contact has no page of the directory for it.
    names_contacts = True

    phone = CharBlock(label=_("Phone"), required=False, max_length=30)
    email = EmailBlock(
        label=_("E-mail"), required=False, help_text=_("Empty: that of the directory, if the person agreed to it.")
    )

    class Meta:
        icon = "user"
        label = _("Contact")
        value_class = ContactValue


@block("contact_cards", group=VOICES)
class ContactCardsBlock(StructBlock):
    """Those to turn to."""

    title = block_title()
    contacts = ListBlock(ContactBlock(), label=_("Contacts"), min_num=1)

    class Meta:
        icon = "mail"
        label = _("Contacts")
        description = _("Whom to ask, with a phone number and an e-mail address.")
        preview_value = staticmethod(examples.contacts)
