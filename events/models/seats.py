"""The seat counter: a row of its own, so that saving an occurrence read long ago cannot overwrite it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.occurrences import Occurrence


class SeatCounter(models.Model):
    """Seats taken and allowed for one occurrence. Only the seat service writes it."""

    occurrence = models.OneToOneField(Occurrence, on_delete=models.CASCADE, related_name="seat_counter")
    taken = models.PositiveIntegerField(default=0)
    allowed = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The capacity, or what was taken when it dropped below; empty: no limit.")
    )

    class Meta:
        verbose_name = _("seat counter")
        verbose_name_plural = _("seat counters")
        constraints = [
            models.CheckConstraint(
                condition=Q(allowed__isnull=True) | Q(taken__lte=F("allowed")), name="never_more_seats_than_allowed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.occurrence}: {self.taken}/{self.allowed}"
