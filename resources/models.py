"""Dossiers, resources and case studies."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from directory.blocks import body_field
from directory.enums import SDG
from directory.models import ClassifiedPage, Network, Organisation
from portal.blocks.reading import body_sections
from portal.listings import children_in_language, paginated
from resources.enums import CaseStudyFamily, ResourceLanguage, ResourceType


class ResourceIndexPage(ClassifiedPage):
    """Everything to read: dossiers, resources and case studies."""

    template = "pages/resource_index_page.html"
    search_kind = "standard"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.DossierPage", "resources.ResourcePage", "resources.CaseStudyPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of resources")
        verbose_name_plural = _("lists of resources")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `items`, a page of the list, of the kind that `?kind=` names if any; `kinds` and the kind chosen."""
        context = super().get_context(request, *args, **kwargs)
        types = {"dossier": DossierPage, "case_study": CaseStudyPage, "resource": ResourcePage}
        kind = request.GET.get("kind", "")
        chosen = (types[kind],) if kind in types else tuple(types.values())
        language = self.locale.language_code
        return {
            **context,
            "kinds": [(name, model._meta.verbose_name_plural) for name, model in types.items()],
            "chosen_kind": kind if kind in types else "",
            "items": paginated(children_in_language(self, *chosen), language, request),
        }


class DossierPage(ClassifiedPage):
    """What the centre gathered on one theme, kept up to date."""

    body = body_field(verbose_name=_("content"))

    template = "pages/dossier_page.html"
    search_kind = "dossier"
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [*ClassifiedPage.override_translatable_fields, TranslatableField("body")]

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The contents list: (heading, anchor)."""
        return [(heading, anchor) for heading, anchor, _text in body_sections(self.body) if heading]


class ResourcePage(ClassifiedPage):
    """One publication, tool, replay, report or link, of the centre or of others."""

    resource_type = models.CharField(
        _("type"), max_length=20, choices=ResourceType.choices, default=ResourceType.PUBLICATION
    )
    author_organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="authored_resources",
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    resource_language = models.CharField(
        _("language"), max_length=5, choices=ResourceLanguage.choices, default=ResourceLanguage.FRENCH
    )
    file = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Not `url`: that would hide the address of the page itself.
    external_url = models.URLField(_("address"), blank=True)
    body = body_field(verbose_name=_("content"))

    template = "pages/resource_page.html"
    search_kind = "resource"
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("resource_type"), FieldPanel("resource_language")]),
                FieldPanel("author_organisation"),
                FieldPanel("published_on"),
                FieldPanel("file"),
                FieldPanel("external_url"),
            ],
            heading=_("The resource"),
        ),
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        SynchronizedField("resource_type", overridable=False),
        SynchronizedField("author_organisation", overridable=False),
        SynchronizedField("published_on", overridable=False),
        SynchronizedField("resource_language"),
        SynchronizedField("file"),
        SynchronizedField("external_url"),
        TranslatableField("body"),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def clean(self) -> None:
        """Refuse a resource that leads nowhere."""
        super().clean()
        if not self.file and not self.external_url:
            raise ValidationError({"external_url": _("Give a file or an address: a resource leads somewhere.")})

    def search_facts(self) -> dict[str, Any]:
        """Add its type and its author."""
        facts = super().search_facts()
        if self.author_organisation:
            facts["organisations"] = [*facts["organisations"], self.author_organisation]
        return {**facts, "resource_type": (self.resource_type, self.get_resource_type_display())}


class CaseStudyPage(ClassifiedPage):
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
    body = body_field(verbose_name=_("content"))

    template = "pages/case_study_page.html"
    search_kind = "case_study"
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
    ]

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    @property
    def networks(self) -> list[Network]:
        """The networks it was part of."""
        return [row.network for row in self._rows("case_networks", "network")]

    @property
    def sdgs(self) -> list[SDG]:
        """The Sustainable Development Goals it serves."""
        return [SDG(row.sdg) for row in self._rows("case_sdgs", "page")]

    def search_keywords(self) -> list[str]:
        """Add who led it, its programme and its networks."""
        named = [self.lead, self.programme, *self.networks]
        return [*super().search_keywords(), *(str(row) for row in named if row)]

    def clean(self) -> None:
        """Refuse years in the wrong order."""
        super().clean()
        if self.year_from and self.year_to and self.year_to < self.year_from:
            raise ValidationError({"year_to": _("It would end before it starts.")})

    def search_facts(self) -> dict[str, Any]:
        """Add lead, networks, programme and the countries of the partners."""
        facts = super().search_facts()
        organisations = [*([self.lead] if self.lead else []), *facts["organisations"]]
        countries = [organisation.country for organisation in organisations if organisation.country]
        return {
            **facts,
            "organisations": organisations,
            "countries": list(dict.fromkeys(countries)),
            "networks": self.networks,
            "programmes": [self.programme] if self.programme else [],
        }


class CaseNetwork(Orderable):
    """A network that a case study was part of."""

    page = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="case_networks")
    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.PROTECT, related_name="case_rows")

    panels = [FieldPanel("network")]


class CaseSDG(Orderable):
    """A Sustainable Development Goal that a case study serves."""

    page = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="case_sdgs")
    sdg = models.PositiveSmallIntegerField(_("goal"), choices=SDG.choices)

    panels = [FieldPanel("sdg")]
