"""Rows of the directory for tests."""

import datetime

import factory

from directory import models
from directory.enums import OrganisationKind, TerritoryLevel


class ThemeFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence("theme-{}".format)
    label_fr = factory.Sequence("Thème {}".format)
    label_en = factory.Sequence("Theme {}".format)

    class Meta:
        model = models.Theme


class AudienceFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence("audience-{}".format)
    label_fr = factory.Sequence("Public {}".format)

    class Meta:
        model = models.Audience


class OrganisationFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence("Ville {}".format)
    kind = OrganisationKind.CITY

    class Meta:
        model = models.Organisation


class MembershipFactory(factory.django.DjangoModelFactory):
    """A membership that began long ago and has no end."""

    starts = datetime.date(2020, 1, 1)

    class Meta:
        model = models.Membership


class PersonFactory(factory.django.DjangoModelFactory):
    first_name = "Camille"
    last_name = factory.Sequence("Dupré {}".format)
    job_title_fr = "cheffe de projet"

    class Meta:
        model = models.Person


class VenueFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence("Salle {}".format)
    address = "1 rue de la Paix"
    postcode = "80000"
    town = "Amiens"

    class Meta:
        model = models.Venue


def make_territory(name: str, code: str, inside: models.Territory | None = None) -> models.Territory:
    """Return a new territory, below another one or at the top of the tree: a region has 2 digits, a commune 5."""
    by_length = {2: TerritoryLevel.REGION, 9: TerritoryLevel.INTERCOMMUNALITY}
    level = by_length.get(len(code), TerritoryLevel.COMMUNE)
    fields = {"name": name, "insee_code": code, "level": level}
    return inside.add_child(**fields) if inside else models.Territory.add_root(**fields)
