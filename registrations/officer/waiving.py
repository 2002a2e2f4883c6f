"""Giving up the price of a registration, or a part of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from registrations.models import Registration
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.services import NotAllowed, waive


class WaiverForm(forms.Form):
    """How much is given up, and why; an amount of zero asks no reason, so that the browser must not insist."""

    use_required_attribute = False
    amount = forms.DecimalField(
        label=gettext_lazy("Amount given up"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        help_text=gettext_lazy("Zero takes an earlier waiver back."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Kept beside the price, and written to the contact as it stands."),
        error_messages={"required": gettext_lazy("Say why: it is written to the contact.")},
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = registration.price_amount
        self.fields["amount"].initial = registration.waived_amount or self.most
        self.fields["reason"].initial = registration.waiver_reason

    def clean(self) -> dict[str, Any]:
        """Refuse more than the price, and a waiver without a reason."""
        cleaned = super().clean()
        amount = cleaned.get("amount")
        if amount is not None and amount > self.most:
            self.add_error("amount", _("This is more than the price."))
        if amount == 0 and "reason" not in cleaned and not self.data.get("reason", "").strip():
            del self.errors["reason"]
            cleaned["reason"] = ""
        return cleaned


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "POST"])
def waive_price(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how much of a price is given up, and why; keep it (POST)."""
    row = get_object_or_404(Registration.objects.with_people(), pk=pk)
    from_booking = "booking" in request.GET
    kept = ("booking", row.participant.booking_id) if from_booking else ("occurrence", row.occurrence_id)
    address = reverse(f"registrations_admin:{kept[0]}", args=[kept[1]])
    back = redirect(address)
    if row.price_amount is None:
        messages.info(request, _("This price still waits for a proof of membership: settle it first."))
        return back
    form = WaiverForm(request.POST if request.method == "POST" else None, registration=row)
    if form.is_bound and form.is_valid():
        try:
            waive(row, form.cleaned_data["amount"], form.cleaned_data["reason"], request.user)
        except NotAllowed:
            messages.warning(request, _("This registration has changed meanwhile: nothing was done."))
        else:
            messages.success(request, _("Done."))
        return back
    context = {"row": row, "form": form, "back": address, "header_title": _("Waive a price")}
    return render(request, "admin/registrations/waive.html", context)
