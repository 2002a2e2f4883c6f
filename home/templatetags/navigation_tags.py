"""Menus for templates."""

from typing import Any

from django import template
from wagtail.models import Page

from home import navigation

register = template.Library()


def _current(context: dict[str, Any]) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> list[navigation.MenuItem]:
    """Return the items of the main menu; none where there is no request (the page of an error)."""
    request = context.get("request")
    return navigation.main_menu(request, _current(context)) if request else []


@register.simple_tag(takes_context=True)
def footer_menu(context: dict[str, Any]) -> list[navigation.MenuItem]:
    """Return the items of the footer."""
    request = context.get("request")
    return navigation.footer_menu(request, _current(context)) if request else []


@register.simple_tag
def home_page() -> Page | None:
    """Return the home page of the active language."""
    return navigation.home_in()
