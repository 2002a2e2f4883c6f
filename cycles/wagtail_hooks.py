"""Cycles in the admin: the way to their copy."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cycles import admin_views
from cycles.models import TrainingCyclePage


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Add our addresses to the admin's."""
    patterns = [path("<int:pk>/copy/", admin_views.copy, name="copy")]
    return [path("cycles/", include((patterns, "cycles_admin")))]


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Page, user: AbstractBaseUser, next_url: str | None = None) -> Iterator[Button]:
    """Offer the copy in the menu of a cycle in lists of pages."""
    if page.specific_class is TrainingCyclePage and admin_views.may_copy(user, page):
        yield Button(
            _("Copy with new dates"),
            reverse("cycles_admin:copy", args=[page.pk]),
            icon_name="calendar-alt",
            priority=35,
        )


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer the copy above the form of a cycle and the list of its sessions."""
    yield from listing_button(page, user)
