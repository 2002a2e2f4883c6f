"""How dossiers whose body was one flat run of blocks were turned into chapters."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from wagtail.models import Locale, Revision
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext, TranslationSource
from wagtail_localize.strings import StringValue

from resources.models import DossierPage
from tests.factories.pages import make_page, translate_page
from tests.factories.streams import stored, stored_chapter, stored_heading, stored_text

pytestmark = pytest.mark.django_db
migration = import_module("resources.migrations.0002_dossiers_that_assemble")


def flat_body():
    return [
        stored_text("Un lampadaire éteint."),
        stored("callout", {"kind": "information", "title": "", "text": "<p>Avant tout.</p>"}),
        stored_heading("Installer", "h2"),
        stored_text("Marcher."),
        stored_heading("Un détail", "h3"),
        stored_heading("Évaluer", "h2", "evaluer"),
        stored_text("Compter."),
    ]


def test_a_flat_body_becomes_chapters_without_loss():
    flat = flat_body()
    introduction, chapters, _places = migration.to_chapters(flat, "key")
    assert introduction == "<p>Un lampadaire éteint.</p>"
    assert [chapter["value"]["title"] for chapter in chapters] == ["Introduction", "Installer", "Évaluer"]
    assert [chapter["value"]["anchor"] for chapter in chapters] == ["", "", "evaluer"]
    assert [chapter["value"]["content"] for chapter in chapters] == [[flat[1]], [flat[3], flat[4]], [flat[6]]]
    assert [chapter["id"] for chapter in chapters[1:]] == [flat[2]["id"], flat[5]["id"]]


def test_chapters_are_left_as_they_are():
    chapters = [stored_chapter("Un", stored_text("Texte."))]
    assert migration.to_chapters(chapters, "key") == ("", chapters, {})


def test_the_migration_converts_pages_revisions_and_keeps_their_translations():
    dossier, flat = make_page(DossierPage, "La proximité"), flat_body()
    english = translate_page(dossier)
    translation = Translation.objects.get(source__object_id=dossier.translation_key)
    _store_flat(dossier, flat)
    _store_flat(english, flat)
    words = {
        f"body.{flat[0]['id']}": ("Un lampadaire éteint.", "A street lamp that is out."),
        f"body.{flat[2]['id']}.text": ("Installer", "Setting it up"),
        f"body.{flat[6]['id']}": ("Compter.", "Counting."),
    }
    _store_old_translations(translation.source, words)

    migration.assemble(apps, None)

    dossier = DossierPage.objects.get(pk=dossier.pk)
    assert dossier.introduction == "<p>Un lampadaire éteint.</p>"
    assert [entry[0] for entry in dossier.contents] == ["Introduction", "Installer", "Évaluer"]
    assert dossier.latest_revision.as_object().contents == dossier.contents
    TranslationSource.update_or_create_from_instance(dossier)
    translation.refresh_from_db()
    translation.save_target(publish=False)
    draft = english.__class__.objects.get(pk=english.pk).latest_revision.as_object()
    assert draft.introduction == "<p>A street lamp that is out.</p>"
    assert draft.contents[1][0] == "Setting it up"
    assert "Counting." in str(draft.body)


def _store_flat(page, flat):
    """Write a body as it was stored before chapters, in the page and in its revisions."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE resources_dossierpage SET body = %s WHERE page_ptr_id = %s", [json.dumps(flat), page.pk])
    for revision in Revision.objects.for_instance(page):
        revision.content["body"] = json.dumps(flat)
        del revision.content["introduction"]
        revision.save()


def _store_old_translations(source, words):
    """Keep translations under the places that a flat body had."""
    french, english = Locale.objects.get(language_code="fr"), Locale.objects.get(language_code="en")
    for path, (text, translated) in words.items():
        string = String.from_value(french, StringValue.from_plaintext(text))
        context = TranslationContext.objects.create(
            object_id=source.object_id, path=path, path_id=TranslationContext._get_path_id(path)
        )
        StringTranslation.objects.create(translation_of=string, locale=english, context=context, data=translated)
