"""What the officer corrects: the forms of the private page, with a reason for the history."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.enums import ParticipantCategory
from registrations.form.people import ContactForm
from registrations.officer.decisions import ReasonForm
from registrations.services import Contact, Person
from registrations.services.steps import MAX_REASON
from registrations.space.forms import ColleagueForm, DetailsForm


class NoteForm(forms.Form):
    """Why something is changed: for the team alone."""

    reason = forms.CharField(
        label=_("Reason"), max_length=MAX_REASON, required=False, help_text=_("Kept in the history, for the team.")
    )


class CorrectionForm(DetailsForm, NoteForm):
    """The details of a participant, and in which capacity they take part."""

    category = forms.ChoiceField(
        label=_("Takes part as"),
        choices=ParticipantCategory.choices,
        help_text=_("Another capacity may change the price of the dates to come: it is shown first."),
    )
    field_order = (*DetailsForm.base_fields, "category", "reason")

    def person(self, category: str) -> Person:
        """Return the person of a valid form."""
        return Person(**{name: self.cleaned_data[name] for name in DetailsForm.base_fields}, category=category)


class TeamColleagueForm(ColleagueForm, ReasonForm):
    """Somebody who takes a place; why is written to both."""

    field_order = (*ColleagueForm.base_fields, "reason")

    def person(self, category: str = "") -> Person:
        """Return the person of a valid form."""
        return Person(**{name: self.cleaned_data[name] for name in ColleagueForm.base_fields})


class TeamContactForm(ContactForm, NoteForm):
    """The contact of a booking; and, where they take part, whether the participant is corrected in the same way."""

    takes_part = forms.BooleanField(label=_("Correct the participant of this address in the same way"), required=False)
    field_order = (*ContactForm.base_fields, "takes_part", "reason")

    def __init__(self, *args: Any, is_participant: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Another address receives a new private link; the one before is told.")
        if not is_participant:
            del self.fields["takes_part"]

    def contact(self) -> Contact:
        """Return the contact of a valid form."""
        return Contact(**{name: self.cleaned_data[name] for name in ContactForm.base_fields})
