"""Rows of the desk: what was asked, without anybody; what was decided about it; what the team recommends."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

from search.analysis import clean
from search.desk.enums import Decision
from search.desk.stems import is_small, stems_of
from search.expressions import Form, read_form

# A search asked on one day may be somebody's alone: it is shown from this number of days on.
SHOWN_FROM = 2


class AskedQuerySet(models.QuerySet):
    """Searches made, as the desk may show them."""

    def shown(self) -> "AskedQuerySet":
        """Return those whose text is kept and that were asked on several days."""
        return self.filter(days__gte=SHOWN_FROM).exclude(shown="")


class AskedQuery(models.Model):
    """What was asked in a month and a language: counters. Nothing tells by whom, nor from where.

    `days`: on how many days, counted until three; `last_day` is only there to tell the next day from the same one.
    Written by `search.desk.log` only. `form` holds the words folded, in their order; `stem` their stems, which gathers
    the forms of one question. Without `shown` and `stem`, `form` is a keyed hash: one of the words is said nowhere.
    `count`: asked in words alone; `narrowed`: asked again with filters or in another order.
    `failed`: nothing was found; `partial`: only some of the words were; `reduced`: another engine stood in.
    """

    month = models.DateField(_("month"))
    language = models.CharField(_("language"), max_length=8)
    form = models.CharField(max_length=160)
    stem = models.CharField(max_length=160)
    shown = models.CharField(_("search"), max_length=100)
    days = models.PositiveSmallIntegerField(default=1)
    last_day = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(_("asked"), default=0)
    narrowed = models.PositiveIntegerField(_("narrowed"), default=0)
    failed = models.PositiveIntegerField(_("without result"), default=0)
    partial = models.PositiveIntegerField(_("some words only"), default=0)
    reduced = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(_("results"), default=0)

    objects = AskedQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search made")
        verbose_name_plural = _("searches made")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["month", "language", "form"], name="search_asked_unique")]
        indexes = [models.Index(fields=["language", "stem"], name="search_asked_stem")]

    def __str__(self) -> str:
        return f"{self.shown} ({self.language}, {self.month:%Y-%m})"


class FailedQuery(models.Model):
    """What the team decided about a search that finds nothing: one row for all the forms of a question."""

    language = models.CharField(_("language"), max_length=8)
    stem = models.CharField(max_length=160)
    shown = models.CharField(_("search"), max_length=100)
    decision = models.CharField(_("decision"), max_length=16, choices=Decision)
    note = models.CharField(_("note"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision on a search without result")
        verbose_name_plural = _("decisions on searches without result")
        default_permissions = ("change",)
        constraints = [models.UniqueConstraint(fields=["language", "stem"], name="search_failed_unique")]

    def __str__(self) -> str:
        return f"{self.shown} ({self.language})"


class Promotion(models.Model):
    """What the team recommends to those who ask certain words: shown above the results, and told to be recommended."""

    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="fr")
    queries = models.TextField(
        _("searches"),
        help_text=_("One per line. Accents, plurals, small words and the order of the words make no difference."),
    )
    title = models.CharField(_("title"), max_length=150)
    text = models.CharField(_("text"), max_length=300, blank=True, help_text=_("One sentence: why it answers."))
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    external_url = models.URLField(
        _("address on another site"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("This day counts."))
    active = models.BooleanField(pgettext_lazy("promotion", "active"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1, help_text=_("The smallest number comes first."))

    panels = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("active"), FieldPanel("order")]),
        FieldPanel("queries"),
        FieldPanel("title"),
        FieldPanel("text"),
        MultiFieldPanel(
            [PageChooserPanel("page"), FieldPanel("document"), FieldPanel("external_url")],
            heading=_("Leads to one of these"),
        ),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Shown")),
    ]

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["language", "order", "title"]

    def __str__(self) -> str:
        return self.title

    def forms(self) -> Iterator[Form]:
        """Yield the searches that it answers, as the analyser reads them."""
        for line in self.queries.splitlines():
            if form := read_form(line, self.language):
                yield form

    @property
    def queries_in_a_line(self) -> str:
        """The searches that it answers, for a list."""
        return ", ".join(line.strip() for line in self.queries.splitlines() if line.strip())

    def answers(self, stems: frozenset[str]) -> bool:
        """Tell whether it answers a search of these stems."""
        return any(stems_of(clean(line), self.language) == stems for line in self.queries.splitlines())

    def is_shown_on(self, day: date) -> bool:
        """Tell whether it is shown on a day."""
        too_early = self.starts_on is not None and day < self.starts_on
        too_late = self.ends_on is not None and day > self.ends_on
        return self.active and not too_early and not too_late

    def clean(self) -> None:
        """Ask for one place to lead to, a search that says something, and dates in their order."""
        super().clean()
        errors: dict[str, Any] = {}
        chosen = [name for name in ("page", "document", "external_url") if getattr(self, name)]
        if len(chosen) != 1:
            errors[chosen[1] if chosen else "page"] = (
                _("Choose one only: a page, a document or an address.")
                if chosen
                else _("Choose where it leads: a page, a document or an address.")
            )
        if self.queries and not any(self.forms()):
            errors["queries"] = _("No word can be read here: type what visitors type, one search per line.")
        elif small := [line.strip() for line in self.queries.splitlines() if is_small(line, self.language)]:
            errors["queries"] = _("“%(search)s” only holds small words: add what it is about.") % {"search": small[0]}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = _("The last day comes before the first one: visitors would never see it.")
        if errors:
            raise ValidationError(errors)
