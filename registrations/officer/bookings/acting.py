"""Cancelling lines of a booking, with a confirmation; sending its private link once more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.throttling import is_throttled
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.officer.bookings.screen import booking_of, registrations_of
from registrations.officer.decisions import DECISIONS, confirmed
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
    about = _("Booking no. %(number)s") % {"number": pk}
    return confirmed(request, DECISIONS["cancel"], rows, back=back, about=about, shows_dates=True)


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
