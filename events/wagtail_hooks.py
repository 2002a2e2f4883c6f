"""Events in the admin, and the guard of the files for participants."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.snippets.models import register_snippet

from events.documents import is_kept, is_private, may_open, private_collection, private_file
from events.viewsets import occurrence_viewset, price_list_viewset

register_snippet(occurrence_viewset)
register_snippet(price_list_viewset)


@hooks.register("before_serve_document", order=-10)
def keep_private_document(document: Document, request: HttpRequest) -> HttpResponse | None:
    """Refuse a file for participants at its own address (403) to everyone; who may change it is shown where it opens.

    Before Wagtail's own check, which would ask visitors to log in.
    """
    if not is_private(document):
        return None
    inside = reverse("events_private_document", args=[document.pk]) if may_open(request.user, document) else ""
    return render(request, "403.html", {"inside": inside}, status=403)


@hooks.register("register_admin_urls")
def private_document_address() -> list[URLPattern]:
    """Add the address in the admin where a file for participants opens."""
    return [path("documents/participants/<int:pk>/", read_private_document, name="events_private_document")]


@require_safe
def read_private_document(request: HttpRequest, pk: int) -> FileResponse:
    """Hand a file for participants to who may change it; 403 to the others of the team."""
    document = get_object_or_404(Document, pk=pk)
    if not may_open(request.user, document):
        raise PermissionDenied
    return private_file(document)


@hooks.register("before_bulk_action")
def keep_in_private_collection(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Stop moving files in bulk out of the private collection while a page keeps one of them for participants."""
    if action_type != "add_to_collection" or action.cleaned_form.cleaned_data["collection"] == private_collection():
        return None
    kept = [document for document in objects if is_kept(document)]
    if not kept:
        return None
    words = _("Nothing was moved: a page keeps these files for participants: %(titles)s.")
    messages.error(request, words % {"titles": ", ".join(document.title for document in kept)})
    return redirect(action.next_url)
