"""Closed lists of the outbox."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageState(TextChoices):
    """Where a message stands. «Kept» was written while delivery was off: it is read here, and never leaves."""

    QUEUED = "queued", pgettext_lazy("message", "waiting to be sent")
    SENDING = "sending", pgettext_lazy("message", "being sent")
    SENT = "sent", pgettext_lazy("message", "sent")
    KEPT = "kept", pgettext_lazy("message", "kept here, not sent")
    FAILED = "failed", _("could not be sent")
