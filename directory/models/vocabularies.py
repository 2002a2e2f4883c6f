"""What pages are classified by: themes, audiences, keywords, programmes and networks."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from directory.enums import NetworkKind, NetworkStatus, Pictogram
from directory.models.labelled import CodedRow, DescribedRow, LabelledRow


class Theme(CodedRow):
    """A subject of the policy, with its pictogram."""

    pictogram = models.CharField(
        _("pictogram"),
        max_length=40,
        blank=True,
        choices=Pictogram.choices,
        help_text=_("A drawing of the portal's set. Empty: the same for every theme without one."),
    )

    class Meta(CodedRow.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Audience(CodedRow):
    """For whom something is meant: project leads, elected officials, associations…"""

    class Meta(CodedRow.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Programme(CodedRow, DescribedRow):
    """A funding or cooperation programme, such as URBACT III."""

    website = models.URLField(_("website"), blank=True)

    class Meta(CodedRow.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")


class Network(CodedRow, DescribedRow, ClusterableModel):
    """A network of cities or organisations, often of a programme: what it was about, called for what, and when."""

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="networks",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=NetworkKind.choices, blank=True)
    call_year = models.PositiveSmallIntegerField(
        _("year of the call"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
        help_text=_("The year of the call for projects that chose it."),
    )
    status = models.CharField(_("state"), max_length=20, choices=NetworkStatus.choices, blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta(CodedRow.Meta):
        verbose_name = _("network")
        verbose_name_plural = _("networks")


class NetworkTheme(Orderable):
    """A theme that a network was about."""

    network = ParentalKey(Network, on_delete=models.CASCADE, related_name="network_themes")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="network_rows")

    panels: ClassVar = [FieldPanel("theme")]

    class Meta(Orderable.Meta):
        verbose_name = _("theme of a network")
        verbose_name_plural = _("themes of networks")

    def __str__(self) -> str:
        return str(self.network)


class Country(LabelledRow):
    """A country, by its ISO 3166-1 code of two letters."""

    code = models.CharField(
        _("ISO code"), max_length=2, unique=True, validators=[RegexValidator(r"\A[A-Za-z]{2}\Z", _("Two letters."))]
    )

    class Meta(LabelledRow.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Keyword(TagBase):
    """A free keyword, found by the search under its name and its labels, in both languages."""

    label_fr = models.CharField(_("label in French"), max_length=100, blank=True)
    label_en = models.CharField(_("label in English"), max_length=100, blank=True)
    free_tagging = True

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")
        ordering = ["name"]


class PageKeyword(ItemBase):
    """The tie between a page and a keyword."""

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="page_keywords")
    content_object = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_keywords")

    class Meta:
        verbose_name = _("keyword of a page")
        verbose_name_plural = _("keywords of pages")
