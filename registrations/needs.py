"""Accessibility and diet: summed up for whoever prepares a date, deleted soon after it."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from events.models import Occurrence
from registrations.enums import SEATED
from registrations.models import Needs

RETENTION_DAYS = getattr(settings, "REGISTRATION_NEEDS_DAYS", 15)


@dataclass(frozen=True)
class NeedsOfDate:
    """What those who come to a date need: whose it is for what concerns one person, a number for a diet."""

    accessibility: list[Needs]
    diets: list[tuple[str, int]]

    def __bool__(self) -> bool:
        return bool(self.accessibility or self.diets)


def needs_of(occurrence: Occurrence) -> NeedsOfDate:
    """Return the needs of those who hold a place on a date. Diets written alike are counted together."""
    rows = (
        Needs.objects.filter(
            participant__registrations__occurrence=occurrence, participant__registrations__state__in=SEATED
        )
        .select_related("participant")
        .order_by("participant__last_name", "participant__first_name")
        .distinct()
    )
    diets: dict[str, list[str]] = {}
    for row in rows:
        if row.diet:
            diets.setdefault(row.diet.casefold().strip(" ."), []).append(row.diet)
    return NeedsOfDate([row for row in rows if row.accessibility], [(words[0], len(words)) for words in diets.values()])


def forget_needs() -> int:
    """Delete the needs of people whose last date is `REGISTRATION_NEEDS_DAYS` days past, or was never theirs.

    Return how many. A date without a day is still ahead.
    """
    limit = timezone.localdate() - datetime.timedelta(days=RETENTION_DAYS)
    active = Q(participant__registrations__occurrence__isnull=False)
    last = Needs.objects.filter(active).annotate(last_day=Max("participant__registrations__occurrence__day"))
    undated = Q(participant__registrations__occurrence__day__isnull=True)
    kept = Needs.objects.filter(undated, participant__registrations__state__in=SEATED)
    over = last.filter(last_day__lt=limit).exclude(pk__in=kept.values("pk"))
    return Needs.objects.filter(pk__in=list(over.values_list("pk", flat=True))).delete()[0]
