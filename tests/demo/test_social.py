"""What a shared link shows, for every page type in every language, and for views."""

import re
from html import unescape

import pytest
from wagtail.models import Site

from demo.registry import BUILDERS, PageBuilder
from home.models import CentreSettings
from portal.languages import translations_of
from tests.factories.images import make_image

pytestmark = pytest.mark.usefixtures("demo_database")
LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def card(client, path):
    """Return the properties of the card of an address, by name."""
    head = client.get(path).content.decode().split("</head>")[0]
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z_:]+)" content="([^"]*)">', head)
    return {name: unescape(content) for name, content in found}


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.page_type.__name__)
def test_a_page_of_each_type_says_what_it_is_where_it_is_shared(builder: PageBuilder, client):
    page = builder.build()
    for language, version in translations_of(page).items():
        version = version.specific
        shown = card(client, version.url)
        is_home = version.depth == 2
        assert shown["og:title"] == (shown["og:site_name"] if is_home else version.seo_title or version.title)
        assert shown["og:url"] == version.full_url
        assert shown["og:type"] == ("article" if version.is_article else "website")
        assert shown["og:locale"] == LOCALES[language]
        assert shown["og:locale:alternate"] == LOCALES["en" if language == "fr" else "fr"]
        assert shown["og:site_name"]
        assert shown["og:description"]
        assert shown["og:image"].startswith("http")
        assert shown["twitter:card"] in ("summary", "summary_large_image")


def test_the_picture_of_a_page_is_given_by_its_whole_address_with_its_size(client):
    page = BUILDERS[0].build()
    page.listing_image, page.listing_image_alt = make_image(), "Une marche, le soir"
    page.save_revision().publish()
    shown = card(client, page.url)
    assert shown["og:image"].startswith("http")
    assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
    assert shown["og:image:alt"] == "Une marche, le soir"
    assert shown["twitter:card"] == "summary_large_image"


def test_a_picture_that_only_decorates_has_no_alternative_text(client):
    page = BUILDERS[0].build()
    page.listing_image, page.listing_image_alt = make_image(), ""
    page.save_revision().publish()
    shown = card(client, page.url)
    assert "og:image" in shown
    assert "og:image:alt" not in shown


def test_a_page_without_picture_is_shared_with_the_logo_of_the_centre_else_with_the_drawing_of_the_portal(client):
    page = BUILDERS[0].build()
    page.listing_image = None
    page.save_revision().publish()
    centre = CentreSettings.for_site(Site.objects.get())
    centre.logo = make_image()
    centre.save()
    shown = card(client, page.url)
    assert "/images/" in shown["og:image"]
    assert shown["og:image:alt"] == centre.name
    assert shown["twitter:card"] == "summary"
    centre.logo = None
    centre.save()
    shown = card(client, page.url)
    assert "icons/shared" in shown["og:image"]
    assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")


@pytest.mark.parametrize(("path", "title"), [("/fr/recherche/?q=ville", "Recherche"), ("/en/search/?q=city", "Search")])
def test_a_view_that_is_no_page_says_its_title_and_its_language(client, path, title):
    shown = card(client, path)
    assert shown["og:title"].startswith(title)
    assert shown["og:locale"] == LOCALES[path[1:3]]
    assert shown["og:site_name"]
