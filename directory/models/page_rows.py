"""The rows that tie a page to the directory. Each is a plain child row of `wagtailcore.Page`: translations and copies
receive them exactly, where many-to-many relations are copied once and then forgotten (measured)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from directory.enums import OrganisationRole, PersonRole
from directory.models.organisations import Organisation, Person
from directory.models.places import Territory
from directory.models.vocabularies import Audience, Theme


class PageTheme(Orderable):
    """A theme of a page."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_themes")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="page_rows")

    panels: ClassVar = [FieldPanel("theme")]


class PageAudience(Orderable):
    """An audience of a page."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_audiences")
    audience = models.ForeignKey(
        Audience, verbose_name=_("audience"), on_delete=models.PROTECT, related_name="page_rows"
    )

    panels: ClassVar = [FieldPanel("audience")]


class PageTerritory(Orderable):
    """A territory that a page is about."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_territories")
    territory = models.ForeignKey(
        Territory, verbose_name=_("territory"), on_delete=models.PROTECT, related_name="page_rows"
    )

    panels: ClassVar = [FieldPanel("territory")]


class PageOrganisation(Orderable):
    """An organisation named by a page, with what it does there."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_organisations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="page_rows"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=OrganisationRole.choices, default=OrganisationRole.PARTNER
    )

    panels: ClassVar = [FieldPanel("organisation"), FieldPanel("role")]


class PagePerson(Orderable):
    """A person named by a page, with what they do there."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_people")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="page_rows")
    role = models.CharField(_("role"), max_length=20, choices=PersonRole.choices, default=PersonRole.SPEAKER)

    panels: ClassVar = [FieldPanel("person"), FieldPanel("role")]
