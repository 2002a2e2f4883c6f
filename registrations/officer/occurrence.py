"""The screen of one date: who comes, who waits, what was written to them, what became of each and why."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from events.enums import OccurrenceStatus
from events.models import Occurrence
from outbox.bounces import bounced
from registrations.lists.exports import columns_with, registrations_csv, registrations_xlsx
from registrations.lists.taken import EXPORTED, lists_taken
from registrations.needs import needs_of
from registrations.officer.access import (
    CHANGE,
    CHANGE_DATE,
    CHANGE_LIVE_DATE,
    CHANGE_QUESTIONS,
    EXPORT,
    READ_MESSAGES,
    VIEW,
    VIEW_NEEDS,
    requires,
)
from registrations.officer.decisions import decisions_for
from registrations.officer.moving import may_be_moved
from registrations.officer.numbers import numbers_of
from registrations.officer.people import in_order, people_of
from registrations.officer.telephone import TAKEN_BY_OFFICER
from registrations.officer.told import messages_of_date, steps_of_date
from registrations.officer.writing import writings_for
from registrations.questions import tables_of


@requires(VIEW)
@require_safe
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything about the registrations of a date."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    user, groups = request.user, people_of(shown)
    active = [row for group in groups for row, _rank in group.rows if not group.is_over]
    tables = tables_of(shown.page_id, (row.participant_id for row in active))
    context = {
        "occurrence": shown,
        "row": numbers_of([shown])[0],
        "groups": groups,
        "refused": bounced(row.participant.email for group in groups for row, _rank in group.rows),
        "decisions": decisions_for(active),
        "may_move": user.has_perm(CHANGE) and may_be_moved(shown, active),
        "messages_written": messages_of_date(shown) if user.has_perm(READ_MESSAGES) else None,
        "history": steps_of_date(shown),
        "tables": tables,
        "answered": [(row, [table.text_of(row.participant_id) for table in tables]) for row in active],
        "may_ask": user.has_perm(CHANGE_QUESTIONS),
        "lists_taken": lists_taken(shown),
        "needs": needs_of(shown) if user.has_perm(VIEW_NEEDS) else None,
        "may_change": user.has_perm(CHANGE),
        "may_export": user.has_perm(EXPORT),
        "may_register": user.has_perm(CHANGE) and shown.page.live and shown.state in TAKEN_BY_OFFICER,
        "writings": writings_for(shown) if user.has_perm(CHANGE) else [],
        "may_call_off": user.has_perms([CHANGE, CHANGE_DATE, CHANGE_LIVE_DATE]) and _is_to_come(shown),
        "edit_url": _edit_url(request, shown),
        "header_title": shown.page.title,
    }
    return render(request, "admin/registrations/occurrence.html", context)


def _is_to_come(shown: Occurrence) -> bool:
    return not shown.is_past and shown.status != OccurrenceStatus.CANCELLED


def _edit_url(request: HttpRequest, shown: Occurrence) -> str:
    may_edit = request.user.has_perm(CHANGE_DATE) and (not shown.page.live or request.user.has_perm(CHANGE_LIVE_DATE))
    name = "wagtailsnippets_events_occurrence:edit"
    return f"{reverse(name, args=[shown.pk])}?next={request.path}" if may_edit else ""


FILES = {
    "csv": (registrations_csv, "text/csv; charset=utf-8"),
    "xlsx": (registrations_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@requires(VIEW, EXPORT)
@require_safe
def export(request: HttpRequest, pk: int, form: str = "csv") -> HttpResponse:
    """Answer the list of a date as a file. Who exported it, when, and how many rows is logged: no name, no address."""
    if form not in FILES:
        raise Http404
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    rows = in_order(shown)
    write, content_type = FILES[form]
    tables = tables_of(shown.page_id, (row.participant_id for row, _rank in rows))
    body = write([row for row, _rank in rows], {row.pk: rank for row, rank in rows if rank}, columns_with(tables))
    response = HttpResponse(body, content_type=content_type)
    name = f"{_('registrations')}-{shown.day or pk}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    log(instance=shown, action=EXPORTED, user=request.user, data={"rows": len(rows)})
    return response
