"""The screens of the desk. Each asks for the permissions of the rows that it shows or changes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from portal.admin_access import requires
from portal.csv_files import csv_file
from search.analysis import clean
from search.desk import asked, remedies
from search.desk.documents import may_change_documents, unread_documents
from search.desk.enums import Decision
from search.desk.models import FailedQuery
from search.desk.trying import tried
from search.enums import TermDirection
from search.models import Term

VIEW = "search.view_askedquery"
LONGEST = 100
QUERIES_A_PAGE, DOCUMENTS_A_PAGE = 10, 30
# The tabs of the desk: what waits, then by decision.
WAITING = "waiting"


def chosen_language(data: Mapping[str, str]) -> str:
    """Return the language asked for, or the first one."""
    codes = [code for code, _name in settings.LANGUAGES]
    return data.get("language") if data.get("language") in codes else codes[0]  # type: ignore[return-value]


def chosen_month(request: HttpRequest, months: list[date]) -> date | None:
    """Return the month asked for among those known, or the latest."""
    wanted = request.GET.get("month", "")
    return next((month for month in months if f"{month:%Y-%m}" == wanted), months[0] if months else None)


@requires(VIEW)
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """Show what was asked most in a month."""
    months, language = asked.months_known(), chosen_language(request.GET)
    month = chosen_month(request, months)
    context = {
        "header_title": _("Searches of the month"),
        "languages": settings.LANGUAGES,
        "language": language,
        "months": months,
        "month": month,
        "month_code": f"{month:%Y-%m}" if month else "",
        "total": asked.total_of(month, language) if month else None,
        "rows": asked.asked_in(month, language) if month else [],
    }
    return render(request, "admin/search/searches.html", context)


@requires(VIEW)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Answer the same as a file."""
    language = chosen_language(request.GET)
    month = chosen_month(request, asked.months_known())
    if month is None:
        raise Http404
    header = (pgettext("something asked", "Search"), _("Other forms"), _("Times asked"), _("Times narrowed"))
    lines: list[tuple] = [(*header, _("Without result"), _("With some of the words only"), _("Results last time"))]
    for row in asked.asked_in(month, language, asked.MOST_EXPORTED):
        others = " | ".join(row.forms[1:])
        lines.append((row.shown, others, row.count, row.narrowed, row.failed, row.partial, row.found))
    response = HttpResponse(csv_file(lines), content_type="text/csv; charset=utf-8")
    name = f"{_('searches')}-{language}-{month:%Y-%m}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@requires(VIEW)
@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    """Show what found nothing, with what can be done; the other tabs, what was decided."""
    language = chosen_language(request.GET)
    tab = request.GET.get("tab", WAITING)
    tab = tab if tab in Decision.values else WAITING
    decided = FailedQuery.objects.filter(language=language).select_related("decided_by")
    rows = asked.failing(language) if tab == WAITING else decided.filter(decision=tab).order_by("-decided_at", "pk")
    page: Any = Paginator(rows, QUERIES_A_PAGE).get_page(request.GET.get("p"))
    shown = asked.described(page.object_list, language) if tab == WAITING else page.object_list
    found = [(row, tried(row.shown, language)) for row in shown]
    # What finds something by now has had its remedy: it stands last.
    page.object_list = sorted(found, key=lambda it: it[1].is_answered) if tab == WAITING else found
    after = clean(request.GET.get("tried", "")[:LONGEST])
    context = {
        "header_title": _("Searches without result"),
        "languages": settings.LANGUAGES,
        "language": language,
        "tab": tab,
        "tabs": [(WAITING, _("Waiting")), *((choice.value, choice.label) for choice in Decision)],
        "page_of_rows": page,
        "after": tried(after, language) if after else None,
        "terms": Term.objects.filter(active=True, direction=TermDirection.BOTH),
        "may": {word.replace("-", "_"): request.user.has_perm(permission) for word, permission in PERMISSIONS.items()},
    }
    return render(request, "admin/search/failed.html", context)


PERMISSIONS = {
    "synonym": remedies.CHANGE_TERM,
    "term": remedies.ADD_TERM,
    "promote": remedies.ADD_PROMOTION,
    "decide": remedies.DECIDE,
}


@requires(VIEW)
@require_POST
def remedy(request: HttpRequest, word: str) -> HttpResponse:
    """Do something about a search, and show at once what it finds."""
    if word not in remedies.REMEDIES:
        raise Http404
    act, permission = remedies.REMEDIES[word]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    text = clean(request.POST.get("q", "")[:LONGEST])
    data = {name: clean(request.POST.get(name, "")) for name in ("term", "note")}
    asked_for = remedies.Request(cast("AbstractBaseUser", request.user), text, chosen_language(request.POST), **data)
    if not asked_for.is_known:
        messages.error(request, _("Nobody has asked this: choose among the searches of the list."))
    else:
        try:
            messages.success(request, act(asked_for))
        except remedies.CannotRemedy as error:
            messages.error(request, str(error))
    query = {"language": asked_for.language, "tab": request.POST.get("tab", WAITING), "tried": text}
    return redirect(f"{reverse('search_desk:failed')}?{urlencode(query)}")


@requires()
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Show the documents that the search could not read, to those who may change them."""
    if not may_change_documents(request.user):
        raise PermissionDenied
    page = Paginator(unread_documents(cast("AbstractBaseUser", request.user)), DOCUMENTS_A_PAGE).get_page(
        request.GET.get("p")
    )
    context = {"header_title": _("Documents without text"), "page_of_rows": page}
    return render(request, "admin/search/documents.html", context)
