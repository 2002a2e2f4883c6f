"""Who co-organises a session of the demonstration."""

from django.contrib.auth.models import User

from demo.loader.logins import CO_ORGANISING
from events.models import Occurrence
from registrations.models import CoOrganiser

# The stage that is full, and that people wait for.
CO_ORGANISED = "stage-3-lille"


def make_co_organiser(occurrences: dict[str, Occurrence]) -> None:
    """Open a session to the login of a co-organiser, where it exists."""
    user = User.objects.filter(username=CO_ORGANISING).first()
    if user:
        row = CoOrganiser(user=user, page=occurrences[CO_ORGANISED].page)
        row.full_clean()
        row.save()
