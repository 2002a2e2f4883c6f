"""Organisations, places, people and vocabularies, and the rows that tie them to pages."""

from directory.models.classified_page import ClassifiedPage
from directory.models.organisations import Membership, Organisation, Person
from directory.models.page_rows import PageAudience, PageOrganisation, PagePerson, PageTerritory, PageTheme
from directory.models.places import Territory, Venue
from directory.models.vocabularies import (
    Audience,
    Country,
    Keyword,
    Network,
    NetworkTheme,
    PageKeyword,
    Programme,
    Theme,
)

__all__ = [
    "Audience",
    "ClassifiedPage",
    "Country",
    "Keyword",
    "Membership",
    "Network",
    "NetworkTheme",
    "Organisation",
    "PageAudience",
    "PageKeyword",
    "PageOrganisation",
    "PagePerson",
    "PageTerritory",
    "PageTheme",
    "Person",
    "Programme",
    "Territory",
    "Theme",
    "Venue",
]
