"""Pages about what has dates: events, and the reports that tell them afterwards."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from directory.blocks import body_field
from directory.models import ClassifiedPage
from events.enums import EventKind
from events.event_list import events
from events.models.bookable import BookablePage
from events.models.occurrences import Occurrence
from portal.listings import children_in_language, listed


class EventIndexPage(ClassifiedPage):
    """The agenda: what is coming, then what was."""

    template = "pages/event_index_page.html"
    search_kind = "standard"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the view that was asked for: see `events.event_list`."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **events(EventPage, ReportPage, request.GET, self.locale.language_code)}


class EventPage(BookablePage):
    """An event: a day, a series of workshops, a webinar."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices, default=EventKind.DAY)
    template = "pages/event_page.html"
    search_kind = "event"
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = ["events.ReportPage"]
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("kind"),
        *BookablePage.content_panels[len(ClassifiedPage.content_panels) :],
    ]
    override_translatable_fields = [
        *BookablePage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def search_keywords(self) -> list[str]:
        """Add what such an event is called, which its text may never say: «webinaire», «visite»."""
        return [*super().search_keywords(), str(EventKind(self.kind).label)]

    @cached_property
    def reports(self) -> list[Page]:
        """Its published reports in the page's language, else those in French."""
        return [item.page for item in listed(children_in_language(self, ReportPage), self.locale.language_code)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the `reports`; each date that one tells knows it as `report_page`, and a series lists it there only."""
        context = super().get_context(request, *args, **kwargs)
        reports = {report.pk: report for report in self.reports}
        told = dict(ReportOccurrence.objects.filter(page__in=reports).values_list("occurrence_id", "page_id"))
        for occurrence in context["occurrences"]:
            occurrence.report_page = reports.get(told.get(occurrence.pk))
        shown = set(told.values()) if self.is_series else set()
        return {**context, "noun": "event", "reports": [report for pk, report in reports.items() if pk not in shown]}


class ReportPage(ClassifiedPage):
    """What an event has left: tied to one or more of its dates."""

    body = body_field("report", verbose_name=_("content"))

    template = "pages/report_page.html"
    search_kind = "report"
    is_article = True
    parent_page_types = ["events.EventPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        InlinePanel("report_occurrences", heading=_("Dates told"), label=_("Date")),
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        SynchronizedField("report_occurrences", overridable=False),
        TranslatableField("body"),
    ]

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    @property
    def event(self) -> Page:
        """The event that the report tells."""
        return self.get_parent().specific

    @property
    def occurrences(self) -> list[Occurrence]:
        """The dates that the report tells."""
        rows = self.report_occurrences.select_related("occurrence__venue").prefetch_related("occurrence__half_days")
        return [row.occurrence for row in rows]


class ReportOccurrence(Orderable):
    """A date that a report tells."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="report_occurrences")
    occurrence = models.ForeignKey(
        Occurrence, verbose_name=_("date"), on_delete=models.PROTECT, related_name="report_rows"
    )

    panels = [FieldPanel("occurrence")]
