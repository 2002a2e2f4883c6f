"""What a page shows beside itself, as one list: what the editor chose, then what the search proposes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

from django.conf import settings
from wagtail.models import Page

from portal.blocks.anchors import inner_parts
from portal.blocks.links import RelatedPagesBlock
from search.models import SearchEntry
from search.related import Related, entries_of, related

if TYPE_CHECKING:
    from resources.models import CaseStudyPage, DossierPage


@dataclass(frozen=True)
class RelatedPages:
    """The pages to show: those that the editor chose, then those that nobody chose."""

    chosen: Sequence[Related]
    automatic: Sequence[Related]

    @property
    def items(self) -> list[Related]:
        """All of them, in the order of the page."""
        return [*self.chosen, *self.automatic]


def related_pages(page: Union["DossierPage", "CaseStudyPage"], shown: Iterable[str] = ()) -> RelatedPages:
    """Return what goes with a page and visitors may read, each once: six queries at most. `shown`: works told already.

    What the lists in its text name stands there, and is not told again. A page in another language is shown in the
    page's own, else in French.
    """
    there = {str(page.translation_key), *works_in_text(page)}
    listed = dict.fromkeys(str(row.related.translation_key) for row in page.related_chosen())
    works = [work for work in listed if work not in there]
    told = chosen(works, page.locale.language_code) if works else []
    return RelatedPages(told, related(page, [*shown, *there, *works]) if page.proposes_related else [])


def works_in_text(page: Union["DossierPage", "CaseStudyPage"]) -> list[str]:
    """Return the works that the lists of pages in a text name."""
    keys = [key for stream in page.streams for key in listed_pages(stream.stream_block, stream)]
    works = dict(Page.objects.filter(pk__in=keys).values_list("pk", "translation_key")) if keys else {}
    return [str(works[key]) for key in keys if key in works]


def listed_pages(block: Any, value: Any) -> Iterator[int]:
    """Yield the keys of the pages that the lists inside a block name."""
    if isinstance(block, RelatedPagesBlock):
        yield from (page.pk for page in value["pages"] if page)
        return
    for child, inner in inner_parts(block, value):
        yield from listed_pages(child, inner)


def chosen(works: Sequence[str], language: str) -> list[Related]:
    """Return the public pages of these works, in their order."""
    versions: dict[str, dict[str, SearchEntry]] = {}
    for entry in entries_of(works, [language, settings.LANGUAGE_CODE]):
        versions.setdefault(entry.work_key, {})[entry.language] = entry
    found = (versions.get(work, {}) for work in works)
    entries = (own.get(language) or own.get(settings.LANGUAGE_CODE) for own in found)
    return [Related(entry) for entry in entries if entry]
