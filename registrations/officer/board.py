"""The board: the dates ahead with their numbers, filtered; those gone by on their own tab."""

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from laces.components import Component
from wagtail.models import Page

from events.enums import BOOKABLE_STATES, OccurrenceState
from events.models import Occurrence
from registrations.officer.access import VIEW, requires
from registrations.officer.numbers import DateNumbers, numbers_of

PAGE_SIZE = 50
ON_HOME = 5
PERIODS = {"30": gettext_lazy("in the next 30 days"), "90": gettext_lazy("in the next 90 days")}
SHOWN = {
    "decision": (gettext_lazy("that wait for a decision"), lambda row: bool(row.decisions)),
    "missing": (gettext_lazy("where something is missing"), lambda row: bool(row.missing)),
    "open": (gettext_lazy("open for registration"), lambda row: row.occurrence.state in BOOKABLE_STATES),
    "full": (gettext_lazy("full"), lambda row: row.occurrence.state == OccurrenceState.FULL),
    "off": (gettext_lazy("cancelled or postponed"), lambda row: row.is_off),
}


class BoardForm(forms.Form):
    """The filters. Whatever is not understood filters nothing."""

    period = forms.ChoiceField(
        label=gettext_lazy("Period"), required=False, choices=[("", gettext_lazy("all dates ahead")), *PERIODS.items()]
    )
    cycle = forms.ChoiceField(label=gettext_lazy("Cycle or section"), required=False)
    shown = forms.ChoiceField(
        label=gettext_lazy("Dates"),
        required=False,
        choices=[("", gettext_lazy("all")), *((key, label) for key, (label, _test) in SHOWN.items())],
    )

    def __init__(self, *args: Any, dates: QuerySet, is_past: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].choices = [("", _("all")), *((str(page.pk), page.title) for page in parents_of(dates))]
        if is_past:
            del self.fields["period"], self.fields["shown"]

    def chosen(self, name: str) -> str:
        """Return what was chosen in a field, empty for nothing and for what is not understood."""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    def dates(self, dates: QuerySet) -> QuerySet:
        """Keep the dates of the period and the cycle chosen."""
        if days := self.chosen("period"):
            dates = dates.filter(day__lte=timezone.localdate() + datetime.timedelta(days=int(days)))
        if parent := self.chosen("cycle"):
            dates = dates.filter(page__in=Page.objects.child_of(Page.objects.get(pk=parent)))
        return dates

    def rows(self, rows: list[DateNumbers]) -> list[DateNumbers]:
        """Keep the rows in the state chosen: it is computed, so no query knows it."""
        shown = self.chosen("shown")
        return [row for row in rows if SHOWN[shown][1](row)] if shown else rows


def parents_of(dates: QuerySet) -> QuerySet:
    """Return the pages under which the pages of these dates stand: their cycles, or the list of events."""
    paths = set(Page.objects.filter(pk__in=dates.order_by().values("page")).values_list("path", flat=True))
    return Page.objects.filter(path__in={path[: -Page.steplen] for path in paths}).order_by("title")


@requires(VIEW)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the dates ahead or, with `?past`, those gone by, each with its numbers."""
    is_past = "past" in request.GET
    dates = Occurrence.objects.past() if is_past else Occurrence.objects.upcoming()
    form = BoardForm(request.GET, dates=dates, is_past=is_past)
    kept = form.dates(dates).with_details()
    # The dates ahead are some dozens, and their state is computed; those gone by only ever grow.
    page = Paginator(kept if is_past else form.rows(numbers_of(kept)), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "page_of_rows": page,
        "rows": numbers_of(page) if is_past else list(page),
        "is_past": is_past,
        "query": _query(request),
        "header_title": _("Registrations"),
    }
    return render(request, "admin/registrations/board.html", context)


def _query(request: HttpRequest) -> str:
    """Return the filters as they stand in the address, without the number of the page."""
    query = request.GET.copy()
    query.pop("p", None)
    return query.urlencode()


class NextDatesPanel(Component):
    """On the admin's home: the next dates, and what waits for a decision. Only for whoever sees registrations."""

    name = "next_dates"
    template_name = "admin/registrations/next_dates.html"
    order = 110

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Add `rows`, the next dates, and `decisions`, all of those ahead that wait for one."""
        if not parent_context["request"].user.has_perm(VIEW):
            return {"rows": [], "decisions": []}
        rows = numbers_of(Occurrence.objects.upcoming().filter(page__live=True).with_details())
        return {
            "rows": [row for row in rows if row.occurrence.day and not row.is_off][:ON_HOME],
            "decisions": [row for row in rows if row.decisions],
        }
