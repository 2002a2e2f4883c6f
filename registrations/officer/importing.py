"""Importing a list of participants: a dry run that says everything, line by line, then the confirmation."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.log_actions import log

from directory.enums import OrganisationKind
from events.models import Occurrence
from registrations.enums import ParticipantCategory
from registrations.lists.files import MOST_LINES, UnreadableList, read_list
from registrations.lists.importing import import_people
from registrations.lists.plan import ListedPerson, ListPlan, as_plain, plan_list
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.officer.telephone import TAKEN_BY_OFFICER

SALT = "registrations.list"
# From the dry run to the confirmation.
MOST_SECONDS = 24 * 3600


class ListForm(forms.Form):
    """The file, and what its lines do not say."""

    file = forms.FileField(
        label=gettext_lazy("List of participants"),
        help_text=gettext_lazy(
            "CSV or XLSX; the first line holds the titles: last name, first name, e-mail, organisation, and if you "
            "have them job title, takes part as, kind of organisation, commune, SIRET, phone."
        ),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Those whose line does not say it take part as"), choices=ParticipantCategory.choices
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of an organisation that the directory does not know, where the line does not say it"),
        choices=OrganisationKind.choices,
        initial=OrganisationKind.OTHER,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the messages"), choices=settings.LANGUAGES)
    told = forms.BooleanField(
        label=gettext_lazy("Whoever made this list has told these people what becomes of the information")
    )


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a file; show what it would do; register its people once that is confirmed."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    if not shown.page.live or shown.state not in TAKEN_BY_OFFICER:
        return redirect("registrations_admin:occurrence", pk)
    if request.method == "POST" and "list" in request.POST:
        return _confirm(request, shown)
    form = ListForm(request.POST or None, request.FILES or None)
    plan = _plan(form, shown) if form.is_bound and form.is_valid() else None
    context = _context(shown, form=form, plan=plan, most=MOST_LINES)
    if plan and plan.people:
        context["list"] = signing.dumps(
            {
                "date": pk,
                "import": str(uuid.uuid4()),
                "language": form.cleaned_data["language"],
                "people": as_plain(plan.people),
            },
            salt=SALT,
            compress=True,
        )
    return render(request, "admin/registrations/import.html", context)


def _plan(form: ListForm, shown: Occurrence) -> ListPlan | None:
    """Return the dry run; None, with the fault told at the file, where it cannot be read."""
    data = form.cleaned_data
    try:
        rows = read_list(data["file"].name, data["file"].read())
    except UnreadableList as error:
        form.add_error("file", str(error))
        return None
    plan = plan_list(rows, shown, ParticipantCategory(data["category"]), OrganisationKind(data["kind"]))
    if plan.missing:
        words = _("These columns are missing: %(titles)s.") % {"titles": ", ".join(plan.missing)}
        form.add_error("file", words)
        return None
    return plan


def _confirm(request: HttpRequest, shown: Occurrence) -> HttpResponse:
    """Register the people of the dry run that comes back, in our own hand."""
    try:
        read = signing.loads(request.POST["list"], salt=SALT, max_age=MOST_SECONDS)
    except signing.BadSignature:
        read = {}
    if read.get("date") != shown.pk:
        form = ListForm()
        notice = _("This dry run is too old, or of another date: choose the file again.")
        return render(request, "admin/registrations/import.html", _context(shown, form=form, notice=notice))
    people = [ListedPerson(**row) for row in read["people"]]
    result = import_people(people, shown.pk, uuid.UUID(read["import"]), read["language"], request.user)
    log(instance=shown, action="registrations.import", user=request.user, data={"rows": result.registered})
    return render(request, "admin/registrations/imported.html", _context(shown, result=result))


def _context(shown: Occurrence, **more: Any) -> dict[str, Any]:
    return {"occurrence": shown, "header_title": _("Import a list"), **more}
