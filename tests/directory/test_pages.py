"""The public pages of the directory: what they gather, for whom, at what cost, and what they never show."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from directory.addresses import url_of
from directory.enums import SDG, OrganisationRole
from directory.models import Country, Network, NetworkTheme, Organisation, PageOrganisation, Programme, Theme
from directory.row_kinds import KINDS
from portal.blocks.library import body_blocks
from resources.models import CaseStudyPage, DossierPage
from search.enums import Kind
from search.models import SearchEntry
from tests.factories.directory import (
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    ThemeFactory,
    make_territory,
)
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, make_session, translate_page
from tests.factories.references import make_references
from tests.factories.streams import stored, stored_items

pytestmark = pytest.mark.django_db
BODY = body_blocks()


def make_row(kind: str) -> Any:
    """Return a row of a kind, in the middle of what surrounds it."""
    france = Country.objects.get_or_create(code="FR", defaults={"label_fr": "France", "label_en": "France"})[0]
    programme = Programme.objects.get_or_create(code="urbact", defaults={"label_fr": "URBACT III"})[0]
    match kind:
        case "theme":
            return ThemeFactory(code="trade")
        case "country":
            return france
        case "programme":
            return programme
        case "network":
            return Network.objects.create(code="retailink", label_fr="RETAILINK", programme=programme)
        case "territory":
            return make_territory("Nantes", "44109", inside=make_territory("Loire-Atlantique", "44"))
        case "goal":
            return SDG.INEQUALITIES
        case "person":
            return PersonFactory(organisation=OrganisationFactory(country=france))
        case _:
            return OrganisationFactory(country=france, territory=make_territory("Creil", "60175"))


def facet_of(kind: str, row: Any) -> tuple[str, str, str]:
    """Return the facet by which entries name a row."""
    return (kind, KINDS[kind].code_of(row), row.label if kind != "goal" else "Inégalités réduites")


def shown(client: Client, row: Any, query: str = "", language: str = "fr") -> str:
    """Return the page of a row, in a language."""
    with override(language):
        address = url_of(row)
    response = client.get(f"{address}{query}")
    assert response.status_code == 200
    return response.content.decode()


def cost(client: Client, address: str) -> int:
    """Return how many queries an address costs, once what is kept in memory is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_as_many_queries_at_1000_references_as_at_10(client, kind, language):
    row = make_row(kind)
    facets = (facet_of(kind, row), ("theme", "other", "Autre"), ("organisation", "999", "Ville"), ("network", "n", "N"))
    make_references(10, *facets)
    with override(language):
        address, listed = url_of(row), reverse(f"directory:{kind}_list")
    first = Kind.CLOSE_UP
    asked = [address, f"{address}?kind={first}", f"{address}?kind={first}&theme=other&page=1", listed]
    before = [cost(client, question) for question in asked]
    make_references(990, *facets)
    assert [cost(client, question) for question in asked] == before
    assert max(before) <= 25


def test_the_front_and_the_lists_count_what_something_public_names(client):
    make_row("theme")
    with override("fr"):
        assert 'href="/fr/annuaire/themes/"' in client.get("/fr/annuaire/").content.decode()
        assert "trade" not in client.get("/fr/annuaire/themes/").content.decode()
    make_references(3, ("theme", "trade", "Commerce"))
    page = client.get("/fr/annuaire/themes/").content.decode()
    assert 'href="/fr/annuaire/themes/trade/"' in page
    assert "3 références" in page


def test_an_address_has_words_in_both_languages_and_one_right_spelling(client):
    city = OrganisationFactory(name="Ville de Saint-Étienne")
    make_references(1, ("organisation", str(city.pk), city.name))
    right = f"/fr/annuaire/organismes/{city.pk}-ville-de-saint-etienne/"
    assert url_of(city) == right or url_of(city).startswith("/en/")
    response = client.get(f"/fr/annuaire/organismes/{city.pk}-ancien-nom/?kind=resource")
    assert (response.status_code, response["Location"]) == (301, f"{right}?kind=resource")
    with override("en"):
        assert url_of(city) == f"/en/directory/organisations/{city.pk}-ville-de-saint-etienne/"
    make_row("country")
    assert client.get("/fr/annuaire/pays/FR/")["Location"] == "/fr/annuaire/pays/fr/"


