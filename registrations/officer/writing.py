"""Writing to those who have a place on a date: joining instructions before it, documents after it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from events.models import Occurrence
from registrations.enums import RegistrationState
from registrations.messages.announcements import announce_documents, send_joining_instructions
from registrations.models import Registration
from registrations.officer.access import CHANGE, VIEW, requires


@dataclass(frozen=True)
class Writing:
    """What may be written: what does it, its words, and for which dates."""

    service: Callable[..., int]
    label: str | Promise
    suits: Callable[[Occurrence], bool]


WRITINGS = {
    "joining-instructions": Writing(
        send_joining_instructions,
        gettext_lazy("Send the joining instructions"),
        lambda date: date.is_ahead and date.day is not None,
    ),
    "documents": Writing(
        announce_documents, gettext_lazy("Tell that the documents are there"), lambda date: date.day is not None
    ),
}


class AgainForm(forms.Form):
    """Whether those who received it once receive it again."""

    again = forms.BooleanField(
        label=gettext_lazy("Also to those who have received it already"), required=False, initial=False
    )


def writings_for(shown: Occurrence) -> list[tuple[str, str | Promise]]:
    """Return (word in the address, label) of what may be written about a date."""
    return [(word, writing.label) for word, writing in WRITINGS.items() if writing.suits(shown)]


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Tell how many people are concerned; write to them (POST)."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    if word not in WRITINGS or not WRITINGS[word].suits(shown):
        raise Http404
    form = AgainForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        written = WRITINGS[word].service(shown, request.user, again=form.cleaned_data["again"])
        words = ngettext("%(count)d message was written.", "%(count)d messages were written.", written)
        messages.success(request, words % {"count": written})
        return redirect("registrations_admin:occurrence", pk)
    context = {
        "occurrence": shown,
        "form": form,
        "people": Registration.objects.filter(occurrence=shown, state=RegistrationState.CONFIRMED).count(),
        "label": WRITINGS[word].label,
        "header_title": str(WRITINGS[word].label),
    }
    return render(request, "admin/registrations/write.html", context)
