"""Registrations in the admin: the dates with their numbers, the list of one date, its export, one decision."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from events.models import Occurrence
from registrations.enums import TRANSITIONS, RegistrationState
from registrations.exports import registrations_csv
from registrations.models import Registration
from registrations.services import NoSeatLeft, NotAllowed, TooBusy, accept, cancel, reject
from registrations.services.steps import MAX_REASON

VIEW = "registrations.view_registration"
CHANGE = "registrations.change_registration"
EXPORT = "registrations.export_registration"
PAGE_SIZE = 50

View = Callable[..., HttpResponse]


def requires(*permissions: str) -> Callable[[View], View]:
    """Return a decorator that answers 403 to whoever lacks one of the permissions; nothing shown is cached."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return check

    return decorate


@requires(VIEW)
@require_safe
def occurrences(request: HttpRequest) -> HttpResponse:
    """List the dates ahead (or, with `?past`, those gone by) with the number of registrations in each state."""
    is_past = "past" in request.GET
    rows = Occurrence.objects.past() if is_past else Occurrence.objects.upcoming()
    page = Paginator(rows.with_details(), PAGE_SIZE).get_page(request.GET.get("p"))
    counts = Registration.objects.counts_by_state([row.pk for row in page])
    context = {
        "page_of_rows": page,
        "rows": [(row, counts.get(row.pk, {})) for row in page],
        "is_past": is_past,
        "header_title": _("Registrations"),
    }
    return render(request, "admin/registrations/occurrences.html", context)


def _of_occurrence(occurrence: Occurrence) -> list[Registration]:
    """Return the registrations of a date: seats, then the waiting list in its order, then the rest."""
    order = list(RegistrationState).index
    first = {RegistrationState.CONFIRMED: -2, RegistrationState.WAITLISTED: -1}
    rows = list(Registration.objects.filter(occurrence=occurrence).with_people())
    positions = Registration.objects.positions([occurrence.pk])
    return sorted(
        rows,
        key=lambda row: (
            first.get(RegistrationState(row.state), order(RegistrationState(row.state))),
            positions.get(row.pk, 0),
            row.participant.last_name.casefold(),
            row.pk,
        ),
    )


@requires(VIEW)
@require_safe
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """List the registrations of a date."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    positions = Registration.objects.positions([pk])
    rows = _of_occurrence(shown)
    context = {
        "occurrence": shown,
        "rows": [(row, positions.get(row.pk), _decisions(row)) for row in rows],
        "counts": Registration.objects.counts_by_state([pk]).get(pk, {}),
        "is_over": shown.capacity is not None and shown.taken > shown.capacity,
        "may_change": request.user.has_perm(CHANGE),
        "may_export": request.user.has_perm(EXPORT),
        "header_title": str(shown),
    }
    return render(request, "admin/registrations/occurrence.html", context)


@requires(VIEW, EXPORT)
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the list of a date as CSV. Who exported it, when, and how many rows is logged: no name, no address."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    rows = _of_occurrence(shown)
    response = HttpResponse(
        registrations_csv(rows, Registration.objects.positions([pk])), content_type="text/csv; charset=utf-8"
    )
    name = f"{_('registrations')}-{shown.day or pk}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    log(instance=shown, action="registrations.export", user=request.user, data={"rows": len(rows)})
    return response


class ReasonForm(forms.Form):
    """Why the officer decides so: sent to the people concerned."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MAX_REASON,
        required=False,
        help_text=gettext_lazy("Written in the message to the people concerned, and kept in the history."),
    )


# By the word in the address: what it does, where it leads, and how it is called.
DECISIONS = {
    "cancel": (cancel, RegistrationState.CANCELLED, gettext_lazy("Cancel the registration")),
    "accept": (accept, RegistrationState.CONFIRMED, gettext_lazy("Give a place")),
    "reject": (reject, RegistrationState.REJECTED, gettext_lazy("Do not accept the request")),
}


def _decisions(row: Registration) -> list[tuple[str, str]]:
    """Return (address, label) of what may be decided about a registration."""
    return [
        (reverse("registrations_admin:decide", args=[row.pk, word]), str(label))
        for word, (_service, to_state, label) in DECISIONS.items()
        if to_state in TRANSITIONS[RegistrationState(row.state)]
    ]


@requires(VIEW, CHANGE)
def decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Ask for a reason, then cancel, accept or reject one registration (POST)."""
    if decision not in DECISIONS:
        raise Http404
    row = get_object_or_404(Registration.objects.with_people(), pk=pk)
    back = redirect("registrations_admin:occurrence", row.occurrence_id)
    service, to_state, label = DECISIONS[decision]
    if to_state not in TRANSITIONS[RegistrationState(row.state)]:
        messages.warning(request, _("This registration has changed meanwhile: nothing was done."))
        return back
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            service([row], actor="officer", user=request.user, reason=form.cleaned_data["reason"])
        except NoSeatLeft:
            messages.error(request, _("No place is free on this date: raise its capacity, or cancel somebody first."))
        except NotAllowed:
            messages.warning(request, _("This registration has changed meanwhile: nothing was done."))
        except TooBusy:
            messages.error(request, _("The site is very busy: nothing was done. Try again in a minute."))
        else:
            messages.success(request, _("Done. The message is in the outbox."))
        return back
    context = {"row": row, "form": form, "label": label, "decision": decision, "header_title": str(label)}
    return render(request, "admin/registrations/decide.html", context)
