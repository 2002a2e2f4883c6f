"""Fixed lists of the desk."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Decision(TextChoices):
    """What the team does about a search that finds nothing."""

    WANTED = "wanted", pgettext_lazy("search without result", "Content requested")
    DONE = "done", pgettext_lazy("search without result", "Content made")
    DISMISSED = "dismissed", pgettext_lazy("search without result", "Set aside")
