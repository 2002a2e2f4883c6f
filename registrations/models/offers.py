"""`Offer`: a place, or several, held for a group of the waiting list until a deadline."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Occurrence
from registrations.enums import OfferState
from registrations.models.bookings import Booking


class Offer(models.Model):
    """What was offered to those of a booking who waited for a date. One owner, one deadline, one answer."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="offers")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="offers")
    size = models.PositiveSmallIntegerField(_("places"))
    offered_at = models.DateTimeField(_("offered on"), default=timezone.now)
    expires_at = models.DateTimeField(_("to be accepted before"))
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    closed_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    class Meta:
        ordering = ["offered_at", "pk"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "occurrence"], condition=Q(state=OfferState.OPEN), name="one_open_offer_per_group"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("offered_at")), name="offer_expires_after_it_was_made"
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="offer_due")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_open(self) -> bool:
        """True while it may be accepted: nobody answered, and its deadline is ahead."""
        return self.state == OfferState.OPEN and self.expires_at > timezone.now()
