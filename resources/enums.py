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


class CaseStudyFamily(TextChoices):
    """How a case study is told."""

    SHEET = "sheet", _("Case study sheet")
    CAPITALISATION = "capitalisation", _("Capitalisation of a programme")
