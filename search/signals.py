"""What makes an entry stale. Every handler only notes what to refresh after the commit.

`post_save` is enough for pages: publishing, unpublishing, copying and programmatic saves all go through `Page.save`,
whose transaction ends after child rows are written. A draft saves the page too, but not its published fields.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from search import services
from search.registry import is_watched, provider_for


def saved(instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """Refresh an instance that a provider describes, or what depends on it."""
    if not raw and is_watched(instance):
        services.refresh(instance)


def deleted(instance: Model, **kwargs: Any) -> None:
    """Remove the entries of an instance that a provider describes, while what it refers to is still known."""
    if provider_for(instance):
        services.remove(instance)


def branch_changed(instance: Page, **kwargs: Any) -> None:
    """Refresh a page and all below it: their addresses or their privacy have changed."""
    services.refresh_branch(instance)


def page_restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Refresh the branch on which a restriction was set, changed or lifted."""
    services.refresh_branch(instance.page)


def collection_restriction_changed(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """Refresh the documents of the collections on which a restriction was set, changed or lifted."""
    services.refresh(instance.collection)


def connect() -> None:
    """Listen. Saving and deleting are heard for every model, since providers register theirs later."""
    post_save.connect(saved, dispatch_uid="search_saved")
    pre_delete.connect(deleted, dispatch_uid="search_deleted")
    page_slug_changed.connect(branch_changed, dispatch_uid="search_slug_changed")
    post_page_move.connect(branch_changed, dispatch_uid="search_page_moved")
    for signal in (post_save, post_delete):
        signal.connect(page_restriction_changed, sender=PageViewRestriction, dispatch_uid="search_page_restriction")
        signal.connect(
            collection_restriction_changed, sender=CollectionViewRestriction, dispatch_uid="search_restriction"
        )
