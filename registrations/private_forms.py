"""The small forms of the private pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
