"""Cancelling lines of a booking, with a confirmation; sending its private link once more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.throttling import is_throttled
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.officer.bookings.screen import booking_of, registrations_of
from registrations.officer.decisions import DECISIONS, ReasonForm, carry_out
from registrations.officer.people import chosen_in
from registrations.services import send_private_link

HOUR = 3600
LINKS_PER_BOOKING = 5


@requires(VIEW, CHANGE)
@require_POST
def cancel_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the lines ticked and ask for the reason; with `confirm`, cancel them: all of them or none."""
    booking = booking_of(pk)
    back = reverse("registrations_admin:booking", args=[pk])
    rows = chosen_in(registrations_of(booking), request.POST.getlist("ids"))
    if rows is None:
        messages.warning(request, _("Tick the lines concerned first."))
        return redirect(back)
    decision = DECISIONS["cancel"]
    form = ReasonForm(request.POST if "confirm" in request.POST else None)
    unsuited = [row for row in rows if not decision.suits(row)]
    if form.is_bound and form.is_valid() and not unsuited:
        carry_out(request, decision, rows, form.cleaned_data["reason"])
        return redirect(back)
    context = {
        "about": _("Booking no. %(number)s") % {"number": pk},
        "shows_dates": True,
        "rows": rows,
        "unsuited": unsuited,
        "suited": [row for row in rows if row not in unsuited],
        "form": form,
        "decision": decision,
        "button": decision.button(len(rows)),
        "back": back,
        "header_title": str(decision.label),
    }
    return render(request, "admin/registrations/decide.html", context)


@requires(VIEW, CHANGE)
@require_POST
def send_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the private link to the contact once more, a few times an hour at most."""
    booking = booking_of(pk)
    if is_throttled(request, "officer-link", LINKS_PER_BOOKING, HOUR, who=f"booking {pk}"):
        messages.warning(request, _("The link was sent several times within the hour: nothing more was sent."))
    else:
        send_private_link(booking, actor="officer", user=request.user)
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": booking.email})
    return redirect("registrations_admin:booking", pk)
