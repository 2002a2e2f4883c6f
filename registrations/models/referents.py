"""`Referent`: somebody who follows all the bookings of their organisation."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation


class Referent(models.Model):
    """An address that sees and manages the bookings of an organisation, in the private space of its reader."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="referents"
    )
    email = models.EmailField(
        _("e-mail"), max_length=254, help_text=_("Whoever reads it sees and changes the organisation's bookings.")
    )
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
        ordering = ["organisation__name", "pk"]
        verbose_name = _("referent of an organisation")
        verbose_name_plural = _("referents of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                name="referent_once_per_organisation",
                violation_error_message=_("This address is a referent of this organisation already."),
            )
        ]

    def __str__(self) -> str:
        # No address: this text reaches histories that others read.
        return f"{self._meta.verbose_name} {self.pk}"

    def clean(self) -> None:
        """Write the address in one way."""
        self.email = self.email.strip().lower()
