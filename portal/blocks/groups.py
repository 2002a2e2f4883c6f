"""The groups under which editors find blocks in the chooser, in their own words."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Write")
SHOWING = _("Figures, pictures and tables")
FIELD = _("On the field")
EXPERIENCE = _("Tell an experience")
WORKSHOP = _("Days and workshops")
VOICES = _("People and voices")
LEADING = _("Links and documents")
MEDIA = _("Videos and other sites")

# The order in which the chooser shows them.
GROUPS = (TEXT, EXPERIENCE, FIELD, VOICES, WORKSHOP, SHOWING, MEDIA, LEADING)
