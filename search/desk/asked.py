"""What was asked, as the desk shows it: the forms of one question together, and nothing asked on one day alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone

from search.desk.models import AskedQuery, AskedQuerySet, FailedQuery

# How many months the searches without result are read from, this one included.
RECENT = 3
MOST_SHOWN = 200
MOST_EXPORTED = 10_000


@dataclass(frozen=True)
class Asked:
    """A question: how it is mostly written, its other forms, how often it was asked and what came of it."""

    stem: str
    language: str
    forms: Sequence[str]
    count: int
    narrowed: int
    failed: int
    partial: int
    found: int

    @property
    def shown(self) -> str:
        """How it is mostly written."""
        return self.forms[0] if self.forms else self.stem

    @property
    def share(self) -> int:
        """How many of a hundred times nothing held all its words."""
        return round(100 * (self.failed + self.partial) / self.count) if self.count else 0


@dataclass(frozen=True)
class Month:
    """All that was asked in a month: how often, and how many times nothing held all the words."""

    count: int
    failed: int

    @property
    def share(self) -> int:
        """How many of a hundred."""
        return round(100 * self.failed / self.count) if self.count else 0


def months_known() -> list[date]:
    """Return the months of which something was kept, the latest first."""
    return list(AskedQuery.objects.order_by("-month").values_list("month", flat=True).distinct())


def asked_in(month: date, language: str, limit: int = MOST_SHOWN) -> list[Asked]:
    """Return what was asked most in a month."""
    rows = AskedQuery.objects.filter(month=month, language=language)
    return _described(rows, _sums(rows).order_by("-asked", "stem")[:limit], language)


def total_of(month: date, language: str) -> Month:
    """Return how much was asked in a month, what is not shown included."""
    rows = AskedQuery.objects.filter(month=month, language=language)
    sums = rows.aggregate(asked=Sum("count", default=0), missed=Sum(F("failed") + F("partial"), default=0))
    return Month(sums["asked"], sums["missed"])


def failing(language: str) -> Any:
    """Return the sums by stem of what found nothing lately and waits for a decision, what failed most first."""
    rows = recent(language).exclude(stem__in=FailedQuery.objects.filter(language=language).values("stem"))
    return _sums(rows).filter(missed__gt=0).order_by("-without", "-missed", "stem")


def described(sums: Iterable[dict], language: str) -> list[Asked]:
    """Return the questions of some sums of `failing`."""
    return _described(recent(language), sums, language)


def recent(language: str) -> AskedQuerySet:
    """Return what was asked in the last months."""
    first = timezone.localdate().replace(day=1)
    for _number in range(RECENT - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return AskedQuery.objects.filter(month__gte=first, language=language)


def _sums(rows: AskedQuerySet) -> Any:
    """Return the sums by question of what was asked on several days."""
    return (
        rows.shown()
        .order_by()
        .values("stem")
        .annotate(
            asked=Sum("count"),
            again=Sum("narrowed"),
            without=Sum("failed"),
            some=Sum("partial"),
            missed=Sum(F("failed") + F("partial")),
        )
    )


def _described(rows: AskedQuerySet, sums: Iterable[dict], language: str) -> list[Asked]:
    """Return questions with their forms, the one asked most first: one more query."""
    sums = list(sums)
    forms: dict[str, list[AskedQuery]] = {}
    for row in rows.shown().filter(stem__in=[found["stem"] for found in sums]).order_by("-count", "-month", "form"):
        forms.setdefault(row.stem, []).append(row)
    result = []
    for found in sums:
        own = forms.get(found["stem"], [])
        written = list(dict.fromkeys(row.shown for row in own))
        numbers = (found["asked"], found["again"], found["without"], found["some"])
        result.append(Asked(found["stem"], language, written, *numbers, own[0].found if own else 0))
    return result
