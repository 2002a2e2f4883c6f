"""Lists of pages in two languages: what is translated first, then what is not, under its French title."""

from dataclasses import dataclass

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from portal.models import BasePage

PAGE_SIZE = 20


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


def paginated(ids: list[int], language: str, request: HttpRequest, size: int = PAGE_SIZE) -> ListPage:
    """Return the page of the list that `?page=` asks for (the nearest one that exists), as `ListedPage` objects."""
    shown = Paginator(ids, size).get_page(request.GET.get("page"))
    shown.object_list = listed(list(shown.object_list), language)
    return shown


def listed(ids: list[int], language: str) -> list[ListedPage]:
    """Return the pages of these ids, in their order, in two queries per page type."""
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids).prefetch_related("locale").specific()}
    return [
        ListedPage(page, page.locale.language_code, page.locale.language_code != language)
        for page in (pages[pk] for pk in ids if pk in pages)
    ]
