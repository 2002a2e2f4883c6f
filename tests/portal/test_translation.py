"""What translating a page does and does not do. Each test is a trap that was measured on a bare wagtail-localize."""

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import OverridableSegment, StringSegment, StringTranslation, TranslationSource

from directory.models import PageTheme, Theme
from events.models import Occurrence
from home.models import NewsPage
from portal.checks import check_decisions_on_translation, our_page_types
from resources.models import CaseStudyPage, DossierPage
from tests.factories.directory import ThemeFactory
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, make_session, translate_page

pytestmark = pytest.mark.django_db

HEADING = {"type": "heading", "value": {"text": "Écouter", "level": "h2", "anchor": "ecouter"}}
TEXT = {"type": "text", "value": "<p>Une <b>marche</b> avec les habitants.</p>"}


def segments_of(page: Page) -> set[str]:
    """Return the texts of a page offered for translation."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))


def test_dates_stay_with_the_french_page_and_are_read_from_every_language():
    session = make_session()
    occurrence = make_occurrence(session)
    english = translate_page(session)
    session.title = "Gouvernance et partenariats"
    session.save_revision().publish()
    translate_page(session)
    assert list(Occurrence.objects.for_page(english)) == [occurrence]
    assert Occurrence.objects.get().page_id == session.pk


def test_an_older_version_of_a_page_leaves_its_dates_alone():
    session = make_session()
    old = session.save_revision()
    occurrence = make_occurrence(session)
    old.publish()
    assert list(session.occurrences) == [occurrence]


def test_a_copy_of_a_page_has_no_date():
    session = make_session()
    make_occurrence(session)
    copy = session.copy(update_attrs={"slug": "copie", "title": "Copie"})
    assert not Occurrence.objects.for_page(copy).exists()


def test_nothing_of_a_date_enters_the_translation():
    session = make_session()
    make_occurrence(session, note_fr="Apporter son projet")
    source, _created = TranslationSource.update_or_create_from_instance(session)
    assert "Apporter son projet" not in source.content_json


def test_translating_publishes_nothing_by_itself():
    dossier = make_page(DossierPage, "Gestion urbaine de proximité")
    english = translate_page(dossier, publish=False)
    assert not english.live


def test_a_source_published_again_is_known_to_be_ahead_of_its_translation():
    dossier = make_page(DossierPage, "Gestion urbaine de proximité")
    translate_page(dossier)
    dossier.title = "La gestion urbaine de proximité"
    dossier.save_revision().publish()
    dossier.refresh_from_db()
    source = TranslationSource.objects.get(object_id=dossier.translation_key)
    assert source.last_updated_at < dossier.last_published_at


def test_themes_follow_the_source_exactly_at_each_synchronisation():
    first, second = ThemeFactory(), ThemeFactory()
    dossier = make_page(DossierPage, "GUP")
    dossier.page_themes = [PageTheme(theme=first)]
    dossier.save_revision().publish()
    english = translate_page(dossier)
    assert english.specific.themes == [first]
    dossier.page_themes = [PageTheme(theme=second)]
    dossier.save_revision().publish()
    assert translate_page(dossier).specific.themes == [second]
    dossier.page_themes = []
    dossier.save_revision().publish()
    assert translate_page(dossier).specific.themes == []


def test_a_renamed_theme_is_renamed_in_both_languages_at_once():
    theme = ThemeFactory(label_fr="Cadre de vie", label_en="Living environment")
    dossier = make_page(DossierPage, "GUP")
    dossier.page_themes = [PageTheme(theme=theme)]
    dossier.save_revision().publish()
    english = translate_page(dossier)
    Theme.objects.update(label_en="Everyday surroundings")
    assert Page.objects.get(pk=english.pk).specific.themes[0].label_en == "Everyday surroundings"


def test_keywords_are_copied():
    dossier = make_page(DossierPage, "GUP")
    dossier.keywords.add("propreté")
    dossier.save_revision().publish()
    assert "propreté" in translate_page(dossier).specific.search_keywords()


def test_a_codified_value_is_no_text_to_translate():
    news = make_page(NewsPage, "GUP", body=[HEADING, TEXT])
    texts = segments_of(news)
    assert "Écouter" in texts
    assert not texts & {"ecouter", "h2"}


def test_a_link_to_a_heading_holds_in_both_languages():
    news = make_page(NewsPage, "GUP", body=[HEADING, TEXT])
    english = translate_page(news, {"Écouter": "Listen"}).specific
    assert english.body[0].value["text"] == "Listen"
    assert english.body[0].value.slug == news.body[0].value.slug == "ecouter"


def test_bold_text_stays_one_sentence():
    news = make_page(NewsPage, "GUP", body=[TEXT])
    assert "Une <b>marche</b> avec les habitants." in segments_of(news)


@pytest.mark.parametrize("page_type", our_page_types())
def test_every_field_of_a_page_type_is_decided(page_type):
    assert list(check_decisions_on_translation(page_type)) == []


def test_values_that_identify_a_case_study_cannot_be_overridden_in_a_language():
    case = make_page(CaseStudyPage, "Citoyenneté des migrants", year_from=2015, family="sheet")
    source, _created = TranslationSource.update_or_create_from_instance(case)
    paths = set(OverridableSegment.objects.filter(source=source).values_list("context__path", flat=True))
    assert not paths & {"family", "lead", "programme", "year_from"}


def test_a_new_english_address_leaves_a_redirect_behind(client, django_capture_on_commit_callbacks):
    dossier = make_page(DossierPage, "GUP")
    english = translate_page(dossier, {"gup": "local-management"})
    before = english.url
    with django_capture_on_commit_callbacks(execute=True):
        translate_page(dossier, {"gup": "neighbourhood-management"})
    assert Redirect.objects.filter(old_path=before.rstrip("/")).exists()
    assert client.get(before).headers["Location"].endswith("/en/resources/neighbourhood-management/")


def test_deleting_only_the_translation_keeps_the_source_and_its_dates(client, admin_user):
    session = make_session()
    make_occurrence(session)
    english = translate_page(session)
    client.force_login(admin_user)
    response = client.post(f"/admin/pages/{english.pk}/delete/")
    assert response.status_code == 302
    assert not Page.objects.filter(pk=english.pk).exists()
    assert Occurrence.objects.for_page(session).count() == 1


def test_a_page_below_an_untranslated_one_is_shown_as_french(client):
    session = make_session()
    english = translate_page(session)
    copy = english.get_parent()
    assert copy.alias_of_id is not None
    html = client.get(copy.url).content.decode()
    assert '<html lang="en"' in html
    assert '<main id="content" lang="fr"' in html or 'lang="fr"' in html.split("<main", 1)[1].split(">", 1)[0]
    assert f'<link rel="canonical" href="{copy.alias_of.full_url}">' in html
    assert "noindex" in html


def test_a_copy_of_another_languages_page_is_announced_nowhere(client):
    copy = translate_page(make_session()).get_parent()
    source_html = client.get(copy.alias_of.url).content.decode()
    assert "hreflang" not in source_html.split("</head>")[0]
    assert f"<loc>{copy.full_url}</loc>" not in client.get("/sitemap-pages.xml").content.decode()


def test_a_command_lists_the_copies_that_wait_for_a_translation(capsys):
    copy = translate_page(make_session()).get_parent()
    call_command("list_aliases")
    said = capsys.readouterr().out
    assert copy.url in said
    assert "1 published copies" in said


def test_deleting_the_french_page_keeps_the_english_one_and_what_was_translated():
    dossier = make_page(DossierPage, "Gestion urbaine")
    english = translate_page(dossier, {"Gestion urbaine": "Urban management"})
    Page.objects.get(pk=dossier.pk).delete()
    assert Page.objects.get(pk=english.pk).title == "Urban management"
    assert StringTranslation.objects.filter(data="Urban management").exists()


def test_moving_a_page_leaves_its_translation_where_it_was():
    session = make_session()
    english = translate_page(session)
    other = make_session("Autre").get_parent()
    session.move(other, "last-child")
    assert Page.objects.get(pk=english.pk).get_parent().pk == english.get_parent().pk
    assert Locale.objects.get(language_code="en") == english.locale
