"""What the invoice must name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.form.fields import LineField, line_input
from registrations.services import BillingReferences


class BillingForm(forms.Form):
    """Nothing is required: who does not know yet says it later, on the private page."""

    service_code = LineField(
        label=_("Service code"),
        max_length=100,
        required=False,
        widget=line_input("off"),
        help_text=_("The service that receives the invoice in Chorus Pro."),
    )
    engagement_number = LineField(
        label=_("Engagement number"),
        max_length=50,
        required=False,
        widget=line_input("off"),
        help_text=_("Or the number of the purchase order."),
    )

    def references(self) -> BillingReferences:
        """Return what was typed in a valid form."""
        return BillingReferences(**self.cleaned_data)
