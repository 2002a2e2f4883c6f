"""The dates ahead, as the home page and the training page show them."""

from django.conf import settings
from wagtail.models import Page

from events.models import Occurrence
from events.part_of import titles_of_wholes


def next_occurrences(language: str, page_types: tuple[type[Page], ...] = (), limit: int = 6) -> list[Occurrence]:
    """Return the next published dates, soonest first, each with its page in a language as `localized_page`.

    The page of a session knows the title of its cycle as `part_of`.
    """
    rows = Occurrence.objects.published().upcoming().filter(day__isnull=False).with_details()
    if page_types:
        rows = rows.filter(page__in=Page.objects.type(*page_types).values("pk"))
    occurrences = list(rows[:limit])
    keys = [occurrence.page.translation_key for occurrence in occurrences]
    found = Page.objects.filter(translation_key__in=keys).live().public().prefetch_related("locale").specific()
    pages = {(page.translation_key, page.locale.language_code): page for page in found if page.alias_of_id is None}
    for occurrence in occurrences:
        key = occurrence.page.translation_key
        occurrence.localized_page = (
            pages.get((key, language)) or pages.get((key, settings.LANGUAGE_CODE)) or occurrence.page
        )
    wholes = titles_of_wholes(occurrence.localized_page for occurrence in occurrences)
    for occurrence in occurrences:
        occurrence.localized_page.part_of = wholes.get(occurrence.localized_page.pk, "")
    return occurrences
