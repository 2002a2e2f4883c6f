"""What visitors may find of the dates: one entry per date and language of its page."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils import translation
from django.utils.formats import date_format
from wagtail.models import Page

from directory.models import Venue
from events.enums import OccurrenceStatus
from events.models import Occurrence
from portal.languages import translations_of
from search.entries import EntryData
from search.enums import Price
from search.providers.facets import facet_values
from search.providers.pages import page_path
from search.registry import Provider


class OccurrenceProvider(Provider[Occurrence]):
    """Describes the dates that are announced: of a public page, with a day, and not called off."""

    model = Occurrence
    watches = (Venue,)

    def dependents(self, changed: Model) -> Iterable[Occurrence]:
        """Return the dates of a page, in any of its languages, or held at a venue."""
        if isinstance(changed, Page):
            return Occurrence.objects.for_page(changed)
        if isinstance(changed, Venue):
            return Occurrence.objects.filter(venue=changed)
        return ()

    def entries(self, instance: Occurrence) -> Iterable[EntryData]:
        """Return an entry for each language in which the page is really published."""
        called_off = instance.status in (OccurrenceStatus.CANCELLED, OccurrenceStatus.POSTPONED)
        if instance.day is None or called_off or not Occurrence.objects.published().filter(pk=instance.pk).exists():
            return
        for language, page in translations_of(instance.page).items():
            with translation.override(language):
                if path := page_path(page):
                    yield self.described(instance, page.specific, language, path)

    def described(self, occurrence: Occurrence, page: Page, language: str, path: str) -> EntryData:
        """Return the entry of a date in the active language. The private video link is never part of it."""
        day = date_format(occurrence.day, "l j F Y")
        return EntryData(
            source=self.source(occurrence),
            kind="occurrence",
            language=language,
            url=path,
            anchor=f"date-{occurrence.pk}",
            title=f"{page.title}, {day}",
            summary=" · ".join(part for part in (occurrence.place_label, occurrence.note, page.summary) if part),
            keywords=[*page.search_keywords(), occurrence.town],
            starts=occurrence.starts_at,
            ends=occurrence.ends_at,
            venue=occurrence.venue.name if occurrence.venue else "",
            place=occurrence.town,
            price=Price.PAID if occurrence.price_list_id else Price.FREE,
            facets=facet_values(page.search_facts()),
        )