def test_a_row_without_a_page_or_not_saved_has_no_address():
    assert url_of(Theme(code="draft")) == ""
    assert url_of(None) == ""
    assert url_of("words") == ""


@pytest.mark.parametrize("make", [OrganisationFactory, PersonFactory])
def test_an_organisation_or_a_person_that_nothing_public_names_has_no_page(client, make):
    with override("fr"):
        assert client.get(url_of(make())).status_code == 404


def test_a_word_of_a_vocabulary_has_a_page_before_anything_names_it_and_search_engines_wait(client):
    page = shown(client, make_row("theme"))
    assert "Rien de publié n’en parle encore." in page
    assert "noindex" in page


@pytest.mark.parametrize(
    "address",
    [
        "/fr/annuaire/objectifs/18/",
        "/fr/annuaire/themes/rien/",
        "/fr/annuaire/territoires/9-rien/",
        f"/fr/annuaire/personnes/{10**30}-rien/",
    ],
)
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(f"/fr/annuaire/{address}").status_code == 404


def close_up_page(city: Organisation, network: Network, theme: Theme, **fields: Any) -> CaseStudyPage:
    """Return a published case study with a close-up and a quotation."""
    person = PersonFactory(first_name="Ana", last_name="Diaz", organisation=city)
    close_up = {"organisation": city.pk, "network": network.pk, "themes": stored_items(theme.pk), "anchor": ""}
    body = [
        stored(
            "close_ups",
            {"title": "", "close_ups": stored_items({**close_up, "title": "Rouvrir", "text": "<p>Une halle.</p>"})},
        ),
        stored("quotation", {"text": "Rien ne rouvre seul.", "person": person.pk, "anchor": ""}),
    ]
    return make_page(CaseStudyPage, "Capitalisation", body=BODY.clean(BODY.to_python(body)), **fields)


def test_what_did_a_city_do_is_one_click_away(client, committed):
    city, network, theme = OrganisationFactory(name="Nantes Métropole"), make_row("network"), make_row("theme")
    with committed():
        study = close_up_page(city, network, theme)
    page = shown(client, city)
    assert f'href="{study.url}#nantes-metropole"' in page
    assert "Une halle." in page
    assert "Rien ne rouvre seul." in page
    assert f'href="{study.url}#rien-ne-rouvre-seul"' in page
    assert f'href="{study.url}"' in page
    with override("fr"):
        assert url_of(city) in client.get(study.url).content.decode()


def test_all_close_ups_on_a_theme_are_one_click_away(client, committed):
    city, network, theme = OrganisationFactory(), make_row("network"), make_row("theme")
    with committed():
        close_up_page(city, network, theme)
    page = shown(client, theme)
    assert "?kind=close_up" in page
    assert "Rouvrir" in shown(client, theme, "?kind=close_up")


def test_a_theme_lists_the_networks_that_were_about_it_with_their_towns(client, committed):
    city, network, theme = OrganisationFactory(name="Ville de Romans"), make_row("network"), make_row("theme")
    Network.objects.filter(pk=network.pk).update(kind="transfer", call_year=2015, status="closed")
    NetworkTheme.objects.create(network=network, theme=theme)
    with committed():
        close_up_page(city, network, ThemeFactory())
    page = shown(client, theme)
    for words in ("RETAILINK", "Réseau pour transférer", "appel de 2015", "Achevé", "Ville de Romans", "URBACT III"):
        assert words in page


def test_the_list_of_networks_says_what_each_was_about_and_who_tells_it(client, committed):
    city, network = OrganisationFactory(name="Ville de Romans"), make_row("network")
    Network.objects.filter(pk=network.pk).update(kind="transfer", call_year=2015, status="closed")
    NetworkTheme.objects.create(network=network, theme=ThemeFactory(label_fr="Commerce de proximité"))
    with committed():
        close_up_page(city, network, ThemeFactory())
    page = client.get("/fr/annuaire/reseaux/").content.decode()
    for words in ("RETAILINK", "URBACT III", "Réseau pour transférer", "appel de 2015", "Achevé", "2 références"):
        assert words in page
    for row in (city, Theme.objects.get(label_fr="Commerce de proximité")):
        with override("fr"):
            assert f'href="{url_of(row)}"' in page


