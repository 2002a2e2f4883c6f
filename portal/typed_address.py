"""An e-mail address that somebody types to be written to: a trap for robots, and a limit on tries."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.throttling import is_throttled

HOUR = 3600
TRIES_PER_ADDRESS = 20
TRIES_PER_EMAIL = 5


class TypedAddressForm(forms.Form):
    """One address. The `website` field is a trap: people do not see it, robots fill it in."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This is no e-mail address: check it, it looks like name@example.org.")},
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def is_of_a_robot(self) -> bool:
        """Tell whether the trap was walked into: thank it, and do nothing."""
        return bool(self.cleaned_data["website"])

    def is_tried_too_often(self, request: HttpRequest, action: str) -> bool:
        """Count one try of an action, for this visitor and for what they typed; too many are told as an error."""
        email = self.cleaned_data["email"].casefold()
        is_too_often = is_throttled(request, action, TRIES_PER_ADDRESS, HOUR)
        is_too_often = is_throttled(request, f"{action}-email", TRIES_PER_EMAIL, HOUR, who=email) or is_too_often
        if is_too_often:
            message = gettext("Too many requests came from here. Please try again in an hour.")
            self.add_error(None, ValidationError(message, code="throttled"))
        return is_too_often

    @property
    def status(self) -> int:
        """How a refusal answers: 429 for too many tries, 422 for what has to be mended."""
        return 429 if self.has_error(NON_FIELD_ERRORS, "throttled") else 422
