"""Rows of the directory carry one label per language and are not translated as pages are: a foreign key to a
translated row goes stale at the next synchronisation (measured)."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


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

    code = models.SlugField(_("code"), max_length=60, unique=True)

    class Meta(LabelledRow.Meta):
        abstract = True
