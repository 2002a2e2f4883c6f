"""The pages of the directory are found by a search, while something public names their rows."""

import pytest
from wagtail.models import Page

from directory.enums import OrganisationRole
from directory.models import Organisation, PageOrganisation
from resources.models import CaseStudyPage
from search import sync
from search.entries import FacetValue, Source
from search.models import SearchEntry
from tests.factories.directory import OrganisationFactory, make_territory
from tests.factories.pages import make_page
from tests.search.conftest import find_results, publish_entry

pytestmark = pytest.mark.django_db(transaction=True)


def found(text: str, language: str = "fr") -> list[tuple[str, str]]:
    hits = find_results(text, language).hits
    return [(hit.entry.title, hit.kind_label) for hit in hits if hit.entry.kind == "directory"]


def study_of(organisation: Organisation) -> CaseStudyPage:
    page = make_page(CaseStudyPage, "Un jardin partagé", live=False)
    page.page_organisations = [PageOrganisation(organisation=organisation, role=OrganisationRole.PARTNER)]
    page.save_revision().publish()
    return page


def test_a_row_is_found_while_something_public_names_it():
    city = OrganisationFactory(name="Ville de Creil", name_en="City of Creil")
    assert found("ville creil") == []

    page = study_of(city)
    assert found("ville creil") == [("Ville de Creil", "Organisme")]
    assert found("city creil", "en") == [("City of Creil", "Organisation")]
    entry = SearchEntry.objects.get(kind="directory", language="fr")
    assert entry.url.startswith("/fr/annuaire/organismes/")

    city.name = "Commune de Creil"
    city.save()
    assert found("commune creil") == [("Commune de Creil", "Organisme")]

    Page.objects.get(pk=page.pk).unpublish()
    assert found("creil") == []


def test_a_territory_is_found_while_something_names_one_that_lies_within():
    region = make_territory("Pays de la Loire", "52")
    town = make_territory("Nantes", "44109", inside=region)
    entry = publish_entry("Un jardin", kind="case_study", facets={"territory": [FacetValue(str(town.pk), "Nantes")]})
    assert found("pays de la loire") == [("Pays de la Loire", "Territoire")]
    assert found("nantes") == [("Nantes", "Territoire")]

    sync.write_nothing(Source(entry.source_model, entry.source_key))
    assert found("pays de la loire") == found("nantes") == []
