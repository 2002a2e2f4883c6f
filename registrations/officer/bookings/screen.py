"""The screen of a booking: who, for which dates, at what price, what was written, what became of it."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.enums import ChorusNeed
from outbox.bounces import bounced
from registrations.messages.descriptions import by_date, total_of_active
from registrations.models import Booking, Registration
from registrations.officer.access import CHANGE, READ_MESSAGES, VIEW, requires
from registrations.officer.told import messages_of_booking, steps_of_booking
from registrations.services import lacking_in, own_participant, waits_for_proof
from registrations.space.answer_views import answers_shown


def booking_of(pk: int) -> Booking:
    """Return a booking with what its screens show. Raises Http404."""
    rows = Booking.objects.select_related("organisation", "proof_by", "taken_by").prefetch_related("participants")
    return get_object_or_404(rows, pk=pk)


def registrations_of(booking: Booking) -> QuerySet:
    """Return the registrations of a booking, by day."""
    rows = Registration.objects.filter(participant__booking=booking).with_people()
    return rows.order_by("occurrence__day", "occurrence_id", "pk")


def is_changed_by_team(row: Registration) -> bool:
    """Tell whether the team may still change a registration: until its date is over, where visitors may no longer."""
    return row.is_ahead


@requires(VIEW)
@require_safe
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything about a booking."""
    shown, user = booking_of(pk), request.user
    rows = list(registrations_of(shown))
    dates = by_date(rows, get_language() or "fr")
    own, lacks = own_participant(shown), lacking_in(shown)
    context = {
        "booking": shown,
        "dates": dates,
        "people": list({row.participant_id: row.participant for row in rows}.values()),
        "total": total_of_active(dates),
        "has_active": any(row.is_active for row in rows),
        "waits_for_proof": waits_for_proof(shown),
        "lacks": ChorusNeed(lacks).label if lacks else "",
        "takes_part": any(row.is_active and row.participant == own for row in rows),
        "refused": bounced([shown.email, *(row.participant.email for row in rows)]),
        "answers": answers_shown(rows, dates, is_changed_by_team),
        "messages_written": messages_of_booking(shown) if user.has_perm(READ_MESSAGES) else None,
        "history": steps_of_booking(shown),
        "may_change": user.has_perm(CHANGE),
        "from_booking": True,
        "header_title": _("Booking no. %(number)s") % {"number": shown.pk},
    }
    return render(request, "admin/registrations/booking.html", context)
