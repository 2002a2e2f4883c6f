"""Merging duplicates in the admin: those that are likely, the choice of the other row, a preview, the merge."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.duplicates import MOST, likely_groups, similar_to
from directory.merging import MergeRefused, merge, plan_merge
from directory.models import Organisation, Person
from portal.words import with_words

# By the word in the address.
KINDS: dict[str, type[models.Model]] = {"organisation": Organisation, "person": Person}


def may_merge(user: Any, model: type[models.Model]) -> bool:
    """Tell whether a user may merge rows of a kind: change them, and delete them."""
    name = model._meta.model_name
    return user.has_perms([f"directory.change_{name}", f"directory.delete_{name}"])


def _model(request: HttpRequest, kind: str) -> type[models.Model]:
    """Return the model of a kind. Raises Http404, and PermissionDenied for whoever may not merge."""
    if kind not in KINDS:
        raise Http404
    if not may_merge(request.user, KINDS[kind]):
        raise PermissionDenied
    return KINDS[kind]


@require_safe
def likely(request: HttpRequest, kind: str) -> HttpResponse:
    """List the rows that may be one."""
    model = _model(request, kind)
    kinds = [(word, other._meta.verbose_name_plural) for word, other in KINDS.items() if may_merge(request.user, other)]
    context = {
        "groups": likely_groups(model._default_manager.all()),
        "kind": kind,
        "kinds": kinds,
        "header_title": _("Likely duplicates"),
    }
    return render(request, "admin/directory/duplicates.html", context)


@require_safe
def choose(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Suggest the other rows that may be the same, and look for one by its words."""
    model = _model(request, kind)
    row = get_object_or_404(model, pk=pk)
    query = request.GET.get("q", "").strip()[:200]
    others = model._default_manager.exclude(pk=pk)
    fields = model.snippet_viewset.search_fields  # type: ignore[attr-defined]
    context = {
        "row": row,
        "kind": kind,
        "query": query,
        "found": list(with_words(others, query, fields)[: MOST * 2]) if query else similar_to(row),
        "header_title": _("Merge with a duplicate"),
    }
    return render(request, "admin/directory/merge_choose.html", context)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, kind: str, kept_pk: int, merged_pk: int) -> HttpResponse:
    """Show what merging two rows does; do it (POST)."""
    model = _model(request, kind)
    kept, merged = get_object_or_404(model, pk=kept_pk), get_object_or_404(model, pk=merged_pk)
    if kept.pk == merged.pk:
        raise Http404
    if request.method == "POST":
        try:
            merge(kept, merged, request.user)
        except MergeRefused:
            messages.error(request, _("Nothing was merged: one of the two has changed meanwhile. Try again."))
        else:
            messages.success(request, _("Merged into “%(name)s”.") % {"name": kept})
            return redirect(reverse(model.snippet_viewset.get_url_name("edit"), args=[kept.pk]))  # type: ignore[attr-defined]
    context = {"plan": plan_merge(kept, merged), "kind": kind, "header_title": _("Merge with a duplicate")}
    return render(request, "admin/directory/merge_confirm.html", context)
