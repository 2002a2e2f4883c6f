"""Proving a membership: by a link sent to the organisation's own address, or by the code of the membership."""

from contextlib import suppress

from django import forms
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.throttling import is_throttled
from registrations.enums import ProofMethod
from registrations.messages.addresses import booking_of_proof
from registrations.messages.private_links import write_proof_link
from registrations.models import Booking
from registrations.services import (
    AlreadySettled,
    TooBusy,
    is_code_of,
    memberships_to_prove,
    settle,
    waits_for_proof,
)
from registrations.space.access import Access, of_booking, private, with_form
from registrations.space.booking_views import show_booking
from registrations.space.forms import CodeForm

HOUR = 3600
CODES_PER_BOOKING = 10
CODES_PER_ADDRESS = 30
LINKS_PER_BOOKING = 5


@private
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask whoever opens the link of a message to press the button; settle the prices on POST.

    Mail filters open links: that settles nothing. A link too old answers 410, one that we never wrote 404.
    """
    try:
        booking = booking_of_proof(secret)
    except SignatureExpired:
        return render(request, "registrations/proof.html", {"state": "expired"}, status=410)
    except BadSignature as error:
        raise Http404 from error
    if booking is None:
        return render(request, "registrations/proof.html", {"state": "changed"}, status=410)
    if request.method == "POST" and not booking.proof_method and waits_for_proof(booking):
        try:
            with suppress(AlreadySettled):
                settle(booking, True, ProofMethod.EMAIL_DOMAIN)
        except TooBusy:
            return _show(request, booking, is_busy=True)
        return redirect(request.path)
    return _show(request, booking)


def _show(request: HttpRequest, booking: Booking, is_busy: bool = False) -> HttpResponse:
    context = {"state": _state(booking), "booking": booking, "is_busy": is_busy}
    return with_form(render(request, "registrations/proof.html", context, status=503 if is_busy else 200))


def _state(booking: Booking) -> str:
    """Return «proven», «settled» (the team looked at it), «nothing» (no price waits), or «open»."""
    if booking.proof_method:
        return "settled" if booking.proof_method == ProofMethod.OFFICER else "proven"
    return "open" if waits_for_proof(booking) else "nothing"


@require_POST
@of_booking
def send_link(request: HttpRequest, access: Access) -> HttpResponse:
    """Send the link of the proof to the contact again."""
    if not access.manages:
        raise Http404
    who = str(access.booking.pk)
    if is_throttled(request, "proof-link", LINKS_PER_BOOKING, HOUR, who=who):
        return show_booking(request, access, notice="too_often", status=429)
    is_sent = waits_for_proof(access.booking) and write_proof_link(access.booking)
    return redirect(f"{_back(access)}{'?link_sent' if is_sent else ''}")


@require_POST
@of_booking
def code(request: HttpRequest, access: Access) -> HttpResponse:
    """Take the code of the membership; a wrong one is told at its field (422), too many tries 429."""
    if not access.manages:
        raise Http404
    form = CodeForm(request.POST)
    memberships = memberships_to_prove(access.booking)
    if not memberships:
        return redirect(_back(access))
    if not form.is_valid():
        return show_booking(request, access, code_form=form, status=422)
    if _tries_too_often(request, access):
        message = _("Too many codes were tried. Please try again in an hour, or let the team check.")
        return _refuse(request, access, form, message, 429)
    if not is_code_of(memberships, form.cleaned_data["code"]):
        message = _("This is not the code of your organisation's membership. Check it, or let the team check.")
        return _refuse(request, access, form, message, 422)
    try:
        settle(access.booking, True, ProofMethod.CODE)
    except AlreadySettled:
        return redirect(_back(access))
    except TooBusy:
        message = _("Many people are using the site at this moment. Nothing has changed: try again in a minute.")
        return _refuse(request, access, form, message, 503)
    return redirect(f"{_back(access)}?proven")


def _tries_too_often(request: HttpRequest, access: Access) -> bool:
    from_address = is_throttled(request, "membership-code", CODES_PER_ADDRESS, HOUR)
    who = f"booking {access.booking.pk}"
    return is_throttled(request, "membership-code-booking", CODES_PER_BOOKING, HOUR, who=who) or from_address


def _refuse(request: HttpRequest, access: Access, form: forms.Form, message: str, status: int) -> HttpResponse:
    form.add_error("code", message)
    return show_booking(request, access, code_form=form, status=status)


def _back(access: Access) -> str:
    return reverse("registrations:booking", args=[access.key])
