"""Correcting a participant or the contact, and handing a place to a colleague, for those who ask the team."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.form.people import ContactForm
from registrations.models import Booking, Participant, Registration
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.officer.bookings.forms import CorrectionForm, TeamColleagueForm, TeamContactForm
from registrations.officer.bookings.screen import booking_of, is_changed_by_team, registrations_of
from registrations.services import (
    AlreadyRegistered,
    NotAllowed,
    PriceChanged,
    PriceLine,
    TooBusy,
    contact_of,
    correct,
    correct_contact,
    fingerprint,
    hand_over,
    own_participant,
)
from registrations.space.forms import DetailsForm

OFFICER = "officer"


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _show(request: HttpRequest, booking: Booking, form: forms.Form, **words: Any) -> HttpResponse:
    """Show the page of a form: `header_title`, `lede` and `button` are its words."""
    return render(request, "admin/registrations/booking_form.html", {"booking": booking, "form": form, **words})


def _carry_out(request: HttpRequest, form: forms.Form, change: Callable[[], object]) -> bool:
    """Make a change, and say that it is done; False where the form says what stands against it."""
    try:
        change()
    except AlreadyRegistered:
        form.add_error("email", _("Somebody is registered with this address already."))
    except TooBusy:
        form.add_error(None, _("The site is very busy: nothing was done. Try again in a minute."))
    else:
        messages.success(request, _("Done."))
        return True
    return False


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_participant(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Show and take the name, e-mail, job title and capacity of a participant. New prices are shown first."""
    booking = booking_of(pk)
    row = get_object_or_404(Participant, pk=person, booking=booking)
    names = (*DetailsForm.base_fields, "category")
    form = CorrectionForm(_data(request), initial={name: getattr(row, name) for name in names})
    words = {
        "header_title": _("Correct the details of %(name)s") % {"name": row.name},
        "lede": _("The same person: somebody else takes a place by «Hand over to a colleague»."),
        "more": "",
        "button": _("Correct the details"),
    }
    if own_participant(booking) == row:
        words["more"] = _("This person is the contact too: correct both at once there.")
    if form.is_bound and form.is_valid() and _correct(request, row, form, words):
        return redirect("registrations_admin:booking", pk)
    return _show(request, booking, form, **words)


def _correct(request: HttpRequest, row: Participant, form: CorrectionForm, words: dict[str, Any]) -> bool:
    """Correct somebody; False where the form, or the `words` shown with it, say what is to be looked at."""
    shown_price, category = request.POST.get("shown_price", ""), form.cleaned_data["category"]

    def change() -> object:
        told = {"reason": form.cleaned_data["reason"], "category": category, "shown_price": shown_price}
        return correct(row, form.person(row.category), actor=OFFICER, user=request.user, **told)

    try:
        is_done = _carry_out(request, form, change)
    except PriceChanged as changed:
        words.update(_new_prices(row, changed.lines))
        return False
    except NotAllowed:
        form.add_error("reason", _("The price changes: say why, it is kept in the history."))
        words.update(shown_price=shown_price, button=_("Correct the details and these prices"))
        return False
    if is_done and shown_price and category != row.category:
        messages.info(request, _("Nobody was written to about the new price: tell the contact."))
    return is_done


def _new_prices(row: Participant, lines: list[PriceLine]) -> dict[str, str]:
    """Return the words that show new prices beside those agreed, to be confirmed."""
    agreed = {one.occurrence_id: one.price_agreed for one in row.registrations.active()}
    prices = (
        _("%(date)s: %(new)s instead of %(old)s")
        % {"date": line.occurrence, "new": line.quote.price, "old": agreed.get(line.occurrence.pk, "")}
        for line in lines
    )
    notice = _("Other prices apply to this person: %(prices)s. Say why, and press again if you agree.")
    return {
        "notice": notice % {"prices": "\u00a0; ".join(prices)},
        "shown_price": fingerprint(lines),
        "button": _("Correct the details and these prices"),
    }


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and take the name, e-mail and telephone of the contact."""
    booking = booking_of(pk)
    own = own_participant(booking)
    initial = {name: value for name, value in asdict(contact_of(booking)).items() if name in ContactForm.base_fields}
    form = TeamContactForm(_data(request), initial={**initial, "takes_part": True}, is_participant=own is not None)

    def change() -> object:
        given = form.cleaned_data
        both, reason = given.get("takes_part", False), given["reason"]
        return correct_contact(
            booking, form.contact(), actor=OFFICER, user=request.user, reason=reason, takes_part=both
        )

    if form.is_bound and form.is_valid() and _carry_out(request, form, change):
        return redirect("registrations_admin:booking", pk)
    return _show(
        request,
        booking,
        form,
        header_title=_("Correct the contact"),
        lede=_("Whoever reads this address manages the booking. Where it changes, the link sent before opens nothing."),
        button=_("Correct the contact"),
    )


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_place_over(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Ask who takes the place of a registration; hand it over. A new price is shown first, and agreed to."""
    booking = booking_of(pk)
    old = get_object_or_404(registrations_of(booking), pk=row)
    if not is_changed_by_team(old):
        messages.info(request, _("This registration or its date is over: its place goes to nobody else."))
        return redirect("registrations_admin:booking", pk)
    form = TeamColleagueForm(_data(request))
    words = {
        "header_title": _("Who takes the place of %(name)s?") % {"name": old.participant.name},
        "lede": _("A colleague of the same organisation (%(name)s): both people are told by e-mail.")
        % {"name": booking.organisation_name},
        "occurrence": old.occurrence,
        "button": _("Hand the place over"),
    }
    if not (form.is_bound and form.is_valid()):
        return _show(request, booking, form, **words)
    return _hand_over(request, booking, old, form, words)


def _hand_over(
    request: HttpRequest, booking: Booking, old: Registration, form: TeamColleagueForm, words: dict[str, Any]
) -> HttpResponse:
    def change() -> object:
        price, reason = request.POST.get("shown_price", ""), form.cleaned_data["reason"]
        return hand_over(
            old, form.person(), actor=OFFICER, shown_price=price, user=request.user, reason=reason, until_end=True
        )

    try:
        if _carry_out(request, form, change):
            return redirect("registrations_admin:booking", booking.pk)
    except PriceChanged as changed:
        new = {"new": changed.lines[0].quote.price, "old": old.price}
        words["notice"] = (
            _("Another price applies to this person: %(new)s instead of %(old)s. Press again if you agree.") % new
        )
        words["shown_price"] = fingerprint(changed.lines)
        words["button"] = _("Hand the place over at this price")
    except NotAllowed:
        messages.warning(request, _("This registration has changed meanwhile: nothing was done."))
        return redirect("registrations_admin:booking", booking.pk)
    return _show(request, booking, form, **words)
