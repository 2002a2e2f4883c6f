"""Price lists: what a day costs, for whom, from when."""

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from directory.models.labelled import LabelledRow
from events.enums import FeeAudience


class PriceList(LabelledRow, ClusterableModel):
    """A named set of fees, chosen by an occurrence."""

    class Meta(LabelledRow.Meta):
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")

    panels = [
        FieldPanel("label_fr"),
        FieldPanel("label_en"),
        InlinePanel("fees", heading=_("Fees"), label=_("Fee"), min_num=1),
    ]

    def fees_on(self, day: datetime.date) -> list["Fee"]:
        """Return the fees in force on a day, one per audience."""
        current: dict[str, Fee] = {}
        for fee in sorted(self.fees.all(), key=lambda fee: fee.valid_from):
            if fee.valid_from <= day:
                current[fee.audience] = fee
        return [current[audience] for audience in sorted(current)]


class Fee(models.Model):
    """What one day costs one participant of an audience, from a date on."""

    price_list = ParentalKey(PriceList, on_delete=models.CASCADE, related_name="fees")
    audience = models.CharField(_("for"), max_length=20, choices=FeeAudience.choices)
    amount = models.DecimalField(
        _("amount a day"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)], help_text=_("In euros.")
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR", editable=False)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        ordering = ["audience", "-valid_from"]
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        constraints = [
            models.UniqueConstraint(
                fields=["price_list", "audience", "valid_from"],
                name="one_fee_per_audience_and_date",
                violation_error_message=_("This price list already has a fee for this audience from this date."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.amount} {self.currency}"

    @property
    def audience_label(self) -> str:
        """For whom, in the active language."""
        return self.get_audience_display()
