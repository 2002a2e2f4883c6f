"""What the invoice of a booking must name, given or changed on its private page."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.enums import ChorusNeed
from portal.throttling import is_throttled
from registrations.form import BillingForm
from registrations.models import Booking
from registrations.services import TooBusy, change_references, lacking_in
from registrations.space.access import Access, of_booking, with_form

HOUR = 3600
CHANGES_PER_BOOKING = 30


def invoice_shown(access: Access) -> dict[str, Any] | None:
    """Return what the private page says of the invoice; None where none is due, or for who does not manage it."""
    if not access.booking.billing_route or not access.manages:
        return None
    return {"route": access.booking.get_billing_route_display(), "lacking": _in_words(access.booking)}


def _in_words(booking: Booking) -> str:
    lacks = lacking_in(booking)
    return str(ChorusNeed(lacks).label) if lacks else ""


@require_http_methods(["GET", "HEAD", "POST"])
@of_booking
def change_invoice(request: HttpRequest, access: Access) -> HttpResponse:
    """Show and take what the invoice must name; 404 where none is due.

    Errors answer 422, too many changes 429, a locked database 503: what was typed is kept.
    """
    if invoice_shown(access) is None:
        raise Http404
    booking = access.booking
    initial = {name: getattr(booking, name) for name in BillingForm.base_fields}
    form = BillingForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"access": access, "booking": booking, "form": form, "lacking": _in_words(booking)}
    if request.method != "POST":
        return _show(request, context)
    if not form.is_valid():
        return _show(request, context, 422)
    if is_throttled(request, "invoice", CHANGES_PER_BOOKING, HOUR, who=f"booking {booking.pk}"):
        notice = _("Too many changes were made within an hour. Nothing is lost: try again later.")
        return _show(request, {**context, "notice": notice}, 429)
    try:
        change_references(booking, form.references())
    except TooBusy:
        notice = _("Many people are using the site at this moment. Nothing has changed: try again in a minute.")
        return _show(request, {**context, "notice": notice}, 503)
    return redirect(f"{reverse('registrations:booking', args=[access.key])}?invoiced")


def _show(request: HttpRequest, context: dict[str, Form | Any], status: int = 200) -> HttpResponse:
    return with_form(render(request, "registrations/billing.html", context, status=status))
