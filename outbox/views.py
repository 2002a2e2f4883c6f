"""What the reading view of a message needs beside it: the frame with its formatted text, its files, its buttons."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from outbox.bounces import clear
from outbox.masking import masked_html
from outbox.models import Message
from outbox.resending import resend
from outbox.services import attachments_of

# Whatever a message holds, it runs nothing, loads nothing and submits nothing here.
FRAME_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'"
RESEND = "outbox.resend_message"
CLEAR = "outbox.delete_bouncedaddress"
FILE_POLICY = "sandbox; default-src 'none'"


def _readable(request: HttpRequest, pk: int) -> Message:
    """Return the message, or raise PermissionDenied or Http404."""
    if not request.user.has_perm("outbox.view_message"):
        raise PermissionDenied
    return get_object_or_404(Message, pk=pk)


@never_cache
@xframe_options_sameorigin
def formatted_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the formatted text of a message, its secrets hidden, under a policy that forbids scripts and requests."""
    message = _readable(request, pk)
    response = HttpResponse(masked_html(message))
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


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a message leave again, for those who may; the history says who asked, and names no address."""
    message = _readable(request, pk)
    if not request.user.has_perm(RESEND):
        raise PermissionDenied
    again = resend(message)
    if again is None:
        messages.warning(request, _("Nothing was sent: it is leaving just now, or this site sends no messages."))
        return redirect("wagtailsnippets_outbox_message:inspect", pk)
    log(instance=message, action="outbox.resend", user=request.user, data={"message": again.pk})
    messages.success(request, _("It leaves again within a minute."))
    return redirect("wagtailsnippets_outbox_message:inspect", again.pk)


@require_POST
def clear_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget that the address of a message was refused, for those who know that it works."""
    message = _readable(request, pk)
    if not request.user.has_perm(CLEAR):
        raise PermissionDenied
    if clear(message.recipient):
        log(instance=message, action="outbox.refusal_cleared", user=request.user)
    messages.success(request, _("The address counts as working again."))
    return redirect("wagtailsnippets_outbox_message:inspect", pk)
