"""`Needs`: what somebody needs to take part. Apart from the rest: few people read it, and it goes soon."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.bookings import Participant


class Needs(models.Model):
    """Accessibility and diet, as the person wrote them. Read with a permission of its own, in no list and no export."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="needs")
    accessibility = models.CharField(_("accessibility needs"), max_length=500, blank=True)
    diet = models.CharField(_("diet"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("needs")
        verbose_name_plural = _("needs")
        # The form writes them, the clock deletes them: nobody edits them in the admin.
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
