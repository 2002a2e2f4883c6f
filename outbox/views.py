"""What the reading view of a message needs beside it: the frame with its formatted text, and its files."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from outbox.models import Message
from outbox.services import attachments_of

# Whatever a message holds, it runs nothing, loads nothing and submits nothing here.
FRAME_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'"
FILE_POLICY = "sandbox; default-src 'none'"


def _readable(request: HttpRequest, pk: int) -> Message:
    """Return the message, or raise PermissionDenied or Http404."""
    if not request.user.has_perm("outbox.view_message"):
        raise PermissionDenied
    return get_object_or_404(Message, pk=pk)


@never_cache
@xframe_options_sameorigin
def formatted_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the formatted text of a message, under a policy of its own that forbids scripts and requests."""
    message = _readable(request, pk)
    response = HttpResponse(message.html)
    response["Content-Security-Policy"] = FRAME_POLICY
    return response


@never_cache
def attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer one file of a message, to be saved. Raises Http404 for a number it does not have."""
    files = attachments_of(_readable(request, pk))
    if number >= len(files):
        raise Http404
    response = HttpResponse(files[number].content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, files[number].name)
    response["Content-Security-Policy"] = FILE_POLICY
    return response