def test_a_network_says_who_else_case_studies_name_with_it_unless_they_name_other_networks(client):
    network = ("network", make_row("network").code, "RETAILINK")
    told, beside, elsewhere = (OrganisationFactory(name=name) for name in ("Romans", "Gand", "Riga"))
    named = {row: ("organisation", str(row.pk), row.name) for row in (told, beside, elsewhere)}
    make_references(1, network, named[told], kind=Kind.CLOSE_UP)
    make_references(1, network, named[told], named[beside], kind=Kind.CASE_STUDY)
    make_references(1, network, ("network", "other", "AUTRE"), named[elsewhere], kind=Kind.CASE_STUDY)
    facts = shown(client, Network.objects.get()).split("<dl")[1].split("</dl>")[0]
    by_close_ups, by_studies = facts.split("Également dans des fiches d’expérience")
    assert "Romans" in by_close_ups
    assert "Gand" not in by_close_ups
    assert "Gand" in by_studies
    assert "Romans" not in by_studies
    assert "Riga" not in facts


def test_many_networks_cost_as_few_queries_as_one(client):
    theme = make_row("theme")
    city = OrganisationFactory()

    def add(count: int) -> None:
        for number in range(count):
            network = Network.objects.create(code=f"n{count}-{number}", label_fr=f"N {number}")
            NetworkTheme.objects.create(network=network, theme=theme)
            named = ("network", network.code, network.label_fr), ("organisation", str(city.pk), city.name)
            make_references(1, *named, kind=Kind.CLOSE_UP)

    with override("fr"):
        addresses = [url_of(theme), reverse("directory:network_list")]
    add(2)
    before = [cost(client, address) for address in addresses]
    add(30)
    assert [cost(client, address) for address in addresses] == before


def test_a_reader_sees_their_language_first_then_what_exists_only_in_french(client, committed):
    city, network, theme = OrganisationFactory(name="Nantes Métropole"), make_row("network"), make_row("theme")
    with committed():
        study = close_up_page(city, network, theme)
        translate_page(study, {"Capitalisation": "Lessons", "Rouvrir": "Reopening"})
        dossier = make_page(DossierPage, "Dossier français")
        dossier.page_organisations = [PageOrganisation(organisation=city, role=OrganisationRole.PARTNER)]
        dossier.save_revision().publish()
    page = shown(client, city, language="en")
    assert "Lessons" in page
    assert "Reopening" in page
    assert "Rouvrir" not in page
    assert f'<a href="{dossier.url}" lang="fr" hreflang="fr">Dossier français</a>' in page
    assert "(in French)" in page
    french = shown(client, city)
    assert "Lessons" not in french
    assert 'hreflang="fr">Dossier' not in french


def test_a_french_name_is_marked_on_an_english_page_unless_it_has_an_english_one(client):
    city = OrganisationFactory(name="Ville de Lille")
    foreign = OrganisationFactory(name="Comune di Milano", country=Country.objects.create(code="IT", label_fr="Italie"))
    for row in (city, foreign):
        make_references(1, ("organisation", str(row.pk), row.name))
    assert '<h1 lang="fr">Ville de Lille</h1>' in shown(client, city, language="en")
    assert "<h1>Comune di Milano</h1>" in shown(client, foreign, language="en")
    assert "<h1>Ville de Lille</h1>" in shown(client, city)
    Organisation.objects.filter(pk=city.pk).update(name_en="City of Lille")
    assert "<h1>City of Lille</h1>" in shown(client, city, language="en")


def test_a_territory_gathers_what_happened_within_it_each_once(client):
    region = make_territory("Pays de la Loire", "52")
    department = make_territory("Loire-Atlantique", "44", inside=region)
    first = make_territory("Nantes", "44109", inside=department)
    second = make_territory("Rezé", "44143", inside=department)
    make_references(1, ("territory", str(first.pk), "Nantes"), ("territory", str(second.pk), "Rezé"))
    page = shown(client, region)
    assert "Référence 0" in page
    assert page.count('class="reference"') == 1
    assert url_of(department).split("/annuaire")[-1].split("/directory")[-1].split("/")[-2] in page
    assert "1 référence" in client.get("/fr/annuaire/territoires/").content.decode()
    assert "2 références" not in client.get("/fr/annuaire/territoires/").content.decode()


