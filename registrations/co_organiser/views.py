"""The screens of a co-organiser. They only show: whose dates they are is asked anew at each request."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.models import Occurrence
from portal.throttling import is_throttled
from registrations.co_organiser import exporting
from registrations.co_organiser.access import OWN, own_dates
from registrations.co_organiser.people import shown_people
from registrations.models import CoOrganiserExport
from registrations.officer.access import requires
from registrations.officer.numbers import numbers_of
from registrations.officer.occurrence import FILES

HOUR = 3600
LISTS_PER_USER = 20
DOWNLOADS_PER_USER = 60


@requires(OWN)
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Show the dates of the pages that the user co-organises, those ahead first."""
    rows = numbers_of(own_dates(request.user).with_details().in_order())
    context = {
        "ahead": [row for row in rows if not row.occurrence.is_past],
        "past": [row for row in rows if row.occurrence.is_past],
        "header_title": _("My sessions"),
    }
    return render(request, "admin/registrations/own_sessions.html", context)


@requires(OWN)
@require_safe
def date(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who comes to a date of theirs; 404 for any other."""
    return _show(request, _own(request, pk))


def _own(request: HttpRequest, pk: int) -> Occurrence:
    return get_object_or_404(own_dates(request.user).with_details(), pk=pk)


def _show(request: HttpRequest, shown: Occurrence, notice: str = "", status: int = 200) -> HttpResponse:
    context = {
        "occurrence": shown,
        "row": numbers_of([shown])[0],
        "groups": shown_people(shown),
        "notice": notice,
        "header_title": shown.page.title,
    }
    return render(request, "admin/registrations/own_date.html", context, status=status)


@requires(OWN)
@require_POST
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the list of a date of theirs, and lead to where it is handed out. Too many an hour answer 429."""
    shown = _own(request, pk)
    if is_throttled(request, "own-list", LISTS_PER_USER, HOUR, who=f"user {request.user.pk}"):
        return _show(request, shown, _too_often(), 429)
    return redirect("own_sessions:list", exporting.prepare(shown, request.user))


@requires(OWN)
@require_safe
def prepared_list(request: HttpRequest, secret: str) -> HttpResponse:
    """Say how long a list is handed out, and in which forms. 404 for that of somebody else, 410 once it ended."""
    return _show_list(request, _export(request, secret), secret)


@requires(OWN)
@require_safe
def download(request: HttpRequest, secret: str, form: str) -> HttpResponse:
    """Hand a list out as a file. Answers as `prepared_list`, and 429 where it is asked for too often."""
    export = _export(request, secret)
    if form not in FILES:
        raise Http404
    if export.is_over:
        return _show_list(request, export, secret)
    if is_throttled(request, "own-download", DOWNLOADS_PER_USER, HOUR, who=f"user {request.user.pk}"):
        return _show_list(request, export, secret, _too_often(), 429)
    response = HttpResponse(exporting.written(export, form), content_type=FILES[form][1])
    name = f"{_('registrations')}-{export.occurrence.day or export.occurrence_id}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _export(request: HttpRequest, secret: str) -> CoOrganiserExport:
    export = exporting.export_of(secret, request.user)
    if export is None:
        raise Http404
    return export


def _show_list(
    request: HttpRequest, export: CoOrganiserExport, secret: str, notice: str = "", status: int = 200
) -> HttpResponse:
    context = {"export": export, "secret": secret, "forms": list(FILES), "notice": notice}
    context["header_title"] = _("The list to download")
    return render(request, "admin/registrations/own_list.html", context, status=410 if export.is_over else status)


def _too_often() -> str:
    return _("Too many lists were asked for within an hour. Try again later.")
