"""Lists of pages in two languages: what is translated first, then what is not, under its French title."""

from dataclasses import dataclass

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import Page, PageViewRestriction

from portal.models import BasePage


@dataclass(frozen=True)
class ListedPage:
    """A page in a list. `is_untranslated`: the list's language has no version of it, and the source stands in."""

    page: Page
    lang: str
    is_untranslated: bool


def in_language(pages: QuerySet, language: str) -> QuerySet:
    """Keep the published, unrestricted pages of a language that are not copies of another language's page."""
    return pages.live().public().filter(locale__language_code=language, alias_of__isnull=True)


def children_in_language(index: BasePage, *types: type[Page], order: str = "-first_published_at") -> list[int]:
    """Return the ids of the pages below an index (of all types, or those given): its language's, then the others."""
    source = index.source_page
    language = index.locale.language_code
    own = _children(index, types, language)
    found = list(own.order_by(order).values_list("pk", flat=True))
    if source.pk != index.pk:
        rest = _children(source, types, source.locale.language_code)
        rest = rest.exclude(translation_key__in=own.values("translation_key"))
        found.extend(rest.order_by(order).values_list("pk", flat=True))
    return found


def _children(parent: Page, types: tuple[type[Page], ...], language: str) -> QuerySet:
    pages = in_language(Page.objects.child_of(parent), language)
    return pages.type(*types) if types else pages


def readable(page_type: type[Page]) -> QuerySet:
    """Return the pages of a type that a visitor may read, in one query: `public()` asks for the restrictions first."""
    above = PageViewRestriction.objects.annotate(
        path_below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    return page_type.objects.live().exclude(Exists(above.filter(path_below__startswith=F("page__path"))))


def listed(ids: list[int], language: str, among: QuerySet | None = None) -> list[ListedPage]:
    """Return the pages of these ids (only those `among` some), in their order.

    Two queries and one per page type; a single one where the type is known.
    """
    known = (Page.objects.all() if among is None else among).filter(pk__in=ids)
    rows = known.prefetch_related("locale").specific() if known.model is Page else known.select_related("locale")
    pages = {page.pk: page for page in rows}
    return [
        ListedPage(page, page.locale.language_code, page.locale.language_code != language)
        for page in (pages[pk] for pk in ids if pk in pages)
    ]
