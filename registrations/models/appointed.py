"""What rows by which somebody is let in have in common: since when, and by whom."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppointedRow(models.Model):
    """A row that lets somebody see what is not for everybody."""

    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # Neither name nor address: this text reaches histories that others read.
        return f"{self._meta.verbose_name} {self.pk}"
