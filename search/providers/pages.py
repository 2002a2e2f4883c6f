"""Pages: every live, public page that is not an alias and whose type has a kind."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from wagtail.models import Page

from search.entries import EntryData, Section, Source
from search.providers.facets import as_list, facet_values, names_of
from search.registry import Provider

PAGE_MODEL = "wagtailcore.page"


def page_source(page: Page) -> Source:
    """Return the key of a page's entries, whichever its type."""
    return Source(PAGE_MODEL, str(page.pk))


def is_public(page: Page) -> bool:
    """Return whether anybody may read the page: published, and neither it nor a page above it is restricted."""
    return page.live and not page.get_view_restrictions().exists()


def page_path(page: Page) -> str:
    """Return the page's path on its site, or "" when it has no address."""
    parts = page.get_url_parts()
    return (parts[2] or "") if parts else ""


class PageProvider(Provider[Page]):
    """Reads `search_kind`, `search_sections()`, `search_keywords()` and `search_facts()` of a page's own type."""

    model = Page

    def source(self, instance: Page) -> Source:
        """Return the key of a page's entries."""
        return page_source(instance)

    def instances(self) -> QuerySet[Page]:
        """Return the pages that are published and are not copies."""
        return Page.objects.live().filter(alias_of__isnull=True, depth__gt=1).order_by("path")

    def entries(self, instance: Page) -> Iterable[EntryData]:
        """Return the entries of a public page, in its own language: itself, and its passages under it."""
        if not instance.live or instance.alias_of_id:
            return []
        page = instance.specific
        kind = getattr(page, "search_kind", "")
        language = page.locale.language_code
        with translation.override(language):
            path = page_path(page)
            if not kind or not path or not is_public(page):
                return []
            entry = self.described(page, kind, language, path)
            return [entry, *self.passages(page, entry)]

    def passages(self, page: Page, carrier: EntryData) -> Iterable[EntryData]:
        """Yield the entry of each part of the page that is found by itself, one for each address."""
        passages = page.search_passages() if hasattr(page, "search_passages") else []
        by_address = {(passage.kind, passage.anchor): (passage, facts) for passage, facts in reversed(passages)}
        for passage, facts in reversed(by_address.values()):
            yield EntryData(
                source=carrier.source,
                kind=passage.kind,
                language=carrier.language,
                url=carrier.url,
                anchor=passage.anchor,
                work_key=carrier.work_key,
                title=passage.heading or carrier.title,
                summary=passage.summary,
                keywords=names_of(passage.rows),
                sections=[Section("", passage.anchor, passage.text)],
                updated_on=carrier.updated_on,
                carrier_key=carrier.source.key,
                carrier_title=carrier.title,
                carrier_url=carrier.url,
                facets=facet_values(facts),
                facts={"carrier_kind": carrier.kind},
            )

    def described(self, page: Page, kind: str, language: str, path: str) -> EntryData:
        """Return the entry of a page that is known to be public."""
        facts: Mapping[str, Any] = page.search_facts() if hasattr(page, "search_facts") else {}
        towns = [str(place) for key in ("place", "places") for place in as_list(facts.get(key))]
        return EntryData(
            source=page_source(page),
            kind=kind,
            language=language,
            url=path,
            title=page.title,
            work_key=str(page.translation_key),
            summary=getattr(page, "summary", "") or page.search_description,
            sections=[Section(*section) for section in page.search_sections()],
            keywords=[*page.search_keywords(), *towns],
            starts=as_datetime(facts.get("start")),
            ends=as_datetime(facts.get("end")),
            venue=str(facts.get("venue") or ""),
            place=", ".join(towns),
            price=str(facts.get("price") or ""),
            places=str(facts.get("seats") or ""),
            updated_on=getattr(page, "brought_up_to_date_on", None) or as_date(page.last_published_at),
            facets=facet_values(facts),
        )


def as_datetime(value: date | datetime | None) -> datetime | None:
    """Return the moment of a fact: a day alone counts from its first minute, in the site's time zone."""
    if value is None or isinstance(value, datetime):
        return value
    return timezone.make_aware(datetime.combine(value, time.min))


def as_date(value: datetime | None) -> date | None:
    """Return the local day of a moment."""
    return timezone.localtime(value).date() if value else None
