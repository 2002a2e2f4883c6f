"""Closed lists of resources."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResourceType(TextChoices):
    """What a resource is."""

    PUBLICATION = "publication", _("Publication")
    TOOL = "tool", _("Tool")
    REPLAY = "replay", _("Replay")
    REPORT = "report", _("Report")
    LINK = "link", _("Link")


class ResourceLanguage(TextChoices):
    """The language in which one reads, or listens to, a resource."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    OTHER = "other", _("Another language")


class CaseStudyFamily(TextChoices):
    """How a case study is told."""

    SHEET = "sheet", _("Case study sheet")
    CAPITALISATION = "capitalisation", _("Capitalisation of a programme")
