"""The ways into the directory: from a search, from the home page."""

import re

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from directory.addresses import url_of
from directory.enums import OrganisationKind, OrganisationRole
from directory.models import Network, PageOrganisation
from directory.row_kinds import KINDS
from home.services import create_skeleton
from portal.blocks.library import body_blocks
from resources.models import CaseStudyPage
from search.entries import FacetValue
from search.enums import Kind
from search.models import SearchEntry
from tests.factories.directory import OrganisationFactory, ThemeFactory, make_territory
from tests.factories.pages import make_page
from tests.factories.references import make_references
from tests.factories.streams import stored, stored_items
from tests.search.conftest import publish_entry

pytestmark = pytest.mark.django_db
DOORS = re.compile(r'<nav class="search-doors".*?</nav>', re.DOTALL)
ADDRESSES = {"fr": "/fr/recherche/", "en": "/en/search/"}


@pytest.fixture
def committing(transactional_db: None) -> None:
    """Let what waits for a commit happen: what is named from now on is found."""


def doors(client: Client, text: str, language: str = "fr") -> list[str]:
    """Return what a search proposes of the directory, as it is read."""
    page = client.get(ADDRESSES[language], {"q": text}).content.decode()
    found = DOORS.search(page)
    items = re.findall(r"<li>(.*?)</li>", found[0], re.DOTALL) if found else []
    return [" ".join(re.sub(r"<[^>]+>", "", item).split()) for item in items]


def name_publicly(*rows: Model) -> None:
    """Publish something that names rows of the directory."""
    kinds = {kind.model: kind for kind in KINDS.values()}
    facets: dict[str, list[FacetValue]] = {}
    for row in rows:
        kind = kinds[type(row)]
        facets.setdefault(kind.name, []).append(FacetValue(kind.code_of(row), str(row)))
    publish_entry("Référence", kind="case_study", facets=facets)


def test_a_search_proposes_the_rows_whose_names_hold_all_its_words(client, committing):
    region = make_territory("Pays de la Loire", "52")
    town = make_territory("Nantes", "44109", inside=region)
    city = OrganisationFactory(name="Nantes Métropole", name_en="Nantes Metropolis")
    name_publicly(town, city, ThemeFactory(code="c", label_fr="Commerces"))
    assert doors(client, "nantes") == ["Nantes territoire", "Nantes Métropole organisme"]
    assert doors(client, "metropole NANTES") == ["Nantes Métropole organisme"]
    assert doors(client, "commerce") == ["Commerces thème"]
    assert doors(client, "pays de la loire") == ["Pays de la Loire territoire"]
    assert doors(client, "nantes rien") == doors(client, "") == doors(client, "-nantes") == []


def test_a_search_proposes_nothing_that_nothing_public_names_and_few_rows(client, committing):
    OrganisationFactory(name="Ville de Creil")
    assert doors(client, "creil") == []
    name_publicly(*(Network.objects.create(code=f"n{number}", label_fr=f"Réseau {number}") for number in range(6)))
    assert len(doors(client, "réseau")) == 4


def test_a_goal_is_proposed_where_something_public_is_about_it(client, db):
    assert doors(client, "pas de pauvreté") == []
    make_references(1, ("goal", "1", "Pas de pauvreté"))
    assert doors(client, "pauvreté") == ["Pas de pauvreté objectif de développement durable"]


def test_the_names_are_those_of_the_language_of_the_page(client, committing):
    name_publicly(OrganisationFactory(name="Municipalité de Patras", name_en="Municipality of Patras"))
    assert doors(client, "municipality", "en") == ["Municipality of Patras organisation"]
    assert doors(client, "municipalité") == ["Municipalité de Patras organisme"]


def test_what_a_search_proposes_costs_the_same_at_two_sizes(client, committing):
    def asked() -> int:
        doors(client, "nantes")
        with CaptureQueriesContext(connection) as queries:
            assert doors(client, "nantes")
        return len(queries)

    for number in range(10):
        name_publicly(make_territory(f"Ville de Nantes {number}", f"2{number:04}"))
    before = asked()
    for number in range(20):
        name_publicly(make_territory(f"Nantes {number}", f"1{number:04}"), ThemeFactory(label_fr=f"Nantes {number}"))
    assert asked() == before


def test_the_home_page_leads_to_themes_towns_and_networks(client):
    create_skeleton()
    theme = ThemeFactory(code="trade", label_fr="Commerce")
    town = OrganisationFactory(name="Ville de Creil", kind=OrganisationKind.CITY)
    network = Network.objects.create(code="retailink", label_fr="RETAILINK")
    facets = [("theme", "trade", "Commerce"), ("organisation", str(town.pk), town.name)]
    make_references(2, *facets, ("network", "retailink", "RETAILINK"), kind=Kind.CLOSE_UP)
    page = client.get("/fr/").content.decode()
    with override("fr"):
        for row in (theme, town, network):
            assert f'href="{url_of(row)}"' in page
    assert 'href="/fr/annuaire/"' in page


def test_the_home_page_shows_every_theme_by_its_name_however_few_pages_are_about_it(client):
    create_skeleton()
    for number in range(15):
        ThemeFactory(code=f"t{number}", label_fr=f"Thème {number:02}", label_en=f"Subject {99 - number}")
        make_references(number + 1, ("theme", f"t{number}", f"Thème {number:02}"), kind=Kind.RESOURCE)
    ThemeFactory(code="silent", label_fr="Dont rien ne parle")
    shown = [client.get(address).content.decode() for address in ("/fr/", "/en/")]
    codes = [re.findall(r'href="/../(?:annuaire|directory)/themes/([^/]+)/"', page) for page in shown]
    assert codes == [[f"t{number}" for number in range(15)], [f"t{number}" for number in reversed(range(15))]]


@pytest.mark.parametrize(("home", "front"), [("/fr/", "/fr/annuaire/"), ("/en/", "/en/directory/")])
def test_the_main_menu_leads_to_the_directory_and_says_when_one_is_there(client, home, front):
    create_skeleton()

    def links(address: str) -> list[str]:
        bar = client.get(address).content.decode().split('class="site-bar"')[1].split("</header>")[0]
        return re.findall(rf'<a href="{front}"([^>]*)>(?:Annuaire|Directory)</a>', bar)

    assert links(home) == ["", ""]
    assert links(front) == links(f"{front}themes/") == [' aria-current="true"'] * 2


def test_what_is_quoted_of_a_page_is_its_sentences_and_the_page_is_found_by_the_rows_it_names(client, committed):
    city = OrganisationFactory(name="Nantes Métropole", name_en="Nantes Metropolis")
    network = Network.objects.create(code="retailink", label_fr="RETAILINK")
    told = {"organisation": city.pk, "network": network.pk, "title": "Deux tables", "text": "<p>On se parle.</p>"}
    body = [stored("close_ups", {"title": "", "close_ups": stored_items(told)})]
    with committed():
        page = make_page(CaseStudyPage, "Fiche", body=body_blocks().to_python(body))
        page.page_organisations = [PageOrganisation(organisation=city, role=OrganisationRole.PARTNER)]
        page.save_revision().publish()
    for entry in SearchEntry.objects.filter(kind__in=(Kind.CASE_STUDY, Kind.CLOSE_UP)):
        said = " ".join(section["text"] for section in entry.sections)
        assert "On se parle." in said
        assert "RETAILINK" not in said
        assert {"Nantes Métropole", "RETAILINK"} <= set(entry.keywords)
    assert "Fiche" in client.get(ADDRESSES["fr"], {"q": "retailink"}).content.decode()
