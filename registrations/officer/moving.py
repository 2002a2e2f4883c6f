"""Moving people to another date of the same page: where to, what it changes in the price, then done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from events.enums import BOOKABLE_STATES
from events.models import Occurrence
from registrations.models import Registration
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.officer.decisions import ReasonForm
from registrations.officer.people import chosen_of
from registrations.services import (
    AlreadyRegistered,
    NoSeatLeft,
    NotAllowed,
    NotBookable,
    PriceChanged,
    TooBusy,
    move_people,
    moves_of,
)
from registrations.services.booking import CLOSED_TO_VISITORS
from registrations.services.moving import fingerprint_of
from registrations.services.seats import free_seats


def places_told(occurrence: Occurrence) -> str:
    """Return a date with its free places, in words."""
    left = occurrence.places_left
    if left is None:
        return str(occurrence)
    if occurrence.is_full:
        return _("%(date)s (full)") % {"date": occurrence}
    return ngettext("%(date)s (%(count)d free place)", "%(date)s (%(count)d free places)", left) % {
        "date": occurrence,
        "count": left,
    }


class MoveForm(ReasonForm):
    """Where to, and why. Dates with a place for each of `size` people come first, full ones last."""

    target = forms.ModelChoiceField(
        label=gettext_lazy("To which date"), queryset=Occurrence.objects.none(), empty_label=None
    )
    field_order = ("target", "reason")

    def __init__(self, *args: Any, occurrence: Occurrence, size: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.size = size
        others = Occurrence.objects.filter(page_id=occurrence.page_id).exclude(pk=occurrence.pk).with_details()
        ahead = [row for row in others.in_order() if row.state in BOOKABLE_STATES | CLOSED_TO_VISITORS]
        ahead.sort(key=lambda row: (not self._has_places(row), row.is_full))
        target = self.fields["target"]
        target.queryset = others.filter(pk__in=[row.pk for row in ahead])
        # Nothing is chosen beforehand that cannot take them.
        nothing = [] if ahead and self._has_places(ahead[0]) else [("", "---------")]
        target.choices = [*nothing, *((row.pk, places_told(row)) for row in ahead)]
        self.has_target = bool(ahead)

    def _has_places(self, row: Occurrence) -> bool:
        return row.places_left is None or row.places_left >= self.size

    def clean_target(self) -> Occurrence:
        """Refuse a date without a place for each of them, before it is confirmed."""
        chosen: Occurrence = self.cleaned_data["target"]
        free = free_seats(chosen)
        if free is not None and free < self.size:
            raise ValidationError(_("There are not enough free places on that date: nobody was moved."))
        return chosen


def may_be_moved(shown: Occurrence, rows: list[Registration]) -> bool:
    """Tell whether there is somebody to move, and another date of the page that takes people."""
    return any(row.is_active for row in rows) and MoveForm(occurrence=shown).has_target


@requires(VIEW, CHANGE)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask where to move the people ticked; show what changes (`preview`); with `confirm`, move them."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    back = redirect("registrations_admin:occurrence", pk)
    rows = chosen_of(shown, request.POST.getlist("ids"))
    if rows is None:
        messages.warning(request, _("Tick the people concerned first."))
        return back
    form = MoveForm(request.POST if "target" in request.POST else None, occurrence=shown, size=len(rows))
    moves = moves_of(rows, form.cleaned_data["target"]) if form.is_bound and form.is_valid() else []
    if "confirm" in request.POST and moves and _carry_out(request, rows, form.cleaned_data):
        return back
    context = {
        "occurrence": shown,
        "rows": rows,
        "form": form,
        "moves": moves,
        "prices": fingerprint_of(moves),
        "header_title": _("Move to another date"),
    }
    return render(request, "admin/registrations/move.html", context)


def _carry_out(request: HttpRequest, rows: list[Registration], cleaned: dict[str, Any]) -> bool:
    """Move all of them or nobody, and say what was done. True when there is nothing left to decide here."""
    prices = request.POST.get("prices", "")
    try:
        moved = move_people(
            rows, cleaned["target"].pk, shown_prices=prices, reason=cleaned["reason"], user=request.user
        )
    except PriceChanged:
        messages.warning(request, _("A price has changed meanwhile: look at it again, then confirm."))
        return False
    except NoSeatLeft:
        messages.error(request, _("There are not enough free places on that date: nobody was moved."))
        return False
    except AlreadyRegistered as error:
        names = ", ".join(f"{person.first_name} {person.last_name}" for person in error.people)
        messages.error(request, _("Nobody was moved: already registered for that date: %(names)s.") % {"names": names})
    except (NotAllowed, NotBookable):
        messages.warning(request, _("A registration or a date has changed meanwhile: nobody was moved."))
    except TooBusy:
        messages.error(request, _("The site is very busy: nothing was done. Try again in a minute."))
        return False
    else:
        words = ngettext("%(count)d person was moved.", "%(count)d people were moved.", len(moved))
        messages.success(request, words % {"count": len(moved)})
    return True
