"""The private page of a booking: whoever holds its link sees it, saves its dates, cancels. Nobody else learns of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from events.calendar import calendar_of
from events.documents import private_file, reserved_documents
from registrations.descriptions import by_date, total_of_active, with_documents
from registrations.models import Booking, Registration
from registrations.services import TooBusy, cancel

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Keep an answer out of caches and search engines, and its address out of the requests that it leads to."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    return answer


def _registrations(booking: Booking) -> list[Registration]:
    rows = Registration.objects.filter(participant__booking=booking).with_people()
    return list(rows.order_by("occurrence__day", "occurrence_id", "pk"))


@private
@require_safe
def booking(request: HttpRequest, token: str) -> HttpResponse:
    """Show a booking, date by date, to the holder of its link."""
    found = get_object_or_404(Booking, token=token)
    rows = _registrations(found)
    dates = with_documents(by_date(rows, get_language() or "fr"))
    context = {
        "booking": found,
        "dates": dates,
        "total": total_of_active(dates),
        "active": [row for row in rows if row.is_active],
        "states": {row.state for row in rows},
        "cancellable": [row for row in rows if row.may_be_cancelled],
        "has_calendar": any(date.has_seat and date.occurrence.day for date in dates),
        "notice": next((name for name in ("recorded", "already", "cancelled") if name in request.GET), ""),
    }
    return render(request, "registrations/booking.html", context)


@private
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the calendar file of the dates where somebody of the booking holds a seat."""
    found = get_object_or_404(Booking, token=token)
    dates = [date for date in by_date(_registrations(found), found.language) if date.has_seat and date.occurrence.day]
    body = calendar_of([date.occurrence for date in dates], get_language() or "fr", with_video_link=True)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    return response


@private
@require_safe
def participant_document(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Serve a file (`pk` of the document) to the holder of a booking with a seat on a date of a page that keeps it.

    403 with an explanation when the booking has no seat there (any longer, or not yet); 404 for any other file.
    """
    found = get_object_or_404(Booking, token=token)
    dates = by_date(_registrations(found), get_language() or "fr")
    kept = reserved_documents(date.page.translation_key for date in dates)
    carrying = [date for date in dates if pk in {row.document_id for row in kept.get(date.page.translation_key, [])}]
    if not carrying:
        raise Http404
    if not any(date.has_seat for date in carrying):
        context = {"booking": found, "date": carrying[0]}
        return render(request, "registrations/document_refused.html", context, status=403)
    rows = kept[carrying[0].page.translation_key]
    return private_file(next(row.document for row in rows if row.document_id == pk))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_all(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to cancel everything that still may be; do it on POST."""
    found = get_object_or_404(Booking, token=token)
    return _cancel(request, found, _registrations(found))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_one(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Ask whether to cancel one registration of this booking; do it on POST. 404 for one of another booking."""
    found = get_object_or_404(Booking, token=token)
    rows = [row for row in _registrations(found) if row.pk == pk]
    if not rows:
        raise Http404
    return _cancel(request, found, rows)


def _cancel(request: HttpRequest, found: Booking, rows: list[Registration]) -> HttpResponse:
    """Answer the question, or cancel. A link that is merely opened, by a mail filter say, cancels nothing."""
    back = reverse("registrations:booking", args=[found.token])
    cancellable = [row for row in rows if row.may_be_cancelled]
    if not cancellable:
        return redirect(back)
    status, is_busy = 200, False
    if request.method == "POST":
        try:
            cancel(cancellable, actor="contact")
        except TooBusy:
            status, is_busy = 503, True
        else:
            return redirect(f"{back}?cancelled")
    dates = by_date(cancellable, get_language() or "fr")
    context = {"booking": found, "dates": dates, "count": len(cancellable), "is_busy": is_busy}
    response = render(request, "registrations/cancel.html", context, status=status)
    # Browsers hide the origin of a form under «no-referrer», and Django then refuses it; to ourselves they may tell.
    response["Referrer-Policy"] = "same-origin"
    return response
