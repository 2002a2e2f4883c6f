"""Correcting a participant's details, and handing a place to a colleague."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.amounts import Price
from portal.throttling import is_throttled
from registrations.messages.descriptions import by_date
from registrations.models import Participant, Registration
from registrations.services import AlreadyRegistered, NotAllowed, PriceChanged, TooBusy, correct, fingerprint, hand_over
from registrations.space.access import Access, of_booking, with_form
from registrations.space.forms import ColleagueForm, DetailsForm

HOUR = 3600
CHANGES_PER_BOOKING = 30


@require_http_methods(["GET", "HEAD", "POST"])
@of_booking
def correct_details(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show and take the name, e-mail and job title of a participant of this booking.

    Errors answer 422, too many changes 429, a locked database 503: what was typed is kept.
    """
    if not access.manages:
        raise Http404
    participant = get_object_or_404(Participant, pk=pk, booking=access.booking)
    initial = {name: getattr(participant, name) for name in DetailsForm.base_fields}
    form = DetailsForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {
        "heading": _("Correct the details of %(name)s") % {"name": participant.name},
        "lede": _("The same person: somebody else takes a place by “Hand over to a colleague”."),
        "button": _("Correct the details"),
    }
    if not_taken := _not_taken(request, access, form, context):
        return not_taken
    try:
        correct(participant, form.person(participant.category), actor=access.actor)
    except AlreadyRegistered:
        form.add_error("email", _("Somebody is registered with this address already."))
        return _show(request, access, form, context, 422)
    except TooBusy:
        return _show(request, access, form, {**context, "notice": _busy()}, 503)
    return redirect(f"{_back(access)}?corrected")


@require_http_methods(["GET", "HEAD", "POST"])
@of_booking
def hand_over_place(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show the form, then hand the place of a registration of this booking to a colleague.

    A new price is shown first (409), and agreed to by pressing again; other answers as for `correct_details`.
    """
    rows = [row for row in access.registrations() if row.pk == pk and access.manages]
    if not rows:
        raise Http404
    row = rows[0]
    if not row.may_be_handed_over:
        return redirect(_back(access))
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    context = {
        "heading": _("Who takes the place of %(name)s?") % {"name": row.participant.name},
        "lede": _("A colleague of %(organisation)s: both people are told by e-mail.")
        % {"organisation": access.booking.organisation_name},
        "date": by_date([row], get_language() or "fr")[0],
        "button": _("Hand the place over"),
    }
    if not_taken := _not_taken(request, access, form, context):
        return not_taken
    return _hand_over(request, access, row, form, context)


def _hand_over(
    request: HttpRequest, access: Access, row: Registration, form: ColleagueForm, context: dict[str, Any]
) -> HttpResponse:
    try:
        hand_over(row, form.person(), actor=access.actor, shown_price=request.POST.get("shown_price", ""))
    except PriceChanged as changed:
        price = changed.lines[0].quote.price
        more = {
            "notice": _new_price(row.price, price),
            "shown_price": fingerprint(changed.lines),
            "button": _("Hand the place over at this price"),
        }
        return _show(request, access, form, {**context, **more}, 409)
    except AlreadyRegistered:
        form.add_error("email", _("This person is registered for this date already, or for another of this session."))
        return _show(request, access, form, context, 422)
    except NotAllowed:
        return redirect(_back(access))
    except TooBusy:
        return _show(request, access, form, {**context, "notice": _busy()}, 503)
    return redirect(f"{_back(access)}?handed")


def _not_taken(request: HttpRequest, access: Access, form: forms.Form, context: dict[str, Any]) -> HttpResponse | None:
    """Return the page of a form that nothing is done with: not sent yet, wrong, or sent too often; else None."""
    if request.method != "POST":
        return _show(request, access, form, context)
    if not form.is_valid():
        return _show(request, access, form, context, 422)
    if is_throttled(request, "participants", CHANGES_PER_BOOKING, HOUR, who=f"booking {access.booking.pk}"):
        return _show(request, access, form, {**context, "notice": _too_often()}, 429)
    return None


def _new_price(old: Price, new: Price) -> str:
    words = _("Another price applies to this person: %(new)s instead of %(old)s. Press again if you agree.")
    return words % {"new": new, "old": old}


def _too_often() -> str:
    return _("Too many changes were made within an hour. Nothing is lost: try again later.")


def _busy() -> str:
    return _("Many people are using the site at this moment. Nothing has changed: try again in a minute.")


def _back(access: Access) -> str:
    return reverse("registrations:booking", args=[access.key])


def _show(
    request: HttpRequest, access: Access, form: forms.Form, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shown = {**context, "access": access, "form": form}
    return with_form(render(request, "registrations/participant.html", shown, status=status))
