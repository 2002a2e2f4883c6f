"""Closed lists of the directory."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    """What an organisation is, in the words of the city contracts."""

    CITY = "city", _("Municipality")
    INTERCOMMUNALITY = "intercommunality", _("Intercommunality")
    DEPARTMENT = "department", _("Département")
    REGION = "region", _("Region")
    STATE = "state", _("State service")
    LANDLORD = "landlord", _("Social landlord")
    ASSOCIATION = "association", _("Association")
    UNIVERSITY = "university", _("University")
    NETWORK = "network", _("Professional network")
    COMPANY = "company", _("Company")
    OTHER = "other", _("Other organisation")


# Since 1 January 2020 invoices reach public bodies through Chorus Pro alone (order 2014-697 of 26 June 2014). A social
# landlord may be public or not: it says so by what it needs.
PUBLIC_KINDS = frozenset(
    {
        OrganisationKind.CITY,
        OrganisationKind.INTERCOMMUNALITY,
        OrganisationKind.DEPARTMENT,
        OrganisationKind.REGION,
        OrganisationKind.STATE,
        OrganisationKind.UNIVERSITY,
    }
)


class ChorusNeed(TextChoices):
    """What a public body asks for on the invoices that it receives through Chorus Pro. Nothing where it is empty."""

    SERVICE = "service", pgettext_lazy("Chorus Pro", "service code")
    ENGAGEMENT = "engagement", pgettext_lazy("Chorus Pro", "engagement number")
    EITHER = "either", pgettext_lazy("Chorus Pro", "service code or engagement number")
    BOTH = "both", pgettext_lazy("Chorus Pro", "service code and engagement number")


class NetworkKind(TextChoices):
    """What a European network was called to do."""

    DESIGN = "design", _("Network to design")
    IMPLEMENT = "implement", _("Network to implement")
    TRANSFER = "transfer", _("Network to transfer")


class NetworkStatus(TextChoices):
    """Where a network stands."""

    RUNNING = "running", pgettext_lazy("state of a network", "In progress")
    CLOSED = "closed", pgettext_lazy("state of a network", "Completed")


class Pictogram(TextChoices):
    """The drawings of themes, by their names in the portal's set (`theme-<name>` in its sprite)."""

    HOUSING = "housing", _("Building")
    EMPLOYMENT = "employment", _("Briefcase")
    EDUCATION = "education", _("Open book")
    HEALTH = "health", _("Heart")
    CULTURE = "culture", _("Masks")
    SAFETY = "safety", _("Shield")
    PARTICIPATION = "participation", _("Speech bubbles")
    MOBILITY = "mobility", _("Bus")
    ENVIRONMENT = "environment", _("Plant")
    GOVERNANCE = "governance", _("Linked people")
    FUNDING = "funding", _("Euro coin")
    DIGITAL = "digital", _("Screen")
    YOUTH = "youth", _("Somebody jumping")
    EQUALITY = "equality", _("Two linked circles")
    DISCRIMINATION = "discrimination", _("Scales")
    MIGRATION = "migration", _("Crossing arrows")
    TRADE = "trade", _("Shop")
    NEIGHBOURHOOD = "neighbourhood", _("Houses and tree")
    EUROPE = "europe", _("Globe")
    SOLIDARITY = "solidarity", _("Joined hands")
    RESEARCH = "research", _("Flask")


class OrganisationRole(TextChoices):
    """What an organisation does for what a page tells."""

    CO_ORGANISER = "co_organiser", _("Co-organiser")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Funder")


class PersonRole(TextChoices):
    """What a person does on a page."""

    SPEAKER = "speaker", _("Speaker")
    CONTACT = "contact", _("Contact")


class TerritoryLevel(TextChoices):
    """Levels of the territory tree, widest first."""

    REGION = "region", _("Region")
    DEPARTEMENT = "departement", _("Département")
    INTERCOMMUNALITY = "intercommunality", _("Intercommunality")
    COMMUNE = "commune", _("Commune")
    NEIGHBOURHOOD = "neighbourhood", _("Priority neighbourhood")


class SDG(IntegerChoices):
    """The United Nations' Sustainable Development Goals, by number."""

    NO_POVERTY = 1, _("No poverty")
    ZERO_HUNGER = 2, _("Zero hunger")
    HEALTH = 3, _("Good health and well-being")
    EDUCATION = 4, _("Quality education")
    GENDER_EQUALITY = 5, _("Gender equality")
    WATER = 6, _("Clean water and sanitation")
    ENERGY = 7, _("Affordable and clean energy")
    WORK = 8, _("Decent work and economic growth")
    INDUSTRY = 9, _("Industry, innovation and infrastructure")
    INEQUALITIES = 10, _("Reduced inequalities")
    CITIES = 11, _("Sustainable cities and communities")
    CONSUMPTION = 12, _("Responsible consumption and production")
    CLIMATE = 13, _("Climate action")
    OCEANS = 14, _("Life below water")
    LAND = 15, _("Life on land")
    PEACE = 16, _("Peace, justice and strong institutions")
    PARTNERSHIPS = 17, _("Partnerships for the goals")
