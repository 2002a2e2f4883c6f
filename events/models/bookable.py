"""What events and sessions share: dates that are booked, a programme, documents, and what the dates have left."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page, Revision
from wagtail_localize.fields import SynchronizedField, TranslatableField

from directory.areas import with_areas
from directory.blocks import body_field
from directory.facts import merged
from directory.models import ClassifiedPage, Organisation
from events.documents import keep_for_participants
from events.enums import CALLED_OFF, Attend, PageLife
from events.models.documents import PageDocument
from events.models.occurrences import Occurrence
from events.page_form import BookablePageForm
from events.panels import OccurrencesPanel
from events.states import page_life, places_ahead, price_ahead
from events.structured_data import event, is_announced
from portal.blocks.reading import body_sections


class BookablePage(ClassifiedPage):
    """A page whose dates are booked. The dates belong to its French version; every language shows them.

    One page serves from the save-the-date to the report: `life` says where it stands, computed from its dates.
    """

    attend = models.CharField(_("dates"), max_length=5, choices=Attend.choices, default=Attend.ANY)
    body = body_field("event", verbose_name=_("content"))
    programme = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("programme to download"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    report = body_field(
        "report",
        verbose_name=_("what it has left"),
        help_text=_("Shown first, above the programme, once a date has been held."),
    )

    # True for what says little without its parent: a session without its cycle.
    is_part_of_parent: ClassVar[bool] = False

    base_form_class = BookablePageForm
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("attend", heading=_("How to attend: one of the dates, or any of them")),
        OccurrencesPanel(heading=_("Dates")),
        FieldPanel("body"),
        FieldPanel("programme"),
        FieldPanel("report"),
        InlinePanel("page_documents", heading=_("Documents, for everyone or for participants"), label=_("Document")),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        SynchronizedField("attend", overridable=False),
        TranslatableField("body"),
        SynchronizedField("programme"),
        TranslatableField("report"),
        SynchronizedField("page_documents", overridable=False),
    ]

    class Meta:
        abstract = True

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """Its dates, in order, with what a row of a timetable shows."""
        return list(Occurrence.objects.for_page(self).with_details().in_order())

    @property
    def reports(self) -> list[Page]:
        """Its pages of report: only events have some."""
        return []

    @property
    def is_series(self) -> bool:
        """True when its dates follow one another: each may have a report of its own."""
        return self.attend == Attend.ANY and len(self.occurrences) > 1

    @property
    def has_dates_ahead(self) -> bool:
        """True while a calendar has something to learn: a date with a day is still ahead."""
        return any(date.day and not date.is_past for date in self.occurrences)

    @cached_property
    def shows_report(self) -> bool:
        """True once a date was held and the page tells what it has left: that then leads the page."""
        return bool(self.report) and any(occurrence.is_held for occurrence in self.occurrences)

    @cached_property
    def life(self) -> PageLife:
        """Where the page stands, from the save-the-date to the report."""
        has_programme = bool(self.programme_id) or any(part.block_type == "day_programme" for part in self.body)
        return page_life(self.occurrences, has_programme, has_report=bool(self.report) or bool(self.reports))

    @property
    def report_sections(self) -> list[tuple[str, str, str]]:
        """(heading, anchor, plain text) of the parts of what it has left, for a contents list."""
        return body_sections(self.report)

    @property
    def hosts(self) -> list[Organisation]:
        """The organisations that hold it together with the centre: those of the page, then those of its dates."""
        of_dates = [row.organisation for date in self.occurrences for row in date.co_organisers.all()]
        return list(dict.fromkeys([*self.co_organisers, *of_dates]))

    @property
    def public_documents(self) -> list[PageDocument]:
        """The documents for everyone."""
        return [row for row in self._rows("page_documents", "document") if not row.is_for_participants]

    @property
    def reserved_documents(self) -> list[PageDocument]:
        """The documents for participants: visitors learn their titles, never their addresses."""
        return [row for row in self._rows("page_documents", "document") if row.is_for_participants]

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a version, and take its files for participants out of the public ones: a draft is a decision too."""
        revision = super().save_revision(*args, **kwargs)
        keep_for_participants(self.page_documents.all())
        return revision

    def shows_field(self, name: str) -> bool:
        """Tell whether visitors see what stands in a field: not yet in a report prepared before the day."""
        return name != "report" or self.shows_report

    @property
    def streams(self) -> list[StreamValue]:
        """What visitors read of its texts, in their order: a report prepared before the day is not among them."""
        return [self.report, self.body] if self.shows_report else [self.body]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `occurrences`, each knowing the page shown."""
        context = super().get_context(request, *args, **kwargs)
        for occurrence in self.occurrences:
            occurrence.localized_page = self
        return {**context, "occurrences": self.occurrences}

    def structured_data(self) -> list[dict[str, Any]]:
        """Return its announced dates."""
        return [event(date, self) for date in self.occurrences if is_announced(date)]

    def search_facts(self) -> dict[str, Any]:
        """Add where its dates are held, and with whom."""
        return self.facts_with(self.occurrences)

    def facts_with(self, dates: Sequence[Occurrence]) -> dict[str, Any]:
        """Return what the page can be filtered by when it is told with these dates only.

        A search for a town finds it, a territory's page shows it unless the date was called off, and whoever holds a
        date with the centre has a page.
        """
        held = [date.venue.territory for date in dates if date.venue and date.status not in CALLED_OFF]
        of_dates = {
            "territories": [territory for territory in held if territory],
            "organisations": [row.organisation for date in dates for row in date.co_organisers.all()],
            "places": list(dict.fromkeys(date.town for date in dates if date.town)),
            "price": price_ahead(dates),
            "seats": places_ahead(dates),
            "years": list(dict.fromkeys(str(date.day.year) for date in dates if date.day)),
        }
        return with_areas(merged(super().search_facts(), of_dates), [date.venue for date in dates if date.venue])
