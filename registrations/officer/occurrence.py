"""The screen of one date: who comes, who waits, what was written to them, what became of each and why."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from events.enums import OccurrenceStatus
from events.models import Occurrence
from outbox.bounces import bounced
from outbox.models import Message
from registrations.lists.exports import columns_with, registrations_csv, registrations_xlsx
from registrations.lists.taken import EXPORTED, lists_taken
from registrations.models import Booking, Transition
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
from registrations.officer.decisions import DECISIONS
from registrations.officer.numbers import numbers_of
from registrations.officer.people import in_order, people_of
from registrations.officer.telephone import TAKEN_BY_OFFICER
from registrations.officer.writing import writings_for
from registrations.questions import tables_of

# More than a date ever has; what is older stays in the list of messages.
MOST_ROWS = 500
# Who acts without an account.
ACTORS = {
    "contact": gettext_lazy("the contact"),
    "participant": gettext_lazy("the participant"),
    "referent": gettext_lazy("the referent of the organisation"),
    "clock": gettext_lazy("the site, when the time came"),
    "officer": gettext_lazy("the team"),
}


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
        "decisions": [(word, decision.label) for word, decision in DECISIONS.items()],
        "messages_written": messages_of(shown) if user.has_perm(READ_MESSAGES) else None,
        "history": history_of(shown),
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


def messages_of(shown: Occurrence) -> QuerySet:
    """Return the messages about the bookings of a date, the latest first: each may tell of their other dates too."""
    bookings = Booking.objects.filter(participants__registrations__occurrence=shown)
    kind = ContentType.objects.get_for_model(Booking)
    about = Message.objects.filter(about_type=kind, about_id__in=bookings.values("pk"))
    return about.only("kind", "recipient", "state", "subject", "created_at", "sent_at", "last_error")[:MOST_ROWS]


def history_of(shown: Occurrence) -> list[tuple[Transition, str]]:
    """Return what became of the registrations of a date, the latest first, each with who did it, in words."""
    steps = Transition.objects.filter(registration__occurrence=shown).order_by("-at", "-pk")
    steps = steps.select_related("registration__participant", "user")[:MOST_ROWS]
    return [(step, step.user.get_full_name() or step.user.username if step.user else _actor(step)) for step in steps]


def _actor(step: Transition) -> str:
    return str(ACTORS.get(step.actor, step.actor))


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
