"""Cancelling or postponing a date: the reason, who will be written to, then all of it at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from events.enums import OccurrenceStatus
from events.models import Occurrence
from registrations.messages.tellings import Telling, readers_of
from registrations.models import Registration
from registrations.officer.access import CHANGE, CHANGE_DATE, CHANGE_LIVE_DATE, VIEW, requires
from registrations.officer.decisions import ReasonForm
from registrations.services import TooBusy, call_off


class CallOffForm(ReasonForm):
    """Cancelled or postponed, and why."""

    status = forms.ChoiceField(
        label=gettext_lazy("What becomes of the date"),
        choices=[
            (OccurrenceStatus.CANCELLED, gettext_lazy("It is cancelled, and every registration with it")),
            (OccurrenceStatus.POSTPONED, gettext_lazy("It is postponed: registrations are kept for the new day")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("status", "reason")


@requires(VIEW, CHANGE, CHANGE_DATE, CHANGE_LIVE_DATE)
@require_http_methods(["GET", "POST"])
def call_date_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason and tell who will read it; with `confirm`, call the date off and write to them."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    back = redirect("registrations_admin:occurrence", pk)
    if shown.is_past or shown.status == OccurrenceStatus.CANCELLED:
        messages.warning(request, _("This date is past or cancelled: it cannot be called off any more."))
        return back
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _carry_out(request, shown, form.cleaned_data):
        return back
    rows = list(Registration.objects.active().filter(occurrence=shown).with_people())
    context = {
        "occurrence": shown,
        "form": form,
        "people": len(rows),
        "letters": len(readers_of(Telling("called_off"), rows)),
        "header_title": _("Cancel or postpone the date"),
    }
    return render(request, "admin/registrations/call_off.html", context)


def _carry_out(request: HttpRequest, shown: Occurrence, cleaned: dict[str, Any]) -> bool:
    try:
        call_off(shown.pk, OccurrenceStatus(cleaned["status"]), reason=cleaned["reason"], user=request.user)
    except TooBusy:
        messages.error(request, _("The site is very busy: nothing was done. Try again in a minute."))
        return False
    messages.success(request, _("Done. The messages are in the outbox."))
    return True
