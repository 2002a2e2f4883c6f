"""What a page's territories and venues lie in: it is found by the names of all of it."""

import pytest

from directory.enums import OrganisationRole, TerritoryLevel
from directory.models import PageOrganisation, Territory
from resources.models import CaseStudyPage
from search.models import SearchEntryFacet
from tests.directory.test_naming import make_session
from tests.factories.directory import OrganisationFactory, VenueFactory, make_territory
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page

pytestmark = pytest.mark.django_db(transaction=True)


def areas(kind: str) -> set[str]:
    facets = SearchEntryFacet.objects.filter(name="area", entry__kind=kind, entry__language="fr")
    return set(facets.values_list("label_fr", flat=True))


def held_at(**venue: object) -> Territory:
    make_occurrence(make_session("Séance introductive"), days=10, venue=VenueFactory(**venue))


def test_a_date_lies_in_all_that_holds_its_venue_as_the_tree_and_the_state_say(committed):
    agglo = make_territory("Notre agglo", "200068047")
    with committed():
        held_at(territory=make_territory("Creil", "60175", inside=agglo))
    assert areas("occurrence") == areas("session") == {"Creil", "Notre agglo", "Oise", "Hauts-de-France"}


@pytest.mark.parametrize(
    ("postcode", "town", "expected"),
    [
        ("60100", "Creil", {"Creil", "CA Creil Sud Oise", "Oise", "Hauts-de-France"}),
        ("60100", "Lille", set()),
        ("", "Creil", set()),
    ],
)
def test_a_venue_without_territory_is_placed_by_its_postcode_and_its_town(committed, postcode, town, expected):
    with committed():
        held_at(territory=None, postcode=postcode, town=town)
    assert areas("occurrence") == expected


def test_a_neighbourhood_lies_in_its_commune_and_a_territory_renamed_is_found_by_its_new_name(committed):
    region = make_territory("Hauts-de-France", "32")
    commune = make_territory("Creil", "60175", inside=region)
    rouher = commune.add_child(name="Rouher", insee_code="QN06", level=TerritoryLevel.NEIGHBOURHOOD)
    with committed():
        page = make_page(CaseStudyPage, "Un jardin", live=False)
        partner = OrganisationFactory(territory=rouher)
        page.page_organisations = [PageOrganisation(organisation=partner, role=OrganisationRole.PARTNER)]
        page.page_territories.create(territory=rouher)
        page.save_revision().publish()
    assert areas("case_study") == {"Rouher", "Creil", "CA Creil Sud Oise", "Oise", "Hauts-de-France"}

    with committed():
        region = Territory.objects.get(pk=region.pk)
        region.name = "Picardie et Nord"
        region.save()
    assert "Picardie et Nord" in areas("case_study")
