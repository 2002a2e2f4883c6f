"""The public form: who takes part, then what it costs and the confirmation. One address, no script, no session."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.enums import RegistrationMode
from events.models import Occurrence
from portal.languages import version_in
from portal.throttling import is_throttled
from registrations.forms import retention_notice
from registrations.models import Booking, Registration
from registrations.people import person_key
from registrations.services import (
    AlreadyRegistered,
    NotBookable,
    PriceChanged,
    TooBusy,
    book,
    fingerprint,
    has_seats_for,
    priced_lines,
    total_of,
)
from registrations.submission import TRAP, Submission, looks_automatic

HOUR = 3600
# A town hall may have one address for a hundred agents; a script tries thousands.
TRIES_PER_ADDRESS = 60
TRIES_PER_CONTACT = 20


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and take the registration form of a published date; 404 for another.

    `action` says what was pressed: search, add, (remove=line), modify, continue, confirm. Errors answer 422, a date
    that closed or a price that changed 409, too many tries 429, a locked database 503: what was typed is always kept.
    """
    occurrence = get_object_or_404(Occurrence.objects.published().with_details(), pk=pk)
    occurrence.localized_page = version_in(occurrence.page, _language())
    if request.method == "POST":
        response = _answer_post(request, occurrence)
    elif not occurrence.is_open_for_registration():
        response = closed(request, occurrence)
    else:
        response = show_form(request, occurrence, Submission.blank())
    # Not «no-store»: going back finds the form as it was filled in, or the summary instead of a browser's error.
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _answer_post(request: HttpRequest, occurrence: Occurrence) -> HttpResponse:
    action = "remove" if "remove" in request.POST else request.POST.get("action", "continue")
    if action == "confirm" and (known := _booked_before(request)):
        return known
    if not occurrence.is_open_for_registration():
        return closed(request, occurrence, status=409)
    if action not in ("continue", "confirm"):
        return show_form(request, occurrence, Submission.unchecked(request.POST))
    submission = Submission(request.POST)
    if not submission.is_valid():
        return show_form(request, occurrence, submission, status=422)
    if action == "confirm":
        return _confirm(request, occurrence, submission)
    return show_summary(request, occurrence, submission)


def _booked_before(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the booking that this very form made: a double click, the back button."""
    submission = Submission.unchecked(request.POST)
    booking = Booking.objects.filter(idempotency_key=submission.key).first()
    return _to_booking(booking, "already") if booking else None


def _confirm(request: HttpRequest, occurrence: Occurrence, submission: Submission) -> HttpResponse:
    """Book, and lead to the private page; or show the summary again with what prevents it."""
    if looks_automatic(request.POST):
        return show_summary(request, occurrence, submission, notice=_("Please confirm once more."), status=422)
    if _tries_too_often(request, submission):
        notice = _("Too many registrations came from here within an hour. Nothing is lost: confirm again later.")
        return show_summary(request, occurrence, submission, notice=notice, status=429)
    asked = submission.request(occurrence.pk, _language(), request.POST.get("shown_prices", ""))
    try:
        result = book(asked)
    except NotBookable as refused:
        if refused.occurrence is None:
            raise Http404 from refused
        return closed(request, refused.occurrence, status=409)
    except PriceChanged:
        notice = _("The price has changed since you saw it. Here is the new one: confirm if you agree.")
        return show_summary(request, occurrence, submission, notice=notice, status=409)
    except AlreadyRegistered as refused:
        _mark_registered(submission, refused)
        return show_form(request, occurrence, submission, status=422)
    except TooBusy:
        notice = _("Many people are registering at this moment. Nothing is lost: confirm again in a minute.")
        return show_summary(request, occurrence, submission, notice=notice, status=503)
    return _to_booking(result.booking, "recorded" if result.created else "already")


def _tries_too_often(request: HttpRequest, submission: Submission) -> bool:
    contact = person_key(submission.contact.cleaned_data["email"])
    from_address = is_throttled(request, "register", TRIES_PER_ADDRESS, HOUR)
    return is_throttled(request, "register-contact", TRIES_PER_CONTACT, HOUR, who=contact) or from_address


def _mark_registered(submission: Submission, refused: AlreadyRegistered) -> None:
    """Say at its line who is registered already."""
    keys = {person.key for person in refused.people}
    contact = submission.contact.contact()
    for form in submission.people.counted:
        if form.person(contact).key in keys:
            field = "is_contact" if form.cleaned_data.get("is_contact") else "email"
            message = _(
                "This person is already registered for this date: the link in the confirmation message leads to it."
            )
            form.add_error(field, message)


def _to_booking(booking: Booking, what: str) -> HttpResponse:
    response = redirect(f"{reverse('registrations:booking', args=[booking.token])}?{what}")
    response["Referrer-Policy"] = "no-referrer"
    return response


def show_form(request: HttpRequest, occurrence: Occurrence, submission: Submission, status: int = 200) -> HttpResponse:
    """Answer the first step."""
    context = {
        **_context(occurrence, submission, step=1),
        "retention": retention_notice(),
        "has_errors": submission.has_errors,
        "added": request.POST.get("action") == "add",
    }
    return render(request, "registrations/register.html", context, status=status)


def show_summary(
    request: HttpRequest, occurrence: Occurrence, submission: Submission, notice: str = "", status: int = 200
) -> HttpResponse:
    """Answer the second step, for a valid form: each line with its price, the total, and what confirming will do."""
    asked = submission.request(occurrence.pk, _language(), None)
    occurrence = Occurrence.objects.with_details().get(pk=occurrence.pk)
    occurrence.localized_page = version_in(occurrence.page, _language())
    lines = priced_lines(asked, [occurrence]).lines
    context = {
        **_context(occurrence, submission, step=2),
        "asked": asked,
        "lines": lines,
        "total": total_of(lines),
        "shown_prices": fingerprint(lines),
        "hidden_values": submission.hidden_values(),
        "outcome": _expected(occurrence, len(asked.people)),
        "waiting": Registration.objects.filter(occurrence=occurrence).waiting().count(),
        "notice": notice,
    }
    return render(request, "registrations/summary.html", context, status=status)


def _expected(occurrence: Occurrence, size: int) -> str:
    """Return what confirming would do at this instant: «pending», «confirmed» or «waitlisted»."""
    if occurrence.registration_mode == RegistrationMode.BY_APPROVAL:
        return "pending"
    return "confirmed" if has_seats_for(occurrence, size) else "waitlisted"


def closed(request: HttpRequest, occurrence: Occurrence, status: int = 200) -> HttpResponse:
    """Say why a date takes no registration, with the other dates of the same page that do."""
    occurrence.localized_page = version_in(occurrence.page, _language())
    others = (
        Occurrence.objects.published().for_page(occurrence.page).upcoming().exclude(pk=occurrence.pk).with_details()
    )
    context = {
        "occurrence": occurrence,
        "state": occurrence.state,
        "others": [other for other in others if other.is_open_for_registration()],
    }
    return render(request, "registrations/closed.html", context, status=status)


def _context(occurrence: Occurrence, submission: Submission, step: int) -> dict[str, Any]:
    return {
        "occurrence": occurrence,
        "submission": submission,
        "steps": [_("Participants"), _("Summary and confirmation")],
        "step": step,
        "trap": TRAP,
    }


def _language() -> str:
    return get_language() or "fr"
