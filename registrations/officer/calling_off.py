"""Cancelling a date, postponing it, or giving it another day: why, who will be written to, then all of it at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.enums import OccurrenceStatus
from events.models import Occurrence
from registrations.messages.tellings import Telling, readers_of
from registrations.models import Registration
from registrations.officer.access import CHANGE, CHANGE_DATE, CHANGE_LIVE_DATE, VIEW, requires
from registrations.officer.new_date import CallOffForm, window_of
from registrations.services import NotAllowed, TooBusy, call_off, give_new_date


@requires(VIEW, CHANGE, CHANGE_DATE, CHANGE_LIVE_DATE)
@require_http_methods(["GET", "POST"])
def call_date_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what becomes of the date and why, and tell who will read it; do so on POST, and write to them."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    back = redirect("registrations_admin:occurrence", pk)
    if shown.is_past or shown.status == OccurrenceStatus.CANCELLED:
        messages.warning(request, _("This date is past or cancelled: it cannot be called off any more."))
        return back
    form = CallOffForm(request.POST if request.method == "POST" else None, occurrence=shown)
    if form.is_bound and form.is_valid() and _carry_out(request, shown, form):
        return back
    rows = list(Registration.objects.active().filter(occurrence=shown).with_people())
    is_postponed = shown.status == OccurrenceStatus.POSTPONED
    context = {
        "occurrence": shown,
        "form": form,
        "people": len(rows),
        "letters": len(readers_of(Telling("called_off"), rows)),
        "header_title": _("Give the new date, or cancel") if is_postponed else _("Cancel or postpone the date"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "admin/registrations/call_off.html", context, status=status)


def _carry_out(request: HttpRequest, shown: Occurrence, form: CallOffForm) -> bool:
    """Do what was asked, and say what was done. True when there is nothing left to decide here."""
    reason = form.cleaned_data["reason"]
    try:
        if form.new_date:
            moved = give_new_date(shown.pk, form.new_date, reason=reason, user=request.user)
            words = _("The date is now: %(date)s. Registration %(window)s. The messages are in the outbox.")
            messages.success(request, words % {"date": moved, "window": window_of(moved)})
            return True
        call_off(shown.pk, OccurrenceStatus(form.cleaned_data["status"]), reason=reason, user=request.user)
    except TooBusy:
        messages.error(request, _("The site is very busy: nothing was done. Try again in a minute."))
        return False
    except NotAllowed:
        messages.warning(request, _("This date is past or cancelled: it cannot be called off any more."))
        return True
    messages.success(request, _("Done. The messages are in the outbox."))
    return True
