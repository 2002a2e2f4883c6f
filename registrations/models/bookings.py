"""`Booking`: one contact, one organisation, one or several participants, made in one go."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import OrganisationKind
from directory.models import Organisation
from portal.private import new_token
from registrations.enums import BillingRoute, ParticipantCategory, ProofMethod


class Booking(models.Model):
    """What a contact asked for, as they typed it. Who the organisation was that day stays written here."""

    idempotency_key = models.UUIDField(unique=True, editable=False)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    language = models.CharField(_("language"), max_length=10)

    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    email = models.EmailField(_("e-mail"), max_length=254)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bookings",
    )
    organisation_name = models.CharField(_("name of the organisation"), max_length=200)
    organisation_kind = models.CharField(_("kind of organisation"), max_length=20, choices=OrganisationKind.choices)
    organisation_commune = models.CharField(_("commune"), max_length=120, blank=True)
    organisation_siret = models.CharField(_("SIRET"), max_length=14, blank=True)

    billing_route = models.CharField(_("invoice"), max_length=10, choices=BillingRoute.choices, blank=True)
    # What a public body may ask its invoices to name: given with the booking, or later.
    service_code = models.CharField(_("service code"), max_length=100, blank=True)
    engagement_number = models.CharField(_("engagement number"), max_length=50, blank=True)

    # How the membership was proven, or refused: empty as long as nobody looked, or where no price depends on it.
    proof_method = models.CharField(_("proof of membership"), max_length=20, choices=ProofMethod.choices, blank=True)
    proof_at = models.DateTimeField(_("proven on"), null=True, blank=True)
    proof_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The officer who took the booking by telephone or from a list; empty for the public form.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    created_at = models.DateTimeField(_("made on"), default=timezone.now)
    consent_at = models.DateTimeField(_("agreement given on"))
    consent_wording = models.TextField(_("agreement given to"))

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")

    def __str__(self) -> str:
        # No name: this text reaches messages and logs read by those who may not see registrations.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def contact_name(self) -> str:
        """First and last name of the contact."""
        return f"{self.first_name} {self.last_name}"

    @property
    def territory_name(self) -> str:
        """The territory of the organisation where the directory knows it, else the commune as it was typed."""
        territory = self.organisation.territory if self.organisation else None
        return territory.name if territory else self.organisation_commune


class Participant(models.Model):
    """Somebody whom a booking registers."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="participants")
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    email = models.EmailField(_("e-mail"), max_length=254)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    category = models.CharField(_("capacity"), max_length=20, choices=ParticipantCategory.choices)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"
