"""Case studies: what identifies them is fields and rows, what tells is blocks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from directory.blocks import body_field
from directory.enums import SDG
from directory.facts import countries_of, goal_facet, merged
from directory.models import ClassifiedPage, Network, Organisation
from resources.enums import CaseStudyFamily
from resources.models.related import WithRelatedPages
from resources.related import related_pages
from search.providers.facets import names_of


class CaseStudyPage(WithRelatedPages, ClassifiedPage):
    """An experience: who led it, with whom, what was done, what remains open."""

    family = models.CharField(
        _("family"), max_length=20, choices=CaseStudyFamily.choices, default=CaseStudyFamily.SHEET
    )
    lead = models.ForeignKey(
        Organisation,
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_case_studies",
    )
    programme = models.ForeignKey(
        "directory.Programme",
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case_studies",
    )
    year_from = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    body = body_field("case_study", verbose_name=_("content"))

    template = "pages/case_study_page.html"
    search_kind = "case_study"
    is_article = True
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("family"),
                FieldPanel("lead"),
                FieldPanel("programme"),
                FieldRowPanel([FieldPanel("year_from"), FieldPanel("year_to")]),
            ],
            heading=_("Identity"),
        ),
        InlinePanel("case_networks", heading=_("Networks"), label=_("Network")),
        InlinePanel("case_sdgs", heading=_("Sustainable Development Goals"), label=_("Goal")),
        FieldPanel("body"),
        *WithRelatedPages.related_panels,
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        SynchronizedField("family", overridable=False),
        SynchronizedField("lead", overridable=False),
        SynchronizedField("programme", overridable=False),
        SynchronizedField("year_from", overridable=False),
        SynchronizedField("year_to", overridable=False),
        SynchronizedField("case_networks", overridable=False),
        SynchronizedField("case_sdgs", overridable=False),
        TranslatableField("body"),
        *WithRelatedPages.related_translatable_fields,
    ]

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    @property
    def networks(self) -> list[Network]:
        """The networks it was part of, each once."""
        return list(dict.fromkeys(row.network for row in self._rows("case_networks", "network")))

    @property
    def sdgs(self) -> list[SDG]:
        """The Sustainable Development Goals it serves, each once."""
        return list(dict.fromkeys(SDG(row.sdg) for row in self._rows("case_sdgs", "page")))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `related`, what goes with it."""
        return {**super().get_context(request, *args, **kwargs), "related": related_pages(self)}

    def search_keywords(self) -> list[str]:
        """Add who led it, its programme and its networks."""
        named = [row for row in (self.lead, self.programme, *self.networks) if row]
        return [*super().search_keywords(), *names_of(named)]

    def clean(self) -> None:
        """Refuse years in the wrong order."""
        super().clean()
        if self.year_from and self.year_to and self.year_to < self.year_from:
            raise ValidationError({"year_to": _("It would end before it starts.")})

    @property
    def has_identity(self) -> bool:
        """True once something identifies it beside its text."""
        rows = (self.partners, self.networks, self.territories, self.sdgs, self.funders)
        return bool(self.lead or self.programme or self.year_from or any(rows))

    def search_facts(self) -> dict[str, Any]:
        """Add lead, networks, programme and the countries of the partners."""
        facts = super().search_facts()
        lead = [self.lead] if self.lead else []
        own = {
            "organisations": lead,
            **countries_of([*lead, *self.partners]),
            "networks": self.networks,
            "programmes": [self.programme] if self.programme else [],
            "goals": [goal_facet(goal) for goal in self.sdgs],
        }
        return merged(own, facts)


class CaseNetwork(Orderable):
    """A network that a case study was part of."""

    page = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="case_networks")
    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.PROTECT, related_name="case_rows")

    panels = [FieldPanel("network")]


# As people know them: by their numbers first.
GOALS = [(goal.value, format_lazy("{number} · {label}", number=goal.value, label=goal.label)) for goal in SDG]


class CaseSDG(Orderable):
    """A Sustainable Development Goal that a case study serves."""

    page = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="case_sdgs")
    sdg = models.PositiveSmallIntegerField(_("goal"), choices=GOALS)

    panels = [FieldPanel("sdg")]
