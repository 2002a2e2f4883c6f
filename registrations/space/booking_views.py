"""The private page of a booking: whoever holds its link sees it, saves its dates, cancels. Nobody else learns of it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from events.amounts import total
from events.calendar import calendar_of
from events.documents import private_file, reserved_documents
from registrations.messages.descriptions import by_date, counted, total_of_active, waits_for_a_part, with_documents
from registrations.models import Registration
from registrations.services import TooBusy, cancel, has_domain, memberships_to_prove
from registrations.space.access import Access, of_booking, with_form
from registrations.space.answer_views import answers_shown
from registrations.space.billing_views import invoice_shown
from registrations.space.forms import CodeForm
from registrations.space.notices import IN_ADDRESSES, notice_named


def show_booking(
    request: HttpRequest, access: Access, *, notice: str = "", code_form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Answer the page of a booking, with what is to be told at its top, or a code that was typed and is not right."""
    rows = access.registrations()
    dates = with_documents(by_date(rows, get_language() or "fr"))
    proof = _proof(access, rows, code_form)
    active = [row for row in rows if row.is_active]
    context = {
        "access": access,
        "booking": access.booking,
        "dates": dates,
        "total": total_of_active(dates),
        "active": active,
        "waits_for_a_part": waits_for_a_part(dates),
        "states": {row.state for row in rows},
        "cancellable": [row for row in rows if row.may_be_cancelled],
        "has_calendar": any(date.has_seat and date.occurrence.day for date in dates),
        "notice": notice,
        "told": notice_named(notice, access),
        "proof": proof,
        "answers": answers_shown(rows, dates),
        "invoice": invoice_shown(access),
    }
    response = render(request, "registrations/booking.html", context, status=status)
    return with_form(response) if proof else response


def _proof(access: Access, rows: list[Registration], code_form: forms.Form | None) -> dict[str, Any] | None:
    """Return how the membership that prices depend on may be proven; None where none does, or who asks cannot."""
    unproven = [row for row in rows if row.is_active and not row.price.is_known]
    if not unproven or not access.manages:
        return None
    has_code = any(row.code for row in memberships_to_prove(access.booking))
    return {
        "price": total(row.price for row in counted(unproven)),
        "has_link": has_domain(access.booking.organisation, access.booking.email),
        "code_form": (code_form or CodeForm()) if has_code else None,
    }


@require_safe
@of_booking
def booking(request: HttpRequest, access: Access) -> HttpResponse:
    """Show a booking, date by date."""
    return show_booking(request, access, notice=next((name for name in IN_ADDRESSES if name in request.GET), ""))


@require_safe
@of_booking
def calendar(request: HttpRequest, access: Access) -> HttpResponse:
    """Answer the calendar file of the dates where somebody of the booking holds a seat."""
    dates = by_date(access.registrations(), access.booking.language)
    seated = [date.occurrence for date in dates if date.has_seat and date.occurrence.day]
    body = calendar_of(seated, get_language() or "fr", with_video_link=True)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    return response


@require_safe
@of_booking
def participant_document(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Serve a file (`pk` of the document) to the holder of a booking with a seat on a date of a page that keeps it.

    403 with an explanation when the booking has no seat there (any longer, or not yet); 404 for any other file.
    """
    dates = by_date(access.registrations(), get_language() or "fr")
    kept = reserved_documents(date.page.translation_key for date in dates)
    carrying = [date for date in dates if pk in {row.document_id for row in kept.get(date.page.translation_key, [])}]
    if not carrying:
        raise Http404
    if not any(date.has_seat for date in carrying):
        context = {"access": access, "date": carrying[0]}
        return render(request, "registrations/document_refused.html", context, status=403)
    rows = kept[carrying[0].page.translation_key]
    return private_file(next(row.document for row in rows if row.document_id == pk))


@require_http_methods(["GET", "HEAD", "POST"])
@of_booking
def cancel_all(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask whether to cancel everything that still may be; do it on POST."""
    return _cancel(request, access, access.registrations())


@require_http_methods(["GET", "HEAD", "POST"])
@of_booking
def cancel_one(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Ask whether to cancel one registration of this booking; do it on POST. 404 for one of another booking."""
    rows = [row for row in access.registrations() if row.pk == pk]
    if not rows:
        raise Http404
    return _cancel(request, access, rows)


def _cancel(request: HttpRequest, access: Access, rows: list[Registration]) -> HttpResponse:
    """Answer the question, or cancel. A link that is merely opened, by a mail filter say, cancels nothing."""
    back = reverse("registrations:booking", args=[access.key])
    cancellable = [row for row in rows if row.may_be_cancelled]
    if not cancellable:
        return redirect(back)
    status, is_busy = 200, False
    if request.method == "POST":
        try:
            cancel(cancellable, actor=access.actor)
        except TooBusy:
            status, is_busy = 503, True
        else:
            return redirect(f"{back}?cancelled")
    dates = by_date(cancellable, get_language() or "fr")
    context = {
        "access": access,
        "dates": dates,
        "count": len(cancellable),
        "is_leaving": all(row.state == "waitlisted" for row in cancellable),
        "is_busy": is_busy,
    }
    return with_form(render(request, "registrations/cancel.html", context, status=status))
