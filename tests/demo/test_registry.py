"""Every page type, through the registry: it renders, it is translated, it previews, its cost does not grow."""

import pytest
from django.test import RequestFactory
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from demo.registry import BUILDERS, PAGE_KEYS, PageBuilder
from portal.checks import our_page_types
from portal.languages import translations_of

# The pages stand already: the builders find them, which costs a fraction of building each one again.
pytestmark = pytest.mark.usefixtures("demo_database")
every_builder = pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.page_type.__name__)


def test_every_page_type_has_a_builder():
    assert set(PAGE_KEYS) == set(our_page_types())


@every_builder
def test_a_page_of_each_type_is_read_in_both_languages(builder: PageBuilder, client):
    page = builder.build()
    versions = translations_of(page)
    assert set(versions) == {"fr", "en"}
    for language, version in versions.items():
        response = client.get(version.url)
        html = response.content.decode()
        assert response.status_code == 200
        assert f'<html lang="{language}"' in html
        assert response.headers["Content-Language"] == language
        assert "<h1" in html
        assert version.specific.search_kind or version.specific_class.__name__ == "HomePage"


@every_builder
def test_each_language_names_the_others(builder: PageBuilder, client):
    versions = translations_of(builder.build())
    expected = {(language, version.full_url) for language, version in versions.items()}
    expected.add(("x-default", versions["fr"].full_url))
    for version in versions.values():
        head = client.get(version.url).content.decode().split("</head>")[0]
        for language, url in expected:
            assert f'<link rel="alternate" hreflang="{language}" href="{url}">' in head
        assert f'<link rel="canonical" href="{version.full_url}">' in head


@every_builder
def test_a_page_of_each_type_is_wholly_translated(builder: PageBuilder):
    page = builder.build()
    translation = Translation.objects.filter(source__object_id=page.translation_key).first()
    if translation is None:
        assert getattr(page, "localize_default_translation_mode", "") == "simple"
    else:
        total, translated = translation.get_progress()
        assert total == translated > 0


@every_builder
def test_a_page_of_each_type_can_be_previewed_before_its_first_save(builder: PageBuilder):
    page_type = builder.page_type
    page = page_type(title="Essai", slug="essai", locale=Locale.objects.get(language_code="fr"))
    parent = builder.build().get_parent()
    page.path = f"{parent.path}ZZZZ"
    page.depth = parent.depth + 1
    page.set_url_path(parent)
    for mode, _label in page.preview_modes:
        assert page.make_preview_request(preview_mode=mode).status_code == 200


@every_builder
def test_no_alias_is_left_by_the_builders(builder: PageBuilder):
    builder.build()
    assert not Page.objects.filter(alias_of__isnull=False).exists()


@every_builder
def test_breadcrumbs_go_from_the_home_of_the_language_to_the_page(builder: PageBuilder):
    english = translations_of(builder.build())["en"].specific
    request = RequestFactory().get("/")
    assert [page.locale.language_code for page in english.breadcrumbs] == ["en"] * len(english.breadcrumbs)
    assert english.breadcrumbs[0].get_url(request) == "/en/"
    assert english.breadcrumbs[-1] == english
