"""The agreement, and what becomes of the data."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

RETENTION_MONTHS = getattr(settings, "REGISTRATION_RETENTION_MONTHS", 12)


class ConsentForm(forms.Form):
    """The agreement, never ticked beforehand."""

    agreed = forms.BooleanField(
        label=_("I agree to this information being used to organise this session."),
        error_messages={"required": _("Without your agreement we cannot register anybody.")},
    )


def retention_notice() -> str:
    """Return what becomes of the data: shown at the box, kept with the agreement."""
    return ngettext(
        "It serves to organise the session, to write to the participants and to count attendance. Only the centre's "
        "training team reads it; whoever holds the session with it sees who comes. It is deleted %(months)d month "
        "after the session. You may ask to see, correct or delete it at any time. If you register colleagues, tell "
        "them so.",
        "It serves to organise the session, to write to the participants and to count attendance. Only the centre's "
        "training team reads it; whoever holds the session with it sees who comes. It is deleted %(months)d months "
        "after the session. You may ask to see, correct or delete it at any time. If you register colleagues, tell "
        "them so.",
        RETENTION_MONTHS,
    ) % {"months": RETENTION_MONTHS}
