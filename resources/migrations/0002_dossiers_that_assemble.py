"""Dossiers get an introduction, chapters and the pages they gather. Their bodies were one flat run of blocks."""

import json
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import django.db.models.deletion
import modelcluster.fields
import portal.blocks.streams
import wagtail.fields
from django.db import migrations, models
from django.db.models import F, JSONField
from django.db.models.functions import Cast
from wagtail.blocks import StreamValue

# wagtail-localize finds the translation of a text by this name of its place (TranslationContext._get_path_id).
PATH_NAMESPACE = UUID("fcab004a-2b50-11ea-978f-2e728ce88125")


def to_chapters(blocks, key):
    """Return the introduction, the chapters, and where each place of a text went, of a flat body.

    A first text becomes the introduction; each section heading opens a chapter and gives it its identifier, so that
    both languages agree. What stands before the first one becomes a chapter «Introduction», a word of both languages.
    """
    introduction, chapters, places = "", [], {}
    rest = [{**block, "id": block.get("id") or str(uuid4())} for block in blocks]
    if rest and rest[0]["type"] == "text":
        first = rest.pop(0)
        introduction = first["value"]
        places[f"body.{first['id']}"] = "introduction"
    for block in rest:
        if block["type"] == "chapter":
            chapters.append(block)
        elif block["type"] == "heading" and block["value"].get("level", "h2") == "h2":
            heading = block["value"]
            chapters.append(_chapter(block["id"], heading.get("text", ""), heading.get("anchor", "")))
            places[f"body.{block['id']}.text"] = f"body.{block['id']}.title"
        else:
            if not chapters:
                chapters.append(_chapter(str(uuid5(NAMESPACE_URL, f"introduction:{key}")), "Introduction", ""))
            chapters[-1]["value"]["content"].append(block)
            places[f"body.{block['id']}"] = f"body.{chapters[-1]['id']}.content.{block['id']}"
    return introduction, chapters, places


def _chapter(identifier, title, anchor):
    return {"type": "chapter", "value": {"title": title, "anchor": anchor, "content": []}, "id": identifier}


def assemble(apps, schema_editor):
    """Convert the pages, their revisions, and what wagtail-localize keeps of them."""
    places = {}
    model = apps.get_model("resources", "DossierPage")
    for page in model.objects.annotate(flat=Cast(F("body"), JSONField())):
        places.setdefault(page.translation_key, {}).update(_convert_page(page))
        for revision in apps.get_model("wagtailcore", "Revision").objects.filter(
            object_id=str(page.pk), base_content_type__app_label="wagtailcore", base_content_type__model="page"
        ):
            moved = _convert_content(revision.content, page.translation_key)
            places[page.translation_key].update(moved)
            revision.save(update_fields=["content"])
    for source in apps.get_model("wagtail_localize", "TranslationSource").objects.filter(object_id__in=places):
        content = json.loads(source.content_json)
        places[source.object_id].update(_convert_content(content, source.object_id))
        source.content_json = json.dumps(content)
        source.save(update_fields=["content_json"])
    _move_translations(apps, places)


def _convert_page(page):
    introduction, chapters, places = to_chapters(page.flat or [], page.translation_key)
    page.introduction = page.introduction or introduction
    page.body = StreamValue(page.body.stream_block, chapters, is_lazy=True)
    page.save(update_fields=["introduction", "body"])
    return places


def _convert_content(content, key):
    """Convert the body in the stored form of a whole page, in place; return where its texts went."""
    introduction, chapters, places = to_chapters(json.loads(content.get("body") or "[]"), key)
    content["introduction"] = content.get("introduction") or introduction
    content["body"] = json.dumps(chapters)
    return places


def _move_translations(apps, places):
    """Give each stored translation the new place of its text, so that the next synchronisation finds it."""
    contexts = apps.get_model("wagtail_localize", "TranslationContext").objects
    for key, moved in places.items():
        for context in contexts.filter(object_id=key, path__startswith="body."):
            # As long as the place of a whole block: «body.<identifier>», or a heading's own text.
            start = next((old for old in moved if context.path == old or context.path.startswith(f"{old}.")), None)
            if start is None:
                continue
            context.path = moved[start] + context.path[len(start) :]
            context.path_id = uuid5(PATH_NAMESPACE, context.path)
            context.field_path = ""
            context.save(update_fields=["path", "path_id", "field_path"])


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossierpage",
            name="introduction",
            field=wagtail.fields.RichTextField(blank=True, verbose_name="introduction"),
        ),
        migrations.AlterField(
            model_name="dossierpage",
            name="body",
            field=portal.blocks.streams.PortalStreamField([], blank=True, verbose_name="chapters"),
        ),
        migrations.CreateModel(
            name="DossierItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("label_fr", models.CharField(blank=True, max_length=200, verbose_name="note in French")),
                ("label_en", models.CharField(blank=True, max_length=200, verbose_name="note in English")),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dossier_items",
                        to="resources.dossierpage",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dossier_rows",
                        to="wagtailcore.page",
                        verbose_name="page",
                    ),
                ),
            ],
            options={"ordering": ["sort_order"], "abstract": False},
        ),
        migrations.RunPython(assemble, migrations.RunPython.noop, elidable=True),
    ]
