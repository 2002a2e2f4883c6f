"""Training cycles and their sessions."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import CharBlock, StreamBlock
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cycles.enums import SessionKind
from cycles.querysets import SessionInCycle, sessions_of
from cycles.structured_data import course
from cycles.training import training
from directory.blocks import body_field
from directory.models import ClassifiedPage
from events.models import BookablePage
from events.states import places_ahead, price_ahead
from portal.blocks import PortalStreamField
from portal.languages import versions_in
from portal.listings import children_in_language, listed


def training_words() -> list[str]:
    """Return, in the active language, the words by which people look for a session or a cycle."""
    return [gettext("training"), gettext("training day"), gettext("training session")]


class TrainingIndexPage(ClassifiedPage):
    """The training offer: sessions by month, and cycles."""

    template = "pages/training_index_page.html"
    search_kind = "standard"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["cycles.TrainingCyclePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of training cycles")
        verbose_name_plural = _("lists of training cycles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the view that was asked for: see `cycles.training`."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **training(TrainingCyclePage, SessionPage, request.GET, self.locale.language_code)}


class TrainingCyclePage(ClassifiedPage):
    """A cycle: its objectives, its sessions in order, what it costs, its leaflet."""

    period = models.CharField(_("period"), max_length=60, blank=True, help_text=_("e.g. 2023, or 2023-2024."))
    objectives = PortalStreamField(
        StreamBlock([("objective", CharBlock(label=_("Objective"), max_length=300))], required=False),
        blank=True,
        verbose_name=_("objectives"),
    )
    price_note = models.CharField(_("about the price"), max_length=300, blank=True)
    leaflet = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("leaflet"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    exchange_group_url = models.URLField(_("online exchange group"), blank=True)
    body = body_field("cycle", verbose_name=_("content"))

    template = "pages/training_cycle_page.html"
    search_kind = "cycle"
    parent_page_types = ["cycles.TrainingIndexPage"]
    subpage_types = ["cycles.SessionPage"]
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("period"),
        FieldPanel("objectives"),
        MultiFieldPanel(
            [FieldPanel("price_note"), FieldPanel("leaflet"), FieldPanel("exchange_group_url")],
            heading=_("Practical information"),
        ),
        FieldPanel("body"),
        InlinePanel("related_cycles", heading=_("Related cycles"), label=_("Cycle")),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        TranslatableField("period"),
        TranslatableField("objectives"),
        TranslatableField("price_note"),
        SynchronizedField("leaflet"),
        SynchronizedField("exchange_group_url"),
        TranslatableField("body"),
        SynchronizedField("related_cycles", overridable=False),
    ]

    class Meta:
        verbose_name = _("training cycle")
        verbose_name_plural = _("training cycles")

    @cached_property
    def sessions(self) -> list[SessionInCycle]:
        """Its published sessions with their dates, in the order of the cycle."""
        return sessions_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `sessions` in their order, `coming` and `over`, and `related` cycles in the page's language.

        Past sessions are set apart only while others are to come.
        """
        context = super().get_context(request, *args, **kwargs)
        coming = [session for session in self.sessions if not session.is_over] or self.sessions
        others = Page.objects.filter(pk__in=[row.cycle_id for row in self.related_cycles.all()])
        return {
            **context,
            "sessions": self.sessions,
            "coming": coming,
            "over": [session for session in self.sessions if session not in coming],
            "has_dates_ahead": any(session.page.has_dates_ahead for session in self.sessions),
            "bookable": [date for row in self.sessions for date in row.occurrences if date.is_open_for_registration()],
            "related": versions_in(others.live().public().specific(), self.locale.language_code),
        }

    def structured_data(self) -> list[dict[str, Any]]:
        """Return the cycle as a course, with its dates."""
        return [course(self)]

    def search_keywords(self) -> list[str]:
        """Add what people call it, which its text may never say."""
        return [*super().search_keywords(), *training_words()]

    def search_facts(self) -> dict[str, Any]:
        """Add the towns of its sessions, and what those ahead cost and have left: a filter finds the cycle by them."""
        dates = [occurrence for session in self.sessions for occurrence in session.occurrences]
        ahead = [occurrence for occurrence in dates if occurrence.is_ahead]
        return {
            **super().search_facts(),
            "places": list(dict.fromkeys(occurrence.town for occurrence in ahead or dates if occurrence.town)),
            "price": price_ahead(ahead),
            "seats": places_ahead(ahead),
        }


class RelatedCycle(Orderable):
    """Another cycle worth knowing."""

    page = ParentalKey(TrainingCyclePage, on_delete=models.CASCADE, related_name="related_cycles")
    cycle = models.ForeignKey(
        TrainingCyclePage, verbose_name=_("cycle"), on_delete=models.CASCADE, related_name="related_from"
    )

    panels = [PageChooserPanel("cycle", "cycles.TrainingCyclePage")]


class SessionPage(BookablePage):
    """One stage of a cycle, held once or in several towns."""

    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind.choices, default=SessionKind.STAGE)
    stage_number = models.PositiveSmallIntegerField(
        _("stage"), null=True, blank=True, help_text=_("Its place in the cycle: 0 for the introduction, then 1, 2…")
    )
    optional = models.BooleanField(_("optional"), default=False)

    is_part_of_parent = True
    template = "pages/session_page.html"
    search_kind = "session"
    parent_page_types = ["cycles.TrainingCyclePage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldRowPanel([FieldPanel("stage_number"), FieldPanel("optional")])],
            heading=_("Place in the cycle"),
        ),
        *BookablePage.content_panels[len(ClassifiedPage.content_panels) :],
    ]
    override_translatable_fields = [
        *BookablePage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
        SynchronizedField("stage_number", overridable=False),
        SynchronizedField("optional", overridable=False),
    ]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def search_keywords(self) -> list[str]:
        """Add what people call it, which its text may never say."""
        return [*super().search_keywords(), *training_words()]

    @cached_property
    def cycle(self) -> Page:
        """The cycle of the session."""
        return self.get_parent().specific

    @cached_property
    def stage_count(self) -> int:
        """How many numbered stages the cycle has, the introduction not counted."""
        siblings = SessionPage.objects.sibling_of(self, inclusive=True).live()
        return siblings.filter(kind=SessionKind.STAGE).count()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the other sessions of the cycle."""
        context = super().get_context(request, *args, **kwargs)
        cycle = self.cycle
        ids = children_in_language(cycle, SessionPage, order="path")
        others = [item for item in listed(ids, self.locale.language_code) if item.page.pk != self.pk]
        return {**context, "noun": "session", "cycle": cycle, "other_sessions": others}
