"""The public face of the search: what other apps call.

`refresh` and `remove` act after the commit of the transaction in progress and never raise; `search` answers a request.
"""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.db.models import Model
from wagtail.models import Page

from search import sync
from search.registry import provider_for
from search.results import KindCount, OtherLanguage, SearchRequest, SearchResults, search

__all__ = [
    "KindCount",
    "OtherLanguage",
    "SearchRequest",
    "SearchResults",
    "rebuild",
    "refresh",
    "refresh_branch",
    "remove",
    "search",
]


def after_commit(action: Callable[[], None]) -> None:
    """Run `action` once the current transaction is committed; an error is logged, the caller never sees it."""
    transaction.on_commit(action, robust=True)


def refresh(instance: Model) -> None:
    """Bring the entries of `instance`, and of what depends on it, up to date after the commit.

    It is read again from the database then: what is only in memory does not count.
    """
    after_commit(partial(sync.update, type(instance), instance.pk))


def refresh_branch(page: Page) -> None:
    """Bring the entries of `page` and of every page below it up to date after the commit."""
    after_commit(partial(update_branch, page.pk))


def update_branch(key: int) -> None:
    """Update a page and every page below it."""
    page = Page.objects.filter(pk=key).first()
    if page is not None:
        for pk in page.get_descendants(inclusive=True).values_list("pk", flat=True):
            sync.update(Page, pk)


def remove(instance: Model) -> None:
    """Remove the entries of `instance`, which is being deleted, and refresh what depended on it, after the commit."""
    provider = provider_for(instance)
    if provider is None:
        return
    source = provider.source(instance)
    left = [(owner, dependent) for owner, dependent in sync.dependents(instance) if dependent != instance]
    after_commit(partial(sync.write_nothing, source))
    after_commit(partial(sync.update_all, left))


def rebuild(progress: Callable[[str], None] = lambda line: None) -> None:
    """Bring every entry up to date and index all of them again; `progress` receives a line now and then."""
    sync.rebuild(progress)
