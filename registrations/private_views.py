"""The private page of a booking: whoever holds its link sees it, saves its dates, cancels. Nobody else learns of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from events.calendar import calendar_of
from events.documents import private_file, reserved_documents
from registrations.access import Access, of_booking, with_form
from registrations.descriptions import by_date, total_of_active, with_documents
from registrations.models import Registration
from registrations.services import TooBusy, cancel

# What brought somebody to the page, told at its top.
NOTICES = ("recorded", "already", "cancelled", "accepted", "declined")


@require_safe
@of_booking
def booking(request: HttpRequest, access: Access) -> HttpResponse:
    """Show a booking, date by date."""
    rows = access.registrations()
    dates = with_documents(by_date(rows, get_language() or "fr"))
    context = {
        "access": access,
        "booking": access.booking,
        "dates": dates,
        "total": total_of_active(dates),
        "active": [row for row in rows if row.is_active],
        "states": {row.state for row in rows},
        "cancellable": [row for row in rows if row.may_be_cancelled],
        "has_calendar": any(date.has_seat and date.occurrence.day for date in dates),
        "notice": next((name for name in NOTICES if name in request.GET), ""),
    }
    return render(request, "registrations/booking.html", context)


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
