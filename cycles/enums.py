"""Closed lists of training cycles."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SessionKind(TextChoices):
    """What a session is in its cycle."""

    INTRODUCTORY = "introductory", _("Introductory session")
    STAGE = "stage", _("Stage of the cycle")
    NETWORK_MEETING = "network_meeting", _("Network meeting, online")
