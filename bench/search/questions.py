"""What is asked and timed: the first page of a search with every facet, a suggestion, one change."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.http import QueryDict

from bench.search.entries import EVERYWHERE, HALF, RARE, TWENTIETH
from search.criteria import Criteria
from search.engines import get_engine
from search.models import SearchEntry
from search.services import search
from search.suggestions import suggestions

QUESTIONS = {
    "every entry": f"q={EVERYWHERE}",
    "half of them": f"q={HALF}",
    "three words": f"q={EVERYWHERE}+{HALF}+{TWENTIETH}",
    "rare word": f"q={RARE}",
    "two filters": f"q={EVERYWHERE}&theme=v3&kind=resource",
}
SUGGESTION, UPDATE = "suggestion", "one change"


@dataclass
class Times:
    """Seconds that something took, time after time."""

    seconds: list[float] = field(default_factory=list)

    def add(self, action: Callable[[], object]) -> None:
        """Do it and note how long it took."""
        started = time.perf_counter()
        action()
        self.seconds.append(time.perf_counter() - started)

    @property
    def median(self) -> float:
        """The half of the times are below it."""
        return statistics.median(self.seconds)

    @property
    def slow(self) -> float:
        """Nineteen times out of twenty are below it."""
        return sorted(self.seconds)[int(0.95 * (len(self.seconds) - 1) + 0.5)]


def ask(question: str) -> int:
    """Ask for the first page with every facet, as the page of results does; return how many entries match."""
    found = search(Criteria.read(QueryDict(question), "fr").request())
    if found.reduced:
        raise RuntimeError("Elasticsearch did not answer in time: the embedded search did.")
    return found.total


def propose(title: str) -> int:
    """Ask for suggestions on the beginning of a title."""
    return len(suggestions(title[:4], "fr"))


def change(entry: SearchEntry) -> None:
    """Write one entry again and bring the index up to date, as a publication does."""
    with transaction.atomic():
        entry.version += 1
        entry.summary = f"{entry.summary[:200]} {entry.version}"
        entry.save()
        get_engine().index([entry])


def actions() -> dict[str, Callable[[], object]]:
    """Return what is timed, by its name."""
    entry = SearchEntry.objects.filter(language="fr").order_by("pk")[3]
    asked: dict[str, Callable[[], object]] = {
        name: (lambda question=question: ask(question)) for name, question in QUESTIONS.items()
    }
    return {**asked, SUGGESTION: lambda: propose(entry.title), UPDATE: lambda: change(entry)}
