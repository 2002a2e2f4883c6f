"""Dossiers: what the centre gathered on one theme."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.rich_text import get_text_for_indexing
from wagtail_localize.fields import SynchronizedField, TranslatableField

from directory.models import ClassifiedPage
from directory.models.labelled import in_active_language
from portal.blocks.anchors import anchored_parts
from portal.blocks.text import RICH_TEXT_FEATURES
from resources.blocks import chapters_field
from resources.models.related import WithRelatedPages
from resources.querysets import gathered
from resources.related import related_pages

# What a dossier may gather. Named as text: cycles stand beside resources, neither imports the other.
GATHERED_TYPES = [
    "resources.ResourcePage",
    "resources.CaseStudyPage",
    "cycles.TrainingCyclePage",
    "cycles.SessionPage",
    "events.EventPage",
    "events.ReportPage",
]


class DossierPage(WithRelatedPages, ClassifiedPage):
    """What the centre gathered on one theme, kept up to date: chapters to read, pages of the portal, contacts."""

    introduction = RichTextField(_("introduction"), features=RICH_TEXT_FEATURES, blank=True)
    body = chapters_field(verbose_name=_("chapters"))

    template = "pages/dossier_page.html"
    search_kind = "dossier"
    is_article = True
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        InlinePanel(
            "dossier_items",
            heading=_("Gathered in this dossier"),
            label=_("Page"),
            help_text=_("Resources, case studies, sessions, events: shown by kind, with their next date."),
        ),
        *WithRelatedPages.related_panels,
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        TranslatableField("introduction"),
        TranslatableField("body"),
        SynchronizedField("dossier_items", overridable=False),
        *WithRelatedPages.related_translatable_fields,
    ]

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    @property
    def contents(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The contents list: (title, anchor, headings inside as (heading, anchor)) for each chapter."""
        listed = []
        for chapter in self.body:
            content = chapter.value["content"]
            inside = [part for part in anchored_parts(content.stream_block, content) if part.opens_section]
            headings = [(part.heading, part.slug) for part in inside]
            listed.append((chapter.value.heading, chapter.value.slug, headings))
        return listed

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `groups`, the pages gathered, by kind, and `related`, what goes with them."""
        groups = gathered(self)
        told = [str(item.page.translation_key) for group in groups for item in group.items]
        context = super().get_context(request, *args, **kwargs)
        return {**context, "groups": groups, "related": related_pages(self, told)}

    def search_sections(self) -> list[tuple[str, str, str]]:
        """Put the introduction before the chapters."""
        introduction = strip_tags(get_text_for_indexing(self.introduction)).strip()
        return [*([("", "", introduction)] if introduction else []), *super().search_sections()]


class DossierItem(Orderable):
    """A page of the portal that a dossier gathers. `page` is read in the reader's language where it exists in it."""

    dossier = ParentalKey(DossierPage, on_delete=models.CASCADE, related_name="dossier_items")
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="dossier_rows"
    )
    label_fr = models.CharField(_("note in French"), max_length=200, blank=True)
    label_en = models.CharField(_("note in English"), max_length=200, blank=True)

    panels = [PageChooserPanel("page", GATHERED_TYPES), FieldPanel("label_fr"), FieldPanel("label_en")]

    @property
    def label(self) -> str:
        """Why the page is here, in the active language, else in French."""
        return in_active_language(self, "label")