def test_a_page_is_narrowed_by_one_more_facet_and_what_is_no_choice_is_ignored(client):
    theme = make_row("theme")
    about = ("theme", "trade", "Commerce")
    make_references(5, about, ("country", "PL", "Pologne"), kind=Kind.CLOSE_UP, title="Gdańsk")
    make_references(5, about, ("country", "IT", "Italie"), kind=Kind.CLOSE_UP)
    page = shown(client, theme, "?kind=close_up&country=pl")
    assert page.count('class="reference"') == 5
    assert "Seulement ce qui nomme aussi" in page
    for query in ("?country=xx", "?kind=poem", "?kind=event", "?page=abc", "?kind=close_up&page=99"):
        assert "Référence" in shown(client, theme, query)


@pytest.mark.parametrize("kind", ["theme", "country", "network", "programme", "goal"])
def test_a_page_is_narrowed_to_what_one_town_or_one_territory_did(client, kind):
    row = make_row(kind)
    city, town = OrganisationFactory(name="Ville de Gand"), make_territory("Gand", "00001")
    about, named = facet_of(kind, row), {"kind": Kind.CLOSE_UP}
    make_references(3, about, ("organisation", str(city.pk), city.name), **named)
    make_references(4, about, ("territory", str(town.pk), town.name), **named)
    page = shown(client, row)
    for query, count in ((f"organisation={city.pk}", 3), (f"territory={town.pk}", 4)):
        assert f'?{query}"' in page
        assert shown(client, row, f"?{query}").count('class="reference"') == count


@pytest.mark.parametrize("kind", ["theme", "country", "network", "programme"])
def test_a_page_does_not_offer_to_narrow_by_another_of_its_own_kind(client, kind):
    row, city = make_row(kind), OrganisationFactory(name="Ville de Gand")
    about = facet_of(kind, row)
    make_references(5, about, ("organisation", str(city.pk), city.name), (kind, "other", "Autre"), kind=Kind.CLOSE_UP)
    make_references(5, about, kind=Kind.CLOSE_UP)
    page = shown(client, row)
    assert f"?organisation={city.pk}" in page
    assert f"?{kind}=" not in page


def test_every_town_named_beside_a_theme_can_be_chosen_though_they_are_many(client):
    theme = make_row("theme")
    cities = [OrganisationFactory() for _number in range(20)]
    for city in cities:
        make_references(1, ("theme", "trade", "Commerce"), ("organisation", str(city.pk), city.name))
    page = shown(client, theme)
    assert all(f'?organisation={city.pk}"' in page for city in cities)


def test_a_group_too_long_is_read_page_by_page(client):
    theme = make_row("theme")
    make_references(45, ("theme", "trade", "Commerce"), kind=Kind.RESOURCE)
    assert shown(client, theme).count('class="reference"') == 5
    assert "Tout voir" in shown(client, theme)
    assert shown(client, theme, "?kind=resource").count('class="reference"') == 20
    last = shown(client, theme, "?kind=resource&page=3")
    assert last.count('class="reference"') == 5
    assert "?kind=resource&amp;page=2" in last


def test_sessions_say_their_next_date_and_come_before_those_that_are_over(client, committed):
    theme = make_row("theme")
    with committed():
        session = make_session("Commerces")
        session.page_themes.create(theme=theme)
        session.save_revision().publish()
        make_occurrence(session, days=30)
    page = shown(client, theme)
    assert "Commerces" in page
    assert "Prochaine date" in page


def test_a_person_speaks_where_a_page_says_so_and_a_contact_has_no_page(client, committed):
    speaker, contact = PersonFactory(first_name="Ana", last_name="Diaz"), PersonFactory()
    body = [
        stored("speakers", {"title": "", "speakers": stored_items({"person": speaker.pk})}),
        stored("contact_cards", {"title": "", "contacts": stored_items({"person": contact.pk})}),
    ]
    with committed():
        page = make_page(CaseStudyPage, "Fiche", body=BODY.to_python(body))
    assert page.title in shown(client, speaker)
    with override("fr"):
        assert client.get(url_of(contact)).status_code == 404
        assert url_of(contact) not in client.get(page.url).content.decode()
        assert url_of(speaker) in client.get(page.url).content.decode()


