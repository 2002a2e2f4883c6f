"""Closed lists of the alerts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    """How often news of a search is written, where there is some."""

    WEEKLY = "weekly", _("Every week, on Monday morning")
    DAILY = "daily", _("Every day, in the morning")
