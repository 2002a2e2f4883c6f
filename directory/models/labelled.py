"""Rows of the directory carry one label per language and are not translated as pages are: a foreign key to a
translated row goes stale at the next synchronisation (measured)."""

from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 60


def in_active_language(row: models.Model, name: str) -> str:
    """Return `<name>_<language>` of a row in the active language, else in French."""
    language = (get_language() or "fr")[:2]
    return getattr(row, f"{name}_{language}", "") or getattr(row, f"{name}_fr")


def foreign(language: str) -> str:
    """Return a language code where it is not the active one, else an empty string."""
    return "" if (get_language() or "fr")[:2] == language else language


class LabelledRow(models.Model):
    """A row named in French and, if wished, in English."""

    label_fr = models.CharField(_("name in French"), max_length=200)
    label_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["label_fr"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language, else in French."""
        return in_active_language(self, "label")

    @property
    def label_language(self) -> str:
        """The language of the name shown, where it is not the active one: "fr" or an empty string."""
        return "" if self.label_en else foreign("fr")


class CodedRow(LabelledRow):
    """A labelled row with a stable code, used in addresses and imports."""

    code = models.SlugField(
        _("code"),
        max_length=CODE_LENGTH,
        unique=True,
        blank=True,
        help_text=_("Part of addresses and imports: never changed once used. Empty: made of the French name."),
    )

    class Meta(LabelledRow.Meta):
        abstract = True

    def clean(self) -> None:
        """Make the code of the French name where it is empty; a number is added to one that is taken."""
        super().clean()
        if not self.code:
            self.code = self._free_code(slugify(self.label_fr)[: CODE_LENGTH - 4].strip("-") or "row")

    def _free_code(self, wanted: str) -> str:
        others: Any = type(self)._default_manager.exclude(pk=self.pk)
        taken = set(others.filter(code__startswith=wanted).values_list("code", flat=True))
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        return next(code for code in (wanted, *numbered) if code not in taken)


class DescribedRow(models.Model):
    """A row described in French and, if wished, in English, in a few sentences."""

    description_fr = models.TextField(_("description in French"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """The description in the active language, else in French."""
        return in_active_language(self, "description")

    @property
    def description_language(self) -> str:
        """The language of the description where it is not the active one, else an empty string."""
        return "" if self.description_en else foreign("fr")
