"""Who is who: organisations, their memberships, people."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.enums import ChorusNeed, OrganisationKind
from directory.fields import SiretField
from directory.models.labelled import foreign, in_active_language
from directory.models.places import Territory
from directory.models.vocabularies import Country
from directory.querysets import MembershipQuerySet, OrganisationQuerySet


class Organisation(models.Model):
    """A public body, an association or a network that the centre works with."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    name_en = models.CharField(
        _("name in English"), max_length=200, blank=True, help_text=_("Only if it goes by another name in English.")
    )
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    siret = SiretField(_("SIRET"))
    email_domain = models.CharField(_("e-mail domain"), max_length=100, blank=True, help_text=_("e.g. ville.example"))
    chorus_need = models.CharField(
        _("required by Chorus Pro"),
        max_length=12,
        blank=True,
        choices=ChorusNeed.choices,
        help_text=_("What its invoices must name. The directory of Chorus Pro says it, by SIRET."),
    )
    service_codes = models.TextField(
        _("service codes"), blank=True, help_text=_("One per line: the code, then the name of the service.")
    )
    website = models.URLField(_("website"), blank=True)
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territory"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text=_("Where it acts. Its membership may come from this territory or one that holds it."),
    )
    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    notes_fr = models.TextField(_("presentation in French"), blank=True)
    notes_en = models.TextField(_("presentation in English"), blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["siret"],
                condition=~Q(siret=""),
                name="one_organisation_per_siret",
                violation_error_message=_("Another organisation has this SIRET."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    @property
    def label(self) -> str:
        """The name in the active language."""
        return self.name_en if foreign("fr") and self.name_en else self.name

    @property
    def label_fr(self) -> str:
        """The name in French, or in the language of its country."""
        return self.name

    @property
    def label_en(self) -> str:
        """The name in English, empty when it has none of its own."""
        return self.name_en

    @property
    def label_language(self) -> str:
        """The language of the name shown, where it is not the active one: "fr" for a French name on an English page.

        Names of other countries are in languages that nobody told us.
        """
        is_french = self.country is None or self.country.code == "FR"
        return foreign("fr") if is_french and not self.name_en else ""

    @property
    def notes(self) -> str:
        """The presentation in the active language, else in French."""
        return in_active_language(self, "notes")

    @property
    def notes_language(self) -> str:
        """The language of the presentation where it is not the active one, else an empty string."""
        return "" if self.notes_en else foreign("fr")

    def clean(self) -> None:
        """Write the domain as addresses have it."""
        self.email_domain = self.email_domain.strip().lower().removeprefix("@")


# What forms say at the field at fault, and the database refuses from everyone.
ONE_HOLDER = _("A membership belongs to an organisation or to a territory: one of the two.")
ENDS_FIRST = _("The membership would end before it starts.")


class Membership(models.Model):
    """A period during which an organisation, or a whole territory, is a member of the centre."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territory"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True, help_text=_("Last day included; empty if open."))
    code = models.CharField(
        _("membership code"),
        max_length=30,
        blank=True,
        help_text=_(
            "Given to the member, whose agents type it when they register: it proves that they are its agents."
        ),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(territory__isnull=True),
                name="membership_of_one_holder",
                violation_error_message=ONE_HOLDER,
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="membership_ends_after_it_starts",
                violation_error_message=ENDS_FIRST,
            ),
        ]

    def __str__(self) -> str:
        holder = str(self.organisation or self.territory)
        return gettext("%(holder)s, member since %(year)d") % {"holder": holder, "year": self.starts.year}

    def clean(self) -> None:
        """Require one holder, and days in order."""
        super().clean()
        errors = {}
        if bool(self.organisation_id) == bool(self.territory_id):
            errors["territory" if self.territory_id else "organisation"] = ONE_HOLDER
        if self.starts and self.ends and self.ends < self.starts:
            errors["ends"] = ENDS_FIRST
        if errors:
            raise ValidationError(errors)


class Person(models.Model):
    """Someone named on a page: speaker, author, contact. Not a registered participant."""

    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    job_title_fr = models.CharField(_("role in French"), max_length=200, blank=True)
    job_title_en = models.CharField(_("role in English"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    shows_contact_details = models.BooleanField(
        _("e-mail and phone may be published"), default=False, help_text=_("Tick it only with the person's agreement.")
    )

    class Meta:
        ordering = ["last_name", "first_name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def label(self) -> str:
        """First and last name."""
        return str(self)

    @property
    def job_title(self) -> str:
        """The role in the active language, else in French."""
        return in_active_language(self, "job_title")
