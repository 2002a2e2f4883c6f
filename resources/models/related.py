"""Pages that go with a dossier or a case study: chosen by the editor, else proposed by the search."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField

from resources.related_form import RelatedForm

# What may go with a page. Named as text: cycles stand beside resources, neither imports the other.
RELATED_TYPES = [
    "resources.DossierPage",
    "resources.CaseStudyPage",
    "resources.ResourcePage",
    "cycles.TrainingCyclePage",
    "cycles.SessionPage",
    "events.EventPage",
    "events.ReportPage",
]


class RelatedPage(Orderable):
    """A page that goes with another, in the editor's order. It is read in the reader's language where it exists."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="related_rows")
    related = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="related_to_rows"
    )

    panels: ClassVar = [PageChooserPanel("related", RELATED_TYPES)]


class WithRelatedPages(models.Model):
    """A page that shows what goes with it."""

    proposes_related = models.BooleanField(
        _("propose pages by itself"),
        default=True,
        help_text=_("Below those chosen, pages that share its themes, places or programmes are shown, and told so."),
    )

    base_form_class = RelatedForm
    related_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                InlinePanel("related_rows", heading=_("Chosen"), label=_("Page")),
                FieldPanel("accepted_related"),
                FieldPanel("proposes_related"),
            ],
            heading=_("Related pages"),
        )
    ]
    related_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("proposes_related", overridable=False),
        SynchronizedField("related_rows", overridable=False),
    ]

    class Meta:
        abstract = True

    def related_chosen(self) -> list[RelatedPage]:
        """The rows that the editor chose, in their order."""
        return self._rows("related_rows", "related")