def test_a_page_of_a_person_tells_how_to_reach_them_only_if_they_agreed_and_are_a_contact(client):
    person = PersonFactory(email="ana@example.org", phone="03 20 00 00 00")
    make_references(1, ("person", str(person.pk), person.label))
    assert "ana@example.org" not in shown(client, person)
    type(person).objects.filter(pk=person.pk).update(shows_contact_details=True)
    assert "ana@example.org" not in shown(client, person)
    make_references(1, ("contact", str(person.pk), person.label))
    assert "ana@example.org" in shown(client, person)
    type(person).objects.filter(pk=person.pk).update(shows_contact_details=False)
    assert "ana@example.org" not in shown(client, person)


def test_a_member_is_said_to_be_one_without_dates(client):
    town = make_territory("Creil", "60175")
    city, own = OrganisationFactory(territory=town), OrganisationFactory()
    MembershipFactory(territory=town)
    MembershipFactory(organisation=own)
    for row in (city, own):
        make_references(1, ("organisation", str(row.pk), row.name))
    assert "D’un territoire adhérent" in shown(client, city)
    assert "Adhérent du centre" in shown(client, own)
    assert "Territoire adhérent" in shown(client, town)
    assert "2020" not in shown(client, own)


def test_pages_follow_what_is_renamed_unpublished_restricted_and_deleted(client, committed):
    city, network, theme = OrganisationFactory(name="Nantes Métropole"), make_row("network"), make_row("theme")
    with committed():
        study = close_up_page(city, network, theme)
    with committed():
        city.name = "Métropole de Nantes"
        city.save()
    entry = SearchEntry.objects.get(kind=Kind.QUOTATION)
    assert entry.summary.endswith("Métropole de Nantes")
    assert "Métropole de Nantes" in shown(client, theme)
    with committed():
        restriction = PageViewRestriction.objects.create(page=study, restriction_type=PageViewRestriction.LOGIN)
    with override("fr"):
        assert client.get(url_of(city)).status_code == 404
    assert "Rouvrir" not in shown(client, theme)
    with committed():
        restriction.delete()
    assert "Rouvrir" in shown(client, theme)
    with committed():
        study.unpublish()
    assert "Rouvrir" not in shown(client, theme)
    with committed():
        study.save_revision().publish()
    assert "Rouvrir" in shown(client, theme)
    with committed():
        study.delete()
    assert "Rouvrir" not in shown(client, theme)


def test_a_country_or_a_programme_renamed_is_renamed_where_it_was_named_through_another_row(client, committed):
    network = make_row("network")
    city = OrganisationFactory(country=make_row("country"))
    with committed():
        close_up_page(city, network, ThemeFactory())
    with committed():
        network.programme.label_fr = "URBACT trois"
        network.programme.save()
        city.country.label_fr = "République française"
        city.country.save()
    facets = SearchEntry.objects.get(kind=Kind.CLOSE_UP).facets
    assert facets.get(name="programme").label_fr == "URBACT trois"
    assert facets.get(name="country").label_fr == "République française"


def test_a_page_says_its_other_language_and_stands_in_the_sitemap(client):
    theme = make_row("theme")
    make_references(1, ("theme", "trade", "Commerce"))
    page = shown(client, theme)
    assert 'rel="canonical" href="http://localhost/fr/annuaire/themes/trade/"' in page
    assert 'hreflang="en" href="http://localhost/en/directory/themes/trade/"' in page
    assert "noindex" in shown(client, theme, "?kind=case_study")
    sitemap = client.get("/sitemap-views.xml").content.decode()
    assert "/fr/annuaire/themes/trade/" in sitemap
    assert "/en/directory/themes/trade/" in sitemap


def test_an_organisation_and_a_person_are_told_as_data_without_how_to_reach_them(client):
    city = OrganisationFactory(name="Ville de Creil", website="https://example.org/")
    person = PersonFactory(organisation=city, email="ana@example.org", shows_contact_details=True)
    make_references(1, ("organisation", str(city.pk), city.name), ("person", str(person.pk), person.label))
    assert '"@type": "Organization"' in shown(client, city)
    told = shown(client, person)
    assert '"@type": "Person"' in told
    assert "ana@example.org" not in told


def test_names_that_lead_to_their_pages_cost_no_query(client):
    def study(partners: int) -> str:
        page = make_page(CaseStudyPage, f"Fiche {partners}")
        named = [OrganisationFactory(country=make_row("country")) for _number in range(partners)]
        page.page_organisations = [PageOrganisation(organisation=row, role=OrganisationRole.PARTNER) for row in named]
        page.save_revision().publish()
        return page.url

    assert cost(client, study(2)) == cost(client, study(20))
