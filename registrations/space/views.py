"""The private space: asking for the link, opening the space by it, what it shows, closing it. No password."""

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.throttling import is_throttled
from registrations.models import CalendarFeed, OpenSpace
from registrations.people import person_key
from registrations.space import spaces
from registrations.space.access import COOKIE, SALT, of_space, opened_space, private, with_form
from registrations.space.contents import contents_of
from registrations.space.forms import AskForm

HOUR = 3600
TRIES_PER_ADDRESS = 20
TRIES_PER_EMAIL = 5
OPENINGS_PER_ADDRESS = 60


@private
@require_http_methods(["GET", "HEAD", "POST"])
def space(request: HttpRequest) -> HttpResponse:
    """Show the space that this browser has opened; else ask for an e-mail, and answer the same whatever it is.

    Errors answer 422, too many tries 429.
    """
    opened = opened_space(request)
    if opened is not None and request.method != "POST":
        return with_form(_show(request, opened))
    form = AskForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and not _tries_too_often(request, form):
            spaces.ask_for_link(form.cleaned_data["email"], get_language() or "fr")
            return redirect(f"{reverse('registrations:space')}?sent")
        status = 429 if form.has_error(NON_FIELD_ERRORS, "throttled") else 422
    context = {"form": form, "is_sent": "sent" in request.GET, "is_closed": "closed" in request.GET}
    return with_form(render(request, "registrations/space_ask.html", context, status=status))


def _show(request: HttpRequest, opened: OpenSpace) -> HttpResponse:
    feed = CalendarFeed.objects.filter(person_key=opened.person_key).first()
    context = {
        "space": opened,
        "contents": contents_of(opened.person_key, get_language() or "fr"),
        "feed": feed,
    }
    return render(request, "registrations/space.html", context)


def _tries_too_often(request: HttpRequest, form: AskForm) -> bool:
    who = person_key(form.cleaned_data["email"])
    is_too_often = is_throttled(request, "space", TRIES_PER_ADDRESS, HOUR)
    is_too_often = is_throttled(request, "space-email", TRIES_PER_EMAIL, HOUR, who=who) or is_too_often
    if is_too_often:
        message = _("Too many requests came from here. Please try again in an hour.")
        form.add_error(None, ValidationError(message, code="throttled"))
    return is_too_often


@private
@require_http_methods(["GET", "HEAD", "POST"])
def open_space(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask whoever opens the link of a message to press the button; open the space on POST.

    Mail filters open links: that uses nothing up. A link that was used, has ended or never was answers 404.
    """
    if request.method == "POST":
        if is_throttled(request, "open-space", OPENINGS_PER_ADDRESS, HOUR):
            return _lost(request, 429)
        opened = spaces.open_space(secret)
        return _with_cookie(redirect("registrations:space"), opened) if opened else _lost(request)
    if spaces.usable_link(secret) is None:
        return _lost(request)
    return with_form(render(request, "registrations/space_open.html"))


def _lost(request: HttpRequest, status: int = 404) -> HttpResponse:
    return render(request, "registrations/space_lost.html", status=status)


def _with_cookie(response: HttpResponse, secret: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        secret,
        salt=SALT,
        max_age=spaces.SPACE_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
@of_space
def close(request: HttpRequest, opened: OpenSpace) -> HttpResponse:
    """Close the space of this browser."""
    spaces.close_space(opened)
    return _closed()


@require_POST
@of_space
def close_all(request: HttpRequest, opened: OpenSpace) -> HttpResponse:
    """Close the spaces of the person in every browser, and end the links on their way."""
    spaces.close_all_spaces(opened.person_key)
    return _closed()


def _closed() -> HttpResponse:
    response = redirect(f"{reverse('registrations:space')}?closed")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
