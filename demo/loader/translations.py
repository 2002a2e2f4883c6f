"""English versions, made as the translation editor makes them: strings of the source, each with its translation."""

from collections import defaultdict

from django.contrib.auth.models import User
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from demo.loader.content import TARGET, PageFile, in_language, page_files
from demo.loader.pages import Pages, plain_value
from demo.loader.pictures import alternative_text
from home.models import HomePage
from portal.models import BasePage

TRANSLATED_FIELDS = ("period", "price_note", "introduction")


def translate(pages: Pages, key: str) -> None:
    """Publish the English version of a page, whose parent must have one; leave alone what is translated."""
    page = pages.get(key)
    english = Locale.objects.get(language_code=TARGET)
    if isinstance(page, HomePage):
        _compose_home(pages, page, english)
        return
    if Translation.objects.filter(source__object_id=page.translation_key, target_locale=english).exists():
        return
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    _store_strings(source, english, _texts_by_path(pages, key, page, english), pages.user)
    # Published here, not by the target's own publication: that one waits for a commit, which a test never makes.
    translation.save_target(user=pages.user, publish=False)
    page.get_translation(english).latest_revision.publish(user=pages.user)
    _date_back(page, english)


def _compose_home(pages: Pages, page: HomePage, english: Locale) -> None:
    """Write the English home page directly: each language composes its own."""
    translated = page.get_translation(english)
    if translated.body:
        return
    _write_english(pages, "home", translated)
    translated.save_revision(user=pages.user).publish(user=pages.user)


def _write_english(pages: Pages, key: str, page: BasePage) -> None:
    """Set every text of a page in English, in memory."""
    file = page_files()[key]
    page.title = page.draft_title = file["title"][TARGET]
    page.summary = in_language(file["summary"], TARGET)
    for name, value in file.get("fields", {}).items():
        if name in TRANSLATED_FIELDS:
            setattr(page, name, plain_value(value, TARGET, pages.calendar.years_of(key)))
    if "picture" in file:
        page.listing_image_alt = alternative_text(file["picture"], TARGET)
    pages.write_texts(page, key, TARGET)


def _texts_by_path(pages: Pages, key: str, page: BasePage, english: Locale) -> dict[str, list[str]]:
    """Return the English strings by their path in the page, in order: those of a copy that is never stored."""
    copy = type(page).objects.get(pk=page.pk)
    _write_english(pages, key, copy)
    copy.slug = _english_slug(page, page_files()[key], english)
    texts: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(copy):
        if isinstance(segment, StringSegmentValue):
            texts[_place(segment.path)].append(segment.string.data)
    return texts


def _place(path: str) -> str:
    """Return the path of a string; that of its table for a cell, which is named after what it says in its language."""
    return path.partition(".cell-")[0]


def _english_slug(page: BasePage, file: PageFile, english: Locale) -> str:
    """Return the slug of the file, or the one that the skeleton's English page has."""
    if "slug" in file:
        return file["slug"][TARGET]
    return page.get_translation(english).slug


def _store_strings(source: TranslationSource, english: Locale, texts: dict[str, list[str]], user: User | None) -> None:
    """Store the translation of each string of a source. Raises ValueError where a text lacks its English."""
    for segment in source.stringsegment_set.select_related("string", "context").order_by("order"):
        path = _place(segment.context.path)
        if not texts[path]:
            raise ValueError(f"No English for «{segment.string.data}» ({source.object_repr}, {path}).")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            defaults={
                "data": texts[path].pop(0),
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": user,
            },
        )
    left = {path: rest for path, rest in texts.items() if rest}
    if left:
        raise ValueError(f"English without French in {source.object_repr}: {left}.")


def _date_back(page: BasePage, english: Locale) -> None:
    """Say that the English was first published on the day of the French."""
    type(page).objects.filter(pk=page.get_translation(english).pk).update(first_published_at=page.first_published_at)
