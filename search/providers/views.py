"""Views that are found by their names (`search.found_views`), as long as there is a site to show them on."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from search.entries import EntryData, Source
from search.enums import Kind
from search.found_views import FoundView, found_views
from search.registry import Provider


class ViewProvider(Provider[Site]):
    """The default site has the entries of every view, in each language. Each view has its own source."""

    model = Site

    def sources(self, instance: Site) -> list[Source]:
        """Return one key for each view."""
        return [self.source_of(instance, view) for view in found_views()]

    def source_of(self, site: Site, view: FoundView) -> Source:
        """Return the key of the entries of one view."""
        return Source(self.source(site).model, f"{site.pk}-{view.name}")

    def entries(self, instance: Site) -> Iterable[EntryData]:
        """Return the entries of all views in all languages."""
        if not instance.is_default_site:
            return []
        languages = [code for code, _name in settings.LANGUAGES]
        return [self.entry(instance, view, language) for view in found_views() for language in languages]

    def entry(self, site: Site, view: FoundView, language: str) -> EntryData:
        """Return the entry of a view in one language."""
        with translation.override(language):
            return EntryData(
                source=self.source_of(site, view),
                kind=Kind.STANDARD,
                language=language,
                url=reverse(view.name),
                work_key=f"view-{view.name}",
                title=str(view.title),
                summary=str(view.summary),
                keywords=[str(word) for word in view.keywords],
            )
