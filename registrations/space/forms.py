"""The small forms of the private pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.enums import ParticipantCategory
from registrations.form.fields import LineField, email_field, line_input, name_field
from registrations.services import Person


class CodeForm(forms.Form):
    """The code of a membership."""

    code = forms.CharField(
        label=_("Membership code"),
        max_length=30,
        help_text=_("Your organisation received it when it joined."),
        error_messages={"required": _("Type the code of your organisation's membership.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AskForm(forms.Form):
    """The address to which the link of a private space is sent."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("The one that you, or whoever registered you, gave us."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This is no e-mail address: check it, it looks like name@example.org.")},
    )


class DetailsForm(forms.Form):
    """A participant's name, e-mail and job title."""

    first_name = name_field(_("First name"), _("Give the first name."))
    last_name = name_field(_("Last name"), _("Give the last name."))
    email = email_field(_("Give the e-mail: each participant has their own."))
    job_title = LineField(label=_("Job title"), max_length=150, required=False, widget=line_input("off"))

    def person(self, category: str) -> Person:
        """Return the person of a valid form."""
        return Person(**{**self.cleaned_data, "category": category})


class ColleagueForm(DetailsForm):
    """Somebody who takes a colleague's place."""

    category = forms.ChoiceField(
        label=_("Takes part as"),
        choices=[("", "---------"), *ParticipantCategory.choices],
        error_messages={"required": _("Say in which capacity this person takes part.")},
    )

    def person(self, category: str = "") -> Person:
        """Return the person of a valid form."""
        return Person(**self.cleaned_data)
