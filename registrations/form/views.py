"""The public form: which dates, who takes part, what they are asked, then what it costs and the confirmation.

No script, no session.
"""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.models import Occurrence
from events.querysets import public_pages
from portal.throttling import is_throttled
from registrations.form.choosing import DateChoice, dates_of, one_date
from registrations.form.questions import Questionnaire
from registrations.form.showing import closed, show_form, show_questions, show_summary
from registrations.form.submission import Submission, looks_automatic
from registrations.models import Booking
from registrations.people import person_key
from registrations.services import (
    AlreadyRegistered,
    NotBookable,
    OneOfThem,
    PriceChanged,
    QuestionsChanged,
    TooBusy,
    book,
)

HOUR = 3600
# A town hall may have one address for a hundred agents; a script tries thousands.
TRIES_PER_ADDRESS = 60
TRIES_PER_CONTACT = 20
# The summary tells whether a membership code is right: nobody may try them all.
CODES_PER_ADDRESS = 60


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and take the registration form of a published date; 404 for another. See `_answer`."""
    occurrence = get_object_or_404(Occurrence.objects.published().with_details(), pk=pk)
    return _answer(request, one_date(occurrence, _language()))


@require_http_methods(["GET", "HEAD", "POST"])
def register_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and take the form of a public page with all its dates ahead, and those of its sessions; 404 without any."""
    page = get_object_or_404(public_pages().select_related("locale"), pk=pk)
    choice = dates_of(page, _language(), request.POST if request.method == "POST" else None)
    if not choice.stages:
        raise Http404
    return _answer(request, choice)


def _answer(request: HttpRequest, choice: DateChoice) -> HttpResponse:
    """Answer a form.

    `action` says what was pressed: search, add, paste, (remove=line), modify, continue, questions, repeat, answer,
    confirm. Errors answer 422, a date that closed, a price or questions that changed 409, too many tries 429, a locked
    database 503: what was typed is kept.
    """
    if request.method == "POST":
        response = _answer_post(request, choice)
    elif not choice.is_open:
        response = closed(request, choice)
    else:
        response = show_form(request, choice, Submission.blank())
    # Not «no-store»: going back finds the form as it was filled in, or the summary instead of a browser's error.
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _answer_post(request: HttpRequest, choice: DateChoice) -> HttpResponse:
    action = "remove" if "remove" in request.POST else request.POST.get("action", "continue")
    if action == "confirm" and (known := _booked_before(request)):
        return known
    if not choice.is_open:
        return closed(request, choice, status=409)
    if action not in ("continue", "questions", "repeat", "answer", "confirm"):
        return show_form(request, choice, Submission.unchecked(request.POST))
    submission = Submission(request.POST)
    # Both are looked at, so that every fault shows at once.
    if not all([submission.is_valid(), choice.is_valid()]):
        return show_form(request, choice, submission, status=409 if choice.has_lost_dates else 422)
    return _answer_valid(request, choice, submission, action)


def _answer_valid(request: HttpRequest, choice: DateChoice, submission: Submission, action: str) -> HttpResponse:
    """Answer a form without faults: what its dates ask comes first, then the summary, then the booking."""
    questions = _questions(request, choice, submission)
    if questions and action in ("continue", "questions", "repeat"):
        if action == "repeat":
            questions.repeat_first()
        return show_questions(request, choice, submission, questions)
    if action == "confirm" and not questions.is_as_shown():
        return _ask_again(request, choice, submission)
    if not questions.is_valid():
        return show_questions(request, choice, submission, questions, status=422)
    if action == "confirm":
        return _confirm(request, choice, submission, questions)
    if submission.organisation.cleaned_data.get("code") and is_throttled(request, "form-code", CODES_PER_ADDRESS, HOUR):
        message = _("Too many codes were tried. Please try again in an hour, or let the team check.")
        submission.organisation.add_error("code", message)
        return show_form(request, choice, submission, status=429)
    return show_summary(request, choice, submission, questions)


