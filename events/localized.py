"""Dates with their pages in the language of who reads."""

from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Page

from events.part_of import titles_of_wholes

if TYPE_CHECKING:
    from events.models import Occurrence


def with_pages(occurrences: "list[Occurrence]", language: str) -> "list[Occurrence]":
    """Give each date its page in a language, else in the original, as `localized_page`, and return them.

    The page of a session knows the title of its cycle as `part_of`; each knows the dates of it that are among these.
    """
    keys = {occurrence.page.translation_key for occurrence in occurrences}
    found = Page.objects.filter(translation_key__in=keys).live().public().prefetch_related("locale").specific()
    pages = {(page.translation_key, page.locale.language_code): page for page in found if page.alias_of_id is None}
    for occurrence in occurrences:
        key = occurrence.page.translation_key
        occurrence.localized_page = (
            pages.get((key, language)) or pages.get((key, settings.LANGUAGE_CODE)) or occurrence.page
        )
        occurrence.localized_page.occurrences = []
    wholes = titles_of_wholes(occurrence.localized_page for occurrence in occurrences)
    for occurrence in occurrences:
        occurrence.localized_page.part_of = wholes.get(occurrence.localized_page.pk, "")
        occurrence.localized_page.occurrences.append(occurrence)
    return occurrences
