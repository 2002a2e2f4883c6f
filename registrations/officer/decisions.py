"""Decisions about several people of a date at once: confirmed on a page of their own, all of them or none."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from events.models import Occurrence
from registrations.enums import TRANSITIONS, RegistrationState
from registrations.models import Registration
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.officer.people import chosen_of
from registrations.services import NoSeatLeft, NotAllowed, TooBusy, accept, cancel, reject
from registrations.services.steps import MAX_REASON


class ReasonForm(forms.Form):
    """Why the officer decides so: sent to the people concerned."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MAX_REASON,
        required=False,
        help_text=gettext_lazy("Written in the message to the people concerned, and kept in the history."),
    )


@dataclass(frozen=True)
class Decision:
    """What the officer may decide: what does it, where it leads, and its words."""

    service: Callable[..., list[Registration]]
    to_state: RegistrationState
    label: str | Promise
    is_serious: bool = True

    def suits(self, row: Registration) -> bool:
        """Tell whether a registration may be decided about so."""
        return self.to_state in TRANSITIONS[RegistrationState(row.state)]


DECISIONS = {
    "accept": Decision(accept, RegistrationState.CONFIRMED, gettext_lazy("Give a place"), is_serious=False),
    "reject": Decision(reject, RegistrationState.REJECTED, gettext_lazy("Do not accept the request")),
    "cancel": Decision(cancel, RegistrationState.CANCELLED, gettext_lazy("Cancel the registration")),
}


@requires(VIEW, CHANGE)
@require_POST
def decide(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Show whom a decision concerns and ask for the reason; with `confirm`, carry it out."""
    if word not in DECISIONS:
        raise Http404
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    decision = DECISIONS[word]
    back = redirect("registrations_admin:occurrence", pk)
    rows = chosen_of(shown, request.POST.getlist("ids"))
    if rows is None:
        messages.warning(request, _("Tick the people concerned first."))
        return back
    unsuited = [row for row in rows if not decision.suits(row)]
    form = ReasonForm(request.POST if "confirm" in request.POST else None)
    if "confirm" in request.POST and not unsuited and form.is_valid():
        _carry_out(request, decision, rows, form.cleaned_data["reason"])
        return back
    context = {
        "occurrence": shown,
        "rows": rows,
        "unsuited": unsuited,
        "form": form,
        "decision": decision,
        "header_title": str(decision.label),
    }
    return render(request, "admin/registrations/decide.html", context)


def _carry_out(request: HttpRequest, decision: Decision, rows: list[Registration], reason: str) -> None:
    """Decide about all of them or none, and say what was done."""
    try:
        changed = decision.service(rows, actor="officer", user=request.user, reason=reason)
    except NoSeatLeft:
        messages.error(request, _("There are not enough free places: raise the number of places, or cancel somebody."))
    except NotAllowed:
        messages.warning(request, _("This registration has changed meanwhile: nothing was done."))
    except TooBusy:
        messages.error(request, _("The site is very busy: nothing was done. Try again in a minute."))
    else:
        words = ngettext(
            "Done for %(count)d person. The messages are in the outbox.",
            "Done for %(count)d people. The messages are in the outbox.",
            len(changed),
        )
        messages.success(request, words % {"count": len(changed)})
