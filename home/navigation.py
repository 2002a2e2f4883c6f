"""The menus, from the tree."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from home.models import ContactPage, HomePage, LegalPage


@dataclass(frozen=True)
class MenuItem:
    """A page in a menu. `is_current`: the page shown, or one that holds it."""

    title: str
    url: str
    is_current: bool
    page: Page


def home_in(language: str | None = None) -> HomePage | None:
    """Return the published home page of a language (the active one by default), else that of the source language."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    homes = HomePage.objects.live().filter(locale__language_code__in=[wanted, settings.LANGUAGE_CODE])
    chosen_first = Case(
        When(locale__language_code=wanted, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return homes.order_by(chosen_first).first()


def main_menu(request: HttpRequest, current: Page | None) -> list[MenuItem]:
    """Return the pages under the home of the active language that editors put in the menu."""
    home = home_in()
    pages = Page.objects.child_of(home).live().public().in_menu() if home else Page.objects.none()
    return _items(pages, request, current)


def footer_menu(request: HttpRequest, current: Page | None) -> list[MenuItem]:
    """Return the contact page and the legal pages of the active language."""
    home = home_in()
    pages = Page.objects.child_of(home).live().public().type(ContactPage, LegalPage) if home else Page.objects.none()
    return _items(pages, request, current)


def _items(pages: QuerySet, request: HttpRequest, current: Page | None) -> list[MenuItem]:
    path = current.path if current else ""
    return [
        MenuItem(page.title, page.get_url(request) or "", path.startswith(page.path), page)
        for page in pages.order_by("path").select_related("locale").defer_streamfields()
    ]
