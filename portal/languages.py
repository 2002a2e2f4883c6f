"""The other languages of what is shown: the switcher's links, and what search engines are told.

Pages know their translations. A view says with `@bilingual` that it answers in every language, at the addresses that
Django translates into each other; whatever says nothing (a search, a form, an error) is announced nowhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, gettext, override
from wagtail.models import Page, Site

View = TypeVar("View", bound=Callable[..., Any])
# By view, what returns its addresses in the active language, for the sitemap.
_listed: dict[str, Callable[[], Iterable[str]]] = {}


def bilingual(addresses: Callable[[], Iterable[str]] | None = None) -> Callable[[View], View]:
    """Return a decorator for a view that answers in every language.

    Its answers then have a canonical address and alternates; `is_hidden` in their context keeps one of them out of
    search engines. `addresses` returns those to put in the sitemap, reversed in the active language. Where the parts
    of an address differ beyond what Django translates (a slug), the context's `addresses` maps languages to paths.
    """

    def mark(view: View) -> View:
        view.is_bilingual = True  # type: ignore[attr-defined]
        if addresses is not None:
            _listed[f"{view.__module__}.{view.__qualname__}"] = addresses
        return view

    return mark


def listed_addresses() -> list[dict[str, str]]:
    """Return the addresses of views for the sitemap: each a path by language."""
    rows = []
    for addresses in _listed.values():
        by_language = {}
        for code, _label in settings.LANGUAGES:
            with override(code):
                by_language[code] = list(addresses())
        rows += [dict(zip(by_language, paths, strict=True)) for paths in zip(*by_language.values(), strict=True)]
    return rows


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


def version_in(page: Page, language: str) -> Page:
    """Return a page in a language where it has a real, published version in it that everyone may read, else itself."""
    return versions_in([page], language)[0]


def versions_in(pages: Iterable[Page], language: str) -> list[Page]:
    """Return what `version_in` returns for each page, in one query."""
    pages = list(pages)
    keys = {page.translation_key for page in pages}
    found = (
        Page.objects.live()
        .public()
        .filter(translation_key__in=keys, locale__language_code=language, alias_of__isnull=True)
    )
    by_key = {page.translation_key: page for page in found.select_related("locale")}
    return [by_key.get(page.translation_key, page) for page in pages]


def language_links(
    request: HttpRequest, page: Page | None, addresses: dict[str, str] | None = None
) -> list[LanguageLink]:
    """Return one link per language, for a page or, without one, for the address shown (its query kept).

    `addresses` are the paths of a view that knows them, by language.
    """
    return _view_links(request, addresses or {}) if page is None else _page_links(request, page)


def _view_links(request: HttpRequest, addresses: dict[str, str]) -> list[LanguageLink]:
    active = get_language()
    query = request.META.get("QUERY_STRING", "")
    links = []
    for code, label in settings.LANGUAGES:
        if code in addresses:
            url = f"{addresses[code]}?{query}" if query else addresses[code]
        else:
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


def head_links(
    request: HttpRequest, page: Page | None, addresses: dict[str, str] | None = None, is_hidden: bool = False
) -> dict[str, Any]:
    """Return `canonical`, `alternates` ((language, address) pairs, x-default last) and `is_hidden` for the head.

    A copy of another language's page points to its source, and is announced nowhere. Without a page, a bilingual view
    is announced in every language, unless this answer of it is hidden.
    """
    if page is None:
        return _view_head(request, addresses or {}, is_hidden)
    if page.pk is None:
        return {"canonical": "", "alternates": [], "is_hidden": False}
    if page.alias_of_id:
        source = page.alias_of
        return {"canonical": source.get_full_url(request) or "", "alternates": [], "is_hidden": True}
    alternates = alternates_of(page, request)
    return {"canonical": page.get_full_url(request) or "", "alternates": alternates, "is_hidden": False}


def _view_head(request: HttpRequest, addresses: dict[str, str], is_hidden: bool) -> dict[str, Any]:
    match = request.resolver_match
    if match is None or not getattr(match.func, "is_bilingual", False):
        return {"canonical": "", "alternates": [], "is_hidden": is_hidden}
    paths = {code: addresses.get(code) or translate_url(request.path, code) for code, _label in settings.LANGUAGES}
    canonical = full_address(paths[get_language() or settings.LANGUAGE_CODE], request)
    if is_hidden:
        return {"canonical": canonical, "alternates": [], "is_hidden": True}
    return {"canonical": canonical, "alternates": view_alternates(paths, site_root(request)), "is_hidden": False}


def view_alternates(paths: dict[str, str], root: str) -> list[tuple[str, str]]:
    """Return (language, absolute address) of each path of a view, and x-default. `root` is what `site_root` returns."""
    urls = [(code, f"{root}{paths[code]}") for code in sorted(paths, reverse=True)]
    return [*urls, ("x-default", f"{root}{paths[settings.LANGUAGE_CODE]}")]


def site_root(request: HttpRequest | None = None) -> str:
    """Return how absolute addresses begin, on the site that Wagtail knows; without a request, it is read each time."""
    site = Site.find_for_request(request) if request else Site.objects.filter(is_default_site=True).first()
    return site.root_url if site else settings.WAGTAILADMIN_BASE_URL


def full_address(path: str, request: HttpRequest | None = None) -> str:
    """Return the absolute address of a path."""
    return f"{site_root(request)}{path}"


def alternates_of(page: Page, request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """Return (language, absolute address) of each real version, and x-default; empty when there is only one."""
    versions = translations_of(page)
    if len(versions) < 2:
        return []
    urls = [(code, versions[code].get_full_url(request) or "") for code in sorted(versions, reverse=True)]
    default = versions.get(settings.LANGUAGE_CODE) or page
    return [*urls, ("x-default", default.get_full_url(request) or "")]
