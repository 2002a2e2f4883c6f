"""What a visitor finds of the other language."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portal.languages import language_links
from portal.listings import children_in_language, listed
from resources.models import DossierPage
from tests.factories.directory import ThemeFactory
from tests.factories.pages import let_search_read, make_page, make_session, translate_page
from tests.factories.references import make_references

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("wanted", "home"), [("fr", "/fr/"), ("en-GB,en;q=0.9", "/en/"), ("de", "/fr/"), ("", "/fr/")])
def test_the_bare_address_leads_to_the_visitors_language(client, wanted, home):
    response = client.get("/", headers={"accept-language": wanted})
    assert (response.status_code, response.headers["Location"]) == (302, home)


def test_the_admin_speaks_french_whatever_the_browser_asks(client):
    response = client.get("/admin/login/", headers={"accept-language": "en"})
    assert '<html lang="fr"' in response.content.decode()


def test_the_switcher_leads_to_the_same_page_and_keeps_the_query(client):
    dossier = make_page(DossierPage, "Gestion urbaine")
    english = translate_page(dossier)
    html = client.get(f"{dossier.url}?page=2").content.decode()
    assert f'href="{english.url}?page=2"' in html


def test_the_switcher_explains_a_page_that_is_not_translated(client):
    dossier = make_page(DossierPage, "Gestion urbaine")
    html = client.get(dossier.url).content.decode()
    assert 'href="/en/resources/"' in html
    assert 'hreflang="x-default"' not in html


def test_an_english_list_shows_what_is_translated_first_then_french_titles_marked(client):
    untranslated = make_page(DossierPage, "Cadre de vie")
    translated = make_page(DossierPage, "Participation")
    translate_page(translated, {"Participation": "Taking part"})
    english_index = translated.get_parent().get_translations().get(locale__language_code="en").specific
    ids = children_in_language(english_index)
    items = listed(ids, "en")
    assert [(item.page.title, item.is_untranslated) for item in items] == [
        ("Taking part", False),
        ("Cadre de vie", True),
    ]
    let_search_read()
    html = client.get(english_index.url).content.decode()
    assert f'href="{untranslated.url}"' in html
    assert 'lang="fr"' in html.split("<main")[1]


def test_an_untranslated_page_is_not_hidden_and_not_passed_off_as_english(client):
    make_page(DossierPage, "Cadre de vie")
    let_search_read()
    html = client.get("/en/resources/").content.decode()
    assert "Cadre de vie" in html
    assert "in French" in html


@pytest.mark.parametrize("path", ["/en/ressources/gup/", "/en/ressources/gup"])
def test_an_unknown_english_address_offers_the_french_page_of_the_same_address(client, path):
    make_page(DossierPage, "GUP", slug="gup")
    response = client.get(path, follow=True)
    assert response.status_code == 404
    assert "/fr/ressources/gup/" in response.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_unknown_address_answers_404_in_its_language_with_a_search_field(client, language):
    response = client.get(f"/{language}/rien/de/tel/")
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}"' in html
    assert 'type="search"' in html


@pytest.mark.parametrize("path", ["/en/%00/", "/en/" + "a/" * 900, "/fr/%E0%A4%A", "/xx/", "/en//"])
def test_a_hostile_address_is_never_an_error_500(path):
    assert Client(raise_request_exception=False).get(path).status_code in (302, 404)


def test_a_restricted_page_is_in_no_list_no_switcher_and_no_sitemap(client):
    dossier = make_page(DossierPage, "Réservé")
    english = translate_page(dossier)
    let_search_read()
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    assert english.url not in client.get(dossier.url).content.decode()
    assert english.url not in client.get("/en/resources/").content.decode()
    assert english.url not in client.get("/sitemap-pages.xml").content.decode()


def test_the_sitemap_names_both_languages_of_a_page(client):
    session = make_session()
    translate_page(session.get_parent())
    english = translate_page(session)
    xml = client.get("/sitemap-pages.xml").content.decode()
    assert f"<loc>{session.full_url}</loc>" in xml
    assert f'hreflang="en" href="{english.full_url}"' in xml
    assert f'hreflang="x-default" href="{session.full_url}"' in xml


def test_a_view_in_both_languages_is_in_the_sitemap_and_others_are_not(client):
    xml = client.get("/sitemap-views.xml").content.decode()
    assert "/fr/territoires-adherents/</loc>" in xml
    assert "/en/member-territories/</loc>" in xml
    assert 'hreflang="x-default"' in xml
    assert "recherche" not in xml
    assert "/sitemap-views.xml" in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("path", ["/fr/recherche/?q=gup", "/fr/rien/", "/fr/dates/1.ics"])
def test_what_says_nothing_of_its_languages_is_announced_nowhere(client, path):
    html = client.get(path).content.decode()
    assert 'rel="canonical"' not in html
    assert 'rel="alternate" hreflang' not in html


def test_a_view_may_know_its_addresses_itself(rf):
    request = rf.get("/fr/ici/?page=2")
    links = language_links(request, None, {"fr": "/fr/ici/", "en": "/en/elsewhere/"})
    assert [link.url for link in links] == ["/fr/ici/?page=2", "/en/elsewhere/?page=2"]


@pytest.mark.django_db
def test_the_sitemap_of_views_costs_the_same_at_two_sizes(client):
    def queries_for(count: int) -> int:
        for _each in range(count):
            theme = ThemeFactory()
            make_references(1, ("theme", theme.code, theme.label_fr))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/sitemap-views.xml").content.decode().count(f"/{theme.code}/") > 1
        return len(queries)

    assert queries_for(2) == queries_for(12)
