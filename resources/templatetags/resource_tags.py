"""Tags of dossiers, resources and case studies."""

from typing import Any

from django import template
from wagtail.models import Site

from portal.models import BasePage
from resources.booklets import booklet_of, known_size
from resources.citations import citation_of

register = template.Library()


@register.inclusion_tag("components/citation.html", takes_context=True)
def citation(context: dict[str, Any], page: BasePage) -> dict[str, Any]:
    """Show how to cite a page; nothing before it is published."""
    request = context.get("request")
    if page.pk is None or not page.live or request is None:
        return {"citation": None}
    source = page.alias_of.specific if page.alias_of_id else page
    return {"citation": citation_of(source, Site.find_for_request(request)), "page": source}


@register.inclusion_tag("components/booklet_link.html", takes_context=True)
def booklet_link(context: dict[str, Any], page: BasePage) -> dict[str, Any]:
    """Show the link to the PDF of a dossier, with its size where it is known; nothing before it is published."""
    if page.pk is None or not page.live:
        return {"page": None}
    if page.alias_of_id:
        return {"page": page.alias_of, "lang": page.alias_of.locale.language_code}
    return {"page": page, "size": known_size(booklet_of(page, context.get("groups")))}
