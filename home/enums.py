"""Closed lists of the home app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LegalKind(TextChoices):
    """The pages that the law asks for."""

    NOTICE = "notice", _("Legal notice")
    PRIVACY = "privacy", _("Personal data")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")
