"""The public face of the search: what other apps call.

`refresh` and `remove` act after the commit of the transaction in progress and never raise; `search` answers a request.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model
from wagtail.models import Page

from search import sync
from search.registry import provider_for
from search.results import KindCount, OtherLanguage, SearchRequest, SearchResults, search

logger = logging.getLogger(__name__)

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


@dataclass(frozen=True)
class Job:
    """Something to do once the current transaction is committed. An error is logged, the caller never sees it."""

    action: Callable[..., None]
    arguments: tuple[object, ...]

    def __call__(self) -> None:
        """Do it."""
        try:
            self.action(*self.arguments)
        except Exception:
            logger.exception("The search entries of %s could not be refreshed", self.arguments)

    def schedule(self) -> None:
        """Do it after the commit, once: a page is saved several times on its way to being published.

        An equal job that waits already is enough: what undoes it, a savepoint still open, holds this one too.
        """
        waiting = transaction.get_connection().run_on_commit
        if not any(job == self for _savepoints, job, _robust in waiting):
            transaction.on_commit(self)


def refresh(instance: Model) -> None:
    """Bring the entries of `instance`, and of what depends on it, up to date after the commit.

    It is read again from the database then: what is only in memory does not count.
    """
    Job(sync.update, (type(instance), instance.pk)).schedule()


def refresh_branch(page: Page) -> None:
    """Bring the entries of `page` and of every page below it up to date after the commit."""
    Job(update_branch, (page.pk,)).schedule()


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
    sources = provider.sources(instance)
    left = tuple(sync.dependents(instance))
    for source in sources:
        Job(sync.write_nothing, (source,)).schedule()
    Job(sync.update_all, (left,)).schedule()


def rebuild(progress: Callable[[str], None] = lambda line: None) -> None:
    """Bring every entry up to date and index all of them again; `progress` receives a line now and then."""
    sync.rebuild(progress)
