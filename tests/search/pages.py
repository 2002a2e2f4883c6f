"""Real pages, made directly."""

from typing import Any

from wagtail.models import Page

from resources.models import DossierPage, ResourcePage
from search.models import SearchEntry
from tests.search.conftest import find_results


def dossier(parent: Page, title: str = "Gestion urbaine de proximité", **values: Any) -> DossierPage:
    """Return a published dossier below `parent`."""
    page = DossierPage(title=title, locale=parent.locale, **values)
    parent.add_child(instance=page)
    return page


def resource(parent: Page, title: str = "Guide", **values: Any) -> ResourcePage:
    """Return a published resource below `parent`."""
    page = ResourcePage(title=title, locale=parent.locale, **values)
    parent.add_child(instance=page)
    return page


def found(text: str, language: str = "fr") -> list[str]:
    """Return everything that the page of results tells: titles of both languages, and never more than it counts."""
    results = find_results(text, language)
    titles = [hit.entry.title for hit in results.hits]
    assert results.total == len(titles) == results.total_of_all_kinds
    for other in results.others:
        titles += [hit.entry.title for hit in other.hits]
        assert other.total == len(other.hits)
    return titles


def entry_of(page: Page) -> SearchEntry | None:
    """Return the entry of a page, if it has one."""
    return SearchEntry.objects.filter(source_model="wagtailcore.page", source_key=str(page.pk)).first()
