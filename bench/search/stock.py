"""Wagtail's own search on the project's database: the first ten pages that hold a word which every page holds."""

import random
import sqlite3
import time

from django.db import DatabaseError, connection
from wagtail.models import Locale, Page

from bench.search.entries import EVERYWHERE, SEED, WORDS_OF_BODY, vocabulary
from tests.search.judged.stock.models import StockPage

CAP = 60
# SQLite looks at the clock after so many of its own steps.
STEPS = 100_000


def make_pages(number: int) -> None:
    """Publish pages of about as many words as our entries have; Wagtail indexes each."""
    rng = random.Random(SEED)  # noqa: S311 (not a secret)
    words = vocabulary()
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    root = Page.objects.get(depth=1)
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    for place in range(number):
        drawn = rng.choices(words, weights, k=WORDS_OF_BODY)
        page = StockPage(title=" ".join(drawn[:7]), slug=f"bench-{number}-{place}", locale=locale)
        page.summary, page.body = " ".join(drawn[7:30]), " ".join([*drawn[30:], EVERYWHERE])
        root.add_child(instance=page)


def seconds_of_first_page() -> float | None:
    """Return how long the first ten results take, or None where it is more than 60 s."""
    started = time.perf_counter()
    if connection.vendor == "sqlite":
        native: sqlite3.Connection = connection.connection
        native.set_progress_handler(lambda: int(time.perf_counter() - started > CAP), STEPS)
    try:
        found = list(Page.objects.live().search(EVERYWHERE)[:10])
    except DatabaseError:
        return None
    finally:
        if connection.vendor == "sqlite":
            native.set_progress_handler(None, STEPS)
    if len(found) != 10:
        raise RuntimeError("Wagtail's own search did not find the pages: nothing was measured.")
    return time.perf_counter() - started
