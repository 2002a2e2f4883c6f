"""Answering a session's questions for a participant: the form and the service of the private page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.officer.access import CHANGE, VIEW, requires
from registrations.officer.bookings.screen import booking_of, is_changed_by_team, registrations_of
from registrations.services import TooBusy, save_answers
from registrations.space.answer_views import forms_for, given_in


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_for(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Show and take what a participant is asked, until their last date of a page is over."""
    booking = booking_of(pk)
    rows = list(registrations_of(booking).filter(participant=person))
    if not rows:
        raise Http404
    open_rows = [row for row in rows if is_changed_by_team(row)]
    forms = forms_for(open_rows, request.POST if request.method == "POST" else None)
    back = redirect("registrations_admin:booking", pk)
    if not forms:
        messages.info(request, _("Nothing is asked of this person any longer."))
        return back
    participant = rows[0].participant
    if request.method == "POST" and not [form for form in forms if not form.is_valid()]:
        try:
            save_answers(participant, *given_in(forms), user=request.user)
        except TooBusy:
            messages.error(request, _("The site is very busy: nothing was done. Try again in a minute."))
        else:
            messages.success(request, _("The answers are recorded."))
            return back
    context = {
        "booking": booking,
        "forms": forms,
        "header_title": _("Questions to %(name)s") % {"name": participant.name},
    }
    return render(request, "admin/registrations/booking_answers.html", context)
