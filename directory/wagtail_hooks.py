"""The directory's place in the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from directory import merge_views
from directory.viewsets import DirectoryGroup

register_snippet(DirectoryGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Add the addresses of merging to the admin's."""
    patterns = [
        path("<slug:kind>/", merge_views.likely, name="likely"),
        path("<slug:kind>/<int:pk>/", merge_views.choose, name="choose"),
        path("<slug:kind>/<int:kept_pk>/<int:merged_pk>/", merge_views.confirm, name="confirm"),
    ]
    return [path("duplicates/", include((patterns, "duplicates")))]


@hooks.register("register_snippet_listing_buttons")
def merge_button(snippet: Any, user: AbstractBaseUser, next_url: str | None = None) -> Iterator[Button]:
    """Offer the merge in the lists of organisations and of people."""
    for kind, model in merge_views.KINDS.items():
        if type(snippet) is model and merge_views.may_merge(user, model):
            yield Button(
                _("Merge with a duplicate"),
                reverse("duplicates:choose", args=[kind, snippet.pk]),
                icon_name="resubmit",
                priority=25,
            )


class DuplicatesItem(MenuItem):
    """The line of the menu that leads to likely duplicates, for those who may merge."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may merge organisations."""
        return merge_views.may_merge(request.user, merge_views.KINDS["organisation"])


@hooks.register("register_training_menu_item")
def duplicates_item() -> MenuItem:
    """Stand after what the officer uses each day."""
    address = lazy(reverse, str)("duplicates:likely", args=["organisation"])
    return DuplicatesItem(_("Duplicates"), address, name="duplicates", icon_name="resubmit", order=500)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is logged."""
    actions.register_action("directory.merge", _("Merge"), _("Merged another row into this one"))
