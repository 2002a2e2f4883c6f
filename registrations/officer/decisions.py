"""Decisions about several people of a date at once: confirmed on a page of their own, all of them or none."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_POST

from events.models import Occurrence
from registrations.enums import SEATED, TRANSITIONS, RegistrationState
from registrations.models import Registration
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.officer.people import chosen_of
from registrations.services import NoSeatLeft, NotAllowed, TooBusy, accept, cancel, reject
from registrations.services.deciding import fit
from registrations.services.steps import MAX_REASON

NO_PLACES = gettext_lazy("There are not enough free places: raise the number of places, or cancel somebody.")


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
    """What the officer may decide: what does it, where it leads, and its words.

    `counted` is the button that confirms it, which says for how many; `refusal` says whom it is not for.
    """

    service: Callable[..., list[Registration]]
    to_state: RegistrationState
    label: str | Promise
    counted: str | Promise
    refusal: str | Promise
    is_serious: bool = True

    def button(self, count: int) -> str:
        """Return what the button that confirms it says."""
        return self.counted % {"count": count}

    def suits(self, row: Registration) -> bool:
        """Tell whether a registration may be decided about so."""
        return self.to_state in TRANSITIONS[RegistrationState(row.state)]


DECISIONS = {
    "accept": Decision(
        accept,
        RegistrationState.CONFIRMED,
        gettext_lazy("Give a place"),
        ngettext_lazy("Give a place to %(count)d person", "Give a place to %(count)d people", "count"),
        gettext_lazy("A place is given to who waits for one or asked for one. It cannot be given to:"),
        is_serious=False,
    ),
    "reject": Decision(
        reject,
        RegistrationState.REJECTED,
        gettext_lazy("Do not accept the request"),
        ngettext_lazy("Do not accept %(count)d request", "Do not accept %(count)d requests", "count"),
        gettext_lazy("Only requests that wait for an answer are refused; who has a place or waits is cancelled. Not:"),
    ),
    "cancel": Decision(
        cancel,
        RegistrationState.CANCELLED,
        gettext_lazy("Cancel the registration"),
        ngettext_lazy("Cancel %(count)d registration", "Cancel %(count)d registrations", "count"),
        gettext_lazy("These registrations are over already: there is nothing to cancel for:"),
    ),
}


@requires(VIEW, CHANGE)
@require_POST
def decide(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Show whom a decision concerns and ask for the reason; with `confirm`, carry it out."""
    if word not in DECISIONS:
        raise Http404
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    decision = DECISIONS[word]
    back = reverse("registrations_admin:occurrence", args=[pk])
    rows = chosen_of(shown, request.POST.getlist("ids"))
    if rows is None:
        messages.warning(request, _("Tick the people concerned first."))
        return redirect(back)
    places_lack = decision.to_state in SEATED and all(map(decision.suits, rows)) and not fit(shown, rows)
    return confirmed(request, decision, rows, back=back, about=shown, lacks=NO_PLACES if places_lack else "")


def confirmed(
    request: HttpRequest, decision: Decision, rows: list[Registration], *, back: str, about: object, **shown: object
) -> HttpResponse:
    """Carry a decision out once it is confirmed and suits everybody, and go `back`; else ask, showing whom it suits.

    `about` says in the heading what the registrations are of; `shown` is more for the page.
    """
    unsuited = [row for row in rows if not decision.suits(row)]
    form = ReasonForm(request.POST if "confirm" in request.POST else None)
    if form.is_bound and form.is_valid() and not unsuited:
        carry_out(request, decision, rows, form.cleaned_data["reason"])
        return redirect(back)
    context = {
        "about": about,
        "rows": rows,
        "unsuited": unsuited,
        "suited": [row for row in rows if row not in unsuited],
        "form": form,
        "decision": decision,
        "button": decision.button(len(rows)),
        "back": back,
        "header_title": str(decision.label),
        **shown,
    }
    return render(request, "admin/registrations/decide.html", context)


def carry_out(request: HttpRequest, decision: Decision, rows: list[Registration], reason: str) -> None:
    """Decide about all of some registrations or none, and say what was done."""
    try:
        changed = decision.service(rows, actor="officer", user=request.user, reason=reason)
    except NoSeatLeft:
        # Now: messages are stored once the language of the admin is left.
        messages.error(request, str(NO_PLACES))
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


def decisions_for(rows: list[Registration]) -> list[tuple[str, str | Promise]]:
    """Return (word in the address, label) of what may be decided about one of some registrations at least."""
    return [(word, decision.label) for word, decision in DECISIONS.items() if any(decision.suits(row) for row in rows)]
