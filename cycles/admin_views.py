"""Copying a cycle in the admin: a form, a preview of the dates, then the copy."""

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from cycles.copying import copy_cycle, plan_copy
from cycles.forms import CopyCycleForm
from cycles.models import TrainingCyclePage


def may_copy(user: AbstractBaseUser, cycle: Page) -> bool:
    """Tell whether a user may copy a cycle: add pages where it stands, and dates."""
    parent = cycle.get_parent()
    return user.has_perm("events.add_occurrence") and parent.permissions_for_user(user).can_add_subpage()


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a title and a shift, show the dates that follow (POST), and copy once they are confirmed."""
    cycle = get_object_or_404(TrainingCyclePage, pk=pk).source_page.specific
    if not may_copy(request.user, cycle):
        raise PermissionDenied
    form = CopyCycleForm(request.POST or None, cycle=cycle)
    plan = plan_copy(cycle, form.cleaned_data["weeks"]) if form.is_bound and form.is_valid() else None
    if plan and "confirm" in request.POST:
        copied = copy_cycle(plan, form.titles, request.user)
        messages.success(request, _("The cycle was copied. Its pages are drafts: nobody sees them yet."))
        return redirect("wagtailadmin_explore", copied.pk)
    context = {"cycle": cycle, "form": form, "plan": plan, "header_title": _("Copy the cycle with new dates")}
    return render(request, "admin/cycles/copy.html", context)
