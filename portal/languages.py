"""The other languages of what is shown: the switcher's links, and what search engines are told."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, gettext, override
from wagtail.models import Page


@dataclass(frozen=True)
class LanguageLink:
    """A link of the switcher. Without `exists`, `url` leads to the nearest translated parent and `note` says so."""

    code: str
    label: str
    url: str
    is_current: bool
    exists: bool
    note: str = ""


def translations_of(page: Page) -> dict[str, Page]:
    """Return by language the published versions of a page that are real: no alias, no restriction."""
    versions = Page.objects.live().public().filter(translation_key=page.translation_key, alias_of__isnull=True)
    return {version.locale.language_code: version for version in versions.select_related("locale")}


def language_links(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    """Return one link per language, for a page or, without one, for the address shown (its query kept)."""
    return _view_links(request) if page is None else _page_links(request, page)


def _view_links(request: HttpRequest) -> list[LanguageLink]:
    active = get_language()
    links = []
    for code, label in settings.LANGUAGES:
        url = translate_url(request.get_full_path(), code)
        if url == request.get_full_path() and code != active:
            url = f"/{code}/"
        links.append(LanguageLink(code, str(label), url, code == active, exists=True))
    return links


def _page_links(request: HttpRequest, page: Page) -> list[LanguageLink]:
    versions = translations_of(page)
    query = request.META.get("QUERY_STRING", "")
    active = page.locale.language_code
    links = []
    for code, label in settings.LANGUAGES:
        version = page if code == active else versions.get(code)
        if version is not None:
            url = version.get_url(request) or ""
            url = f"{url}?{query}" if query else url
            links.append(LanguageLink(code, str(label), url, code == active, exists=True))
        else:
            with override(code):
                note = gettext("This page is not available in English: the link leads to the nearest page that is.")
                if code == settings.LANGUAGE_CODE:
                    note = gettext("This page is not available in French: the link leads to the nearest page that is.")
            links.append(LanguageLink(code, str(label), _nearest(request, page, code), False, exists=False, note=note))
    return links


def _nearest(request: HttpRequest, page: Page, code: str) -> str:
    """Return the address of the nearest ancestor that has a real version in a language."""
    ancestors = page.get_ancestors().filter(depth__gt=1)
    keys = list(ancestors.order_by("-depth").values_list("translation_key", flat=True))
    versions = (
        Page.objects.live().public().filter(translation_key__in=keys, locale__language_code=code, alias_of__isnull=True)
    )
    by_key = {version.translation_key: version for version in versions}
    nearest = next((by_key[key] for key in keys if key in by_key), None)
    return (nearest.get_url(request) if nearest else None) or f"/{code}/"


def head_links(request: HttpRequest, page: Page | None) -> dict[str, Any]:
    """Return `canonical`, `alternates` ((language, address) pairs, x-default last) and `is_hidden` for the head.

    A copy of another language's page points to its source, and is announced nowhere.
    """
    if page is None or page.pk is None:
        return {"canonical": "", "alternates": [], "is_hidden": False}
    if page.alias_of_id:
        source = page.alias_of
        return {"canonical": source.get_full_url(request) or "", "alternates": [], "is_hidden": True}
    alternates = alternates_of(page, request)
    return {"canonical": page.get_full_url(request) or "", "alternates": alternates, "is_hidden": False}


def alternates_of(page: Page, request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """Return (language, absolute address) of each real version, and x-default; empty when there is only one."""
    versions = translations_of(page)
    if len(versions) < 2:
        return []
    urls = [(code, versions[code].get_full_url(request) or "") for code in sorted(versions, reverse=True)]
    default = versions.get(settings.LANGUAGE_CODE) or page
    return [*urls, ("x-default", default.get_full_url(request) or "")]
