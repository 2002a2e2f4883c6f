"""`Subscription`: an address that asked for the newsletter, and the proof that its holder agreed."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.enums import SubscriptionState
from portal.private import new_token


class Subscription(models.Model):
    """One address. It is written to once its holder has opened the link sent there, and pressed the button."""

    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=12, choices=SubscriptionState.choices, default=SubscriptionState.PENDING
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    # The words that stood at the button, and when it was pressed: the proof of the agreement.
    consent_wording = models.TextField(_("agreement"))
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed on"), null=True, blank=True)
    # Somebody else may type an address again and again: its holder gets one message an hour at most.
    written_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions to the newsletter")
        # Nobody subscribes somebody else, nor says in their place that they agreed.
        default_permissions = ("view", "delete")
        permissions = [("export_subscription", _("Can export the subscriptions to the newsletter"))]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_subscription_per_address")]

    def __str__(self) -> str:
        # Written in the admin's history, where no address belongs.
        return f"{self._meta.verbose_name} {self.pk}"
