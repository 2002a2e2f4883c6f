"""What visitors may find of the dates: one entry per date and language of its page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import translation
from wagtail.models import Page

from directory.models import Organisation, Territory, Venue
from events.enums import CALLED_OFF
from events.models import Occurrence, OccurrenceCoOrganiser
from events.states import places_ahead
from portal.dates import written
from portal.languages import translations_of
from search import services
from search.entries import EntryData, choice_value
from search.enums import Kind, Price
from search.providers.facets import facet_values
from search.providers.pages import page_path
from search.registry import Provider


def columns_of(occurrence: Occurrence) -> dict[str, Any]:
    """Return what the entry of a date holds of its own: when, where, for how much, with which places."""
    return {
        "starts": occurrence.starts_at,
        "ends": occurrence.ends_at,
        "venue": occurrence.venue.name if occurrence.venue else "",
        "place": occurrence.town,
        "price": Price.PAID if occurrence.price_list_id else Price.FREE,
        "places": places_ahead([occurrence]),
    }


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
        called_off = instance.status in CALLED_OFF
        if instance.day is None or called_off or not Occurrence.objects.published().filter(pk=instance.pk).exists():
            return
        for language, page in translations_of(instance.page).items():
            with translation.override(language):
                if path := page_path(page):
                    yield self.described(instance, page.specific, language, path)

    def described(self, occurrence: Occurrence, page: Page, language: str, path: str) -> EntryData:
        """Return the entry of a date in the active language. The private video link is never part of it."""
        day = written(occurrence.day, "l j F Y")
        return EntryData(
            source=self.source(occurrence),
            kind="occurrence",
            language=language,
            url=path,
            anchor=f"date-{occurrence.pk}",
            work_key=f"date-{occurrence.pk}",
            title=f"{page.title}, {day}",
            summary=" · ".join(part for part in (occurrence.place_label, occurrence.note, page.summary) if part),
            keywords=[*page.search_keywords(), occurrence.town],
            facets=facet_values({**page.facts_with([occurrence]), "of": choice_value(Kind, page.search_kind)}),
            **columns_of(occurrence),
        )


# How the dates are found of which a row tells something: where they are held, and with whom.
NAMING = {
    Venue: "venue",
    Territory: "venue__territory",
    Organisation: "co_organisers__organisation",
}


def pages_telling(row: Model) -> QuerySet[Page]:
    """Return the published pages, in all their languages, that tell of a date or of what it names."""
    if isinstance(row, Occurrence):
        keys = Page.objects.filter(pk=row.page_id).values("translation_key")
    elif isinstance(row, OccurrenceCoOrganiser):
        keys = Occurrence.objects.filter(pk=row.occurrence_id).values("page__translation_key")
    else:
        keys = Occurrence.objects.filter(**{NAMING[type(row)]: row.pk}).values("page__translation_key")
    return Page.objects.live().filter(translation_key__in=keys)


def date_changed(instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """Refresh the pages that tell of what changed, and what they are a part of, after the commit."""
    if raw:
        return
    pages = list(pages_telling(instance))
    parts = [page for page in pages if getattr(page.specific_class, "is_part_of_parent", False)]
    wholes = Page.objects.live().filter(path__in={page.path[: -Page.steplen] for page in parts}) if parts else ()
    for page in [*pages, *wholes]:
        services.refresh(page)


def connect() -> None:
    """Listen to what pages tell of their dates."""
    for model in (Occurrence, OccurrenceCoOrganiser, *NAMING):
        for signal in (post_save, post_delete):
            signal.connect(date_changed, sender=model, dispatch_uid=f"search_{model.__name__}_of_dates")