def _questions(request: HttpRequest, choice: DateChoice, submission: Submission) -> Questionnaire:
    people = submission.people.people(submission.contact.contact())
    return Questionnaire(choice.pages().items(), people, request.POST)


def _ask_again(request: HttpRequest, choice: DateChoice, submission: Submission) -> HttpResponse:
    """Show the questions as they are now, with what was answered to those before; the summary where none is left."""
    questions = _questions(request, choice, submission)
    notice = _("The questions have changed since you answered them. Look at them again; nothing is booked yet.")
    if questions:
        return show_questions(request, choice, submission, questions, notice=notice, status=409)
    return show_summary(request, choice, submission, questions, notice=_("Please confirm once more."), status=409)


def _booked_before(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the booking that this very form made: a double click, the back button."""
    submission = Submission.unchecked(request.POST)
    booking = Booking.objects.filter(idempotency_key=submission.key).first()
    return _to_booking(booking, "already") if booking else None


def _confirm(
    request: HttpRequest, choice: DateChoice, submission: Submission, questions: Questionnaire
) -> HttpResponse:
    """Book, and lead to the private page; or show the summary again with what prevents it."""
    again = partial(show_summary, request, choice, submission, questions)
    if looks_automatic(request.POST):
        return again(notice=_("Please confirm once more."), status=422)
    if _tries_too_often(request, submission):
        notice = _("Too many registrations came from here within an hour. Nothing is lost: confirm again later.")
        return again(notice=notice, status=429)
    asked = submission.request(choice.ids, _language(), request.POST.get("shown_prices", ""))
    try:
        result = book(questions.added_to(asked))
    except NotBookable as refused:
        return _refused(request, choice, submission, refused)
    except PriceChanged:
        notice = _("The price has changed since you saw it. Here is the new one: confirm if you agree.")
        return again(notice=notice, status=409)
    except QuestionsChanged:
        return _ask_again(request, choice, submission)
    except AlreadyRegistered as refused:
        _mark_registered(choice, submission, refused)
        return show_form(request, choice, submission, status=422)
    except OneOfThem:
        choice.error = _("Choose one of the dates of each session.")
        return show_form(request, choice, submission, status=422)
    except TooBusy:
        notice = _("Many people are registering at this moment. Nothing is lost: confirm again in a minute.")
        return again(notice=notice, status=503)
    return _to_booking(result.booking, "recorded" if result.created else "already")


def _refused(request: HttpRequest, choice: DateChoice, submission: Submission, refused: NotBookable) -> HttpResponse:
    """Answer about a date that takes no registration any longer: among several, the others are kept."""
    if refused.occurrence is None:
        raise Http404 from refused
    if choice.only:
        return closed(request, one_date(refused.occurrence, _language()), status=409)
    choice.refuse(refused.occurrence.pk)
    return show_form(request, choice, submission, status=409)


def _tries_too_often(request: HttpRequest, submission: Submission) -> bool:
    contact = person_key(submission.contact.cleaned_data["email"])
    from_address = is_throttled(request, "register", TRIES_PER_ADDRESS, HOUR)
    return is_throttled(request, "register-contact", TRIES_PER_CONTACT, HOUR, who=contact) or from_address


def _mark_registered(choice: DateChoice, submission: Submission, refused: AlreadyRegistered) -> None:
    """Say at its line who is registered already."""
    keys = {person.key for person in refused.people}
    contact = submission.contact.contact()
    message = _("This person is already registered for this session: the link in the confirmation message leads to it.")
    if len(choice.ids) > 1:
        message = _(
            "This person is already registered for one of these sessions: the link in the confirmation message leads "
            "to it."
        )
    for form in submission.people.counted:
        if form.person(contact).key in keys:
            form.add_error("is_contact" if form.cleaned_data.get("is_contact") else "email", message)


def _to_booking(booking: Booking, what: str) -> HttpResponse:
    response = redirect(f"{reverse('registrations:booking', args=[booking.token])}?{what}")
    response["Referrer-Policy"] = "no-referrer"
    return response


def _language() -> str:
    return get_language() or "fr"
