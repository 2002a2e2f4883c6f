"""Tags and filters that templates share."""

from decimal import Decimal
from html import unescape
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language
from wagtail.models import Page

from portal import languages
from portal.social import social_card
from portal.structured_data import ScriptData, page_graph
from portal.words import one_line

register = template.Library()
NO_BREAK_SPACE = "\u00a0"
SYMBOLS = {"EUR": "€"}


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> list[languages.LanguageLink]:
    """Return the links of the language switcher; none where there is no request."""
    request = context.get("request")
    return languages.language_links(request, _shown_page(context), context.get("addresses")) if request else []


@register.inclusion_tag("components/head_links.html", takes_context=True)
def page_head(context: dict[str, Any]) -> dict[str, Any]:
    """Write the canonical address, the other languages, and whether search engines may keep the page."""
    return _head_links(context)


@register.inclusion_tag("components/social.html", takes_context=True)
def social(context: dict[str, Any]) -> dict[str, Any]:
    """Write what a link to the page shows where it is shared; nothing where there is no request.

    A view may say in `description` what its page holds.
    """
    request = context.get("request")
    if request is None:
        return {"card": None}
    card = social_card(request, _shown_page(context), _head_links(context), context.get("centre"))
    if description := context.get("description"):
        card = {**card, "description": description}
    return {"card": card, "card_title": context.get("card_title", "")}


def _head_links(context: dict[str, Any]) -> dict[str, Any]:
    """Return the links of the head, read once a request: two components show them."""
    request, page, is_hidden = context["request"], _shown_page(context), bool(context.get("is_hidden"))
    if not hasattr(request, "head_links"):
        request.head_links = languages.head_links(request, page, context.get("addresses"), is_hidden)
    return request.head_links


@register.tag
def card_title(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Write what stands inside, and keep it as the title of the page where it is shared."""
    inside = parser.parse(("endcard_title",))
    parser.delete_first_token()
    return CardTitleNode(inside)


class CardTitleNode(template.Node):
    """The title of a page, said once by its template, read twice."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        """Render what stands inside; as plain text it is `card_title` from here on."""
        written = self.nodelist.render(context)
        context["card_title"] = one_line(unescape(written))
        return written


@register.inclusion_tag("components/structured_data.html", takes_context=True)
def structured_data(context: dict[str, Any]) -> dict[str, Any]:
    """Write what search engines read of the page shown."""
    graph = page_graph(_shown_page(context), context.get("centre"))
    return {"data": ScriptData(graph) if graph else None}


def _shown_page(context: dict[str, Any]) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None


@register.filter
def money(amount: Decimal | int | None, currency: str = "EUR") -> str:
    """Write an amount in the active language: «150 €» in French, «€150» in English; cents only when there are some."""
    if amount is None:
        return ""
    value = Decimal(amount)
    decimals = 0 if value == value.to_integral_value() else 2
    number = number_format(value, decimals, use_l10n=True, force_grouping=True)
    symbol = SYMBOLS.get(currency, currency)
    if (get_language() or "fr").startswith("fr"):
        return f"{number}{NO_BREAK_SPACE}{symbol}"
    return f"{symbol}{number}" if symbol in SYMBOLS.values() else f"{number}{NO_BREAK_SPACE}{symbol}"


@register.filter
def localized(page: Page | None) -> Page | None:
    """Return a chosen page in the active language where it has a real, published version in it, else the page."""
    if page is None or page.locale.language_code == get_language():
        return page
    return languages.translations_of(page).get(get_language() or "", page)
