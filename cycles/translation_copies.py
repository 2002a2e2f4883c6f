"""The translations of a page that was copied: what was translated once stays so in the copy."""

from django.contrib.auth.models import AbstractBaseUser
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from cycles.draft_copies import copy_as_draft


def copy_translations(
    source: Page, copied: Page, words: dict[str, dict[str, str]], user: AbstractBaseUser | None
) -> None:
    """Give a copy a draft in each language that its source was translated into.

    `words` are texts by language and field that differ from those of the source's translation. A translation made in
    the translation editor is copied with its strings, so that the editor goes on from there; another one as a page.
    """
    for translated in source.get_translations().filter(alias_of__isnull=True).specific():
        own = words.get(translated.locale.language_code, {})
        translation = Translation.objects.filter(
            source__object_id=source.translation_key, target_locale=translated.locale, enabled=True
        ).first()
        if translation is not None:
            _copy_strings(translation, copied, own, user)
        else:
            _copy_page(translated, copied, own, user)


def _copy_strings(old: Translation, copied: Page, words: dict[str, str], user: AbstractBaseUser | None) -> None:
    """Translate a copy by the strings of its source's translation, field by field."""
    locale = old.target_locale
    source, _created = TranslationSource.update_or_create_from_instance(copied)
    new = Translation.objects.create(source=source, target_locale=locale)
    known = {
        (row.context.path, row.translation_of_id): row.data
        for row in StringTranslation.objects.filter(
            context__object_id=old.source.object_id, locale=locale
        ).select_related("context")
    }
    for segment in source.stringsegment_set.select_related("string", "context"):
        text = words.get(segment.context.path) or known.get((segment.context.path, segment.string_id))
        if text:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": text, "last_translated_by": user},
            )
    overrides = SegmentOverride.objects.filter(context__object_id=old.source.object_id, locale=locale)
    by_path = {row.context.path: row.data_json for row in overrides.select_related("context")}
    for segment in source.overridablesegment_set.select_related("context"):
        if segment.context.path in by_path:
            SegmentOverride.objects.create(
                locale=locale,
                context=segment.context,
                data_json=by_path[segment.context.path],
                last_translated_by=user,
            )
    new.save_target(user=user, publish=False)


def _copy_page(translated: Page, copied: Page, words: dict[str, str], user: AbstractBaseUser | None) -> None:
    """Copy a translation that was written as a page of its own, below the copy's parent in that language."""
    parent = copied.get_parent().get_translation_or_none(translated.locale)
    if parent is None:
        return
    fields = {**words, "slug": find_available_slug(parent, words.get("slug") or translated.slug)}
    if "title" in words:
        fields["draft_title"] = words["title"]
    copy_as_draft(translated, parent, {**fields, "translation_key": copied.translation_key}, user)
