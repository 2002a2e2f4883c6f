"""The sitemap: every real page in every language, each with its alternates (Wagtail's lists one language only), and
the views that say so (`portal.languages.bilingual`)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.models import Page

from portal.languages import listed_addresses, site_root, view_alternates


class PortalSitemap(Sitemap):
    """Published, unrestricted pages that are no copy of another language's page."""

    limit = 2000

    def items(self) -> QuerySet:
        """Return the pages, in the order of the tree."""
        pages = Page.objects.live().public().filter(alias_of__isnull=True, depth__gt=1)
        return pages.select_related("locale").defer_streamfields().order_by("path")

    def location(self, item: Page) -> str:
        """The full address of a page."""
        return item.full_url or ""

    def lastmod(self, item: Page) -> datetime | None:
        """When it was last published."""
        return item.last_published_at

    def get_urls(self, page: int = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return the entries of one part of the map, each with its languages and x-default."""
        rows = [row for row in self.paginator.page(page).object_list if row.full_url]
        by_key: dict[Any, dict[str, str]] = defaultdict(dict)
        keys = [row.translation_key for row in rows]
        for version in self.items().filter(translation_key__in=keys):
            by_key[version.translation_key][version.locale.language_code] = version.full_url or ""
        return [self._entry(row, by_key[row.translation_key]) for row in rows]

    def _entry(self, row: Page, versions: dict[str, str]) -> dict[str, Any]:
        alternates = []
        if len(versions) > 1:
            alternates = [{"location": url, "lang_code": code} for code, url in sorted(versions.items())]
            default = versions.get(settings.LANGUAGE_CODE) or row.full_url
            alternates.append({"location": default, "lang_code": "x-default"})
        return {
            "item": row,
            "location": row.full_url,
            "lastmod": row.last_published_at,
            "changefreq": None,
            "priority": "",
            "alternates": alternates,
        }


class ViewSitemap(Sitemap):
    """The addresses of views, in every language."""

    limit = 2000

    def items(self) -> list[tuple[str, dict[str, str]]]:
        """Return (language, path by language), one per address."""
        return [(code, paths) for paths in listed_addresses() for code in paths]

    def get_urls(self, page: int = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return the entries of one part of the map, each with its languages and x-default."""
        root = site_root()
        return [
            {
                "item": paths,
                "location": f"{root}{paths[code]}",
                "lastmod": None,
                "changefreq": None,
                "priority": "",
                "alternates": [{"location": url, "lang_code": name} for name, url in view_alternates(paths, root)],
            }
            for code, paths in self.paginator.page(page).object_list
        ]
