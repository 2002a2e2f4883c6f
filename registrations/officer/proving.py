"""Settling by hand the prices of a booking that wait for a proof of membership."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.enums import ProofMethod
from registrations.models import Booking, Registration
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.services import AlreadySettled, TooBusy, settle

ANSWERS = {"member": True, "other": False}


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "POST"])
def settle_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what waits for a proof in a booking; with an `answer`, settle all of it, once and for all."""
    booking = get_object_or_404(Booking, pk=pk)
    rows = list(Registration.objects.filter(participant__booking=booking).active().with_people())
    waiting = [row for row in rows if not row.price.is_known]
    back = reverse("registrations_admin:booking", args=[pk]) if "booking" in request.GET else _back(request, rows)
    if not waiting:
        messages.info(request, _("The prices of this booking are settled already."))
        return redirect(back)
    if request.method == "POST" and request.POST.get("answer") in ANSWERS:
        try:
            settle(booking, ANSWERS[request.POST["answer"]], ProofMethod.OFFICER, request.user)
        except AlreadySettled:
            messages.info(request, _("The prices of this booking are settled already."))
        except TooBusy:
            messages.warning(
                request, _("Many people are using the site at this moment. Nothing has changed: try again in a minute.")
            )
        else:
            messages.success(request, _("Done. The messages are in the outbox."))
        return redirect(back)
    context = {"booking": booking, "rows": waiting, "back": back, "header_title": _("Member or not?")}
    return render(request, "admin/registrations/settle.html", context)


def _back(request: HttpRequest, rows: list[Registration]) -> str:
    """Return the address of the date that one came from, else of a date of the booking."""
    dates = [row.occurrence_id for row in rows]
    asked = request.GET.get("date", "")
    chosen = int(asked) if asked.isdecimal() and len(asked) < 19 and int(asked) in dates else next(iter(dates), None)
    if chosen is None:
        return reverse("registrations_admin:occurrences")
    return reverse("registrations_admin:occurrence", args=[chosen])
