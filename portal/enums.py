"""Closed lists that several apps share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WrittenLanguage(TextChoices):
    """The language in which one reads, or listens to, a document."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    OTHER = "other", _("Another language")
