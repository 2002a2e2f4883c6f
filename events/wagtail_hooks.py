"""Events in the admin, and the guard of the files for participants."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.snippets.models import register_snippet

from events.documents import is_kept, is_private, may_open, private_collection, private_file
from events.viewsets import occurrence_viewset, price_list_viewset

register_snippet(occurrence_viewset)
register_snippet(price_list_viewset)


@hooks.register("before_serve_document", order=-10)
def keep_private_document(document: Document, request: HttpRequest) -> HttpResponse | None:
    """Refuse a file for participants at its own address (403), except to who may change it in the admin.

    Before Wagtail's own check, which would ask visitors to log in.
    """
    if not is_private(document):
        return None
    if not may_open(request.user, document):
        raise PermissionDenied
    answer = private_file(document)
    # Wagtail takes no streamed answer from a hook.
    return HttpResponse(answer.getvalue(), headers=dict(answer.items()))


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
