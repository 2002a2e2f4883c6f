"""Closed lists of the newsletter."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class SubscriptionState(TextChoices):
    """Where a subscription stands. Only confirmed ones are written to."""

    PENDING = "pending", pgettext_lazy("subscription", "waits for confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("subscription", "confirmed")
    UNSUBSCRIBED = "unsubscribed", pgettext_lazy("subscription", "unsubscribed")
