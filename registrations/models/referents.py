"""`Referent`: somebody who follows all the bookings of their organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from registrations.models.appointed import AppointedRow


class Referent(AppointedRow):
    """An address that sees and manages the bookings of an organisation, in the private space of its reader."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="referents"
    )
    email = models.EmailField(
        _("e-mail"), max_length=254, help_text=_("Whoever reads it sees and changes the organisation's bookings.")
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

    def clean(self) -> None:
        """Write the address in one way."""
        self.email = self.email.strip().lower()
