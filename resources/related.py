"""What a page shows beside itself: what the editor chose, or what the search proposes where nothing was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from django.conf import settings

from search.models import SearchEntry
from search.related import Related, entries_of, related

if TYPE_CHECKING:
    from resources.models import CaseStudyPage, DossierPage


@dataclass(frozen=True)
class RelatedPages:
    """The pages to show; `is_automatic`: nobody chose them."""

    items: Sequence[Related]
    is_automatic: bool


def related_pages(page: Union["DossierPage", "CaseStudyPage"], shown: Iterable[str] = ()) -> RelatedPages:
    """Return what goes with a page and visitors may read: three queries at most. `shown`: works that it tells already.

    A page chosen in another language is shown in the page's own, else in French.
    """
    rows = page.related_chosen()
    if rows:
        works = list(dict.fromkeys(str(row.related.translation_key) for row in rows))
        own = str(page.translation_key)
        return RelatedPages(chosen([work for work in works if work != own], page.locale.language_code), False)
    return RelatedPages(related(page, shown) if page.proposes_related else [], True)


def chosen(works: Sequence[str], language: str) -> list[Related]:
    """Return the public pages of these works, in their order."""
    versions: dict[str, dict[str, SearchEntry]] = {}
    for entry in entries_of(works, [language, settings.LANGUAGE_CODE]):
        versions.setdefault(entry.work_key, {})[entry.language] = entry
    found = (versions.get(work, {}) for work in works)
    entries = (own.get(language) or own.get(settings.LANGUAGE_CODE) for own in found)
    return [Related(entry) for entry in entries if entry]
