"""Entries by the thousand: words as frequent as in a language, a few of a known frequency, values to filter by."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from search.entries import FacetValue
from search.enums import FacetName, Kind
from search.models import SearchEntry, SearchEntryFacet, SearchTerm, UnsentChange

# A word of every entry, of half of them, of one in twenty, and one that ten entries have whatever their number.
EVERYWHERE, HALF, TWENTIETH, RARE = "formation", "quartier", "mobilité", "zibeline"
FIXED = 10
WORDS_OF_BODY, SECTIONS = 330, 3
SEED = 2027
BATCH = 500
KINDS = [Kind.RESOURCE, Kind.CASE_STUDY, Kind.DOSSIER, Kind.NEWS, Kind.SESSION, Kind.OCCURRENCE, Kind.EVENT]
# How many values there are of each facet.
VALUES = {
    FacetName.THEME: 20,
    FacetName.AUDIENCE: 8,
    FacetName.TERRITORY: 60,
    FacetName.PLACE: 40,
    FacetName.YEAR: 12,
    FacetName.ORGANISATION: 300,
}


def vocabulary(number: int = 20_000) -> list[str]:
    """Return invented words, the frequent ones first."""
    rng = random.Random(SEED)  # noqa: S311 (not a secret)
    syllables = [
        head + tail for head in "bcdfglmnprstv" for tail in ("a", "e", "i", "o", "u", "an", "eur", "ion", "oi")
    ]
    found: dict[str, None] = {}
    while len(found) < number:
        found["".join(rng.choices(syllables, k=rng.randint(2, 4)))] = None
    return list(found)


def make_entries(number: int) -> None:
    """Write `number` entries as rows, without any index: what a rebuild reads."""
    rng = random.Random(SEED)  # noqa: S311
    words = vocabulary()
    # Zipf: the n-th word is n times rarer than the first.
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    for first in range(0, number, BATCH):
        last = min(first + BATCH, number)
        rows = [entry(place, number, rng.choices(words, weights, k=WORDS_OF_BODY + 30)) for place in range(first, last)]
        SearchEntry.objects.bulk_create(rows)
        SearchEntryFacet.objects.bulk_create(
            SearchEntryFacet(entry=row, name=name, code=value.code, label_fr=value.label_fr)
            for row in rows
            for name, value in facets(int(row.source_key), rng)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def entry(place: int, number: int, words: list[str]) -> SearchEntry:
    """Return one entry, unsaved."""
    body = [*words[30:], EVERYWHERE]
    body += [HALF] if place % 2 else []
    body += [TWENTIETH] if place % 20 == 0 else []
    body += [RARE] if place % max(1, number // FIXED) == 0 else []
    size = len(body) // SECTIONS + 1
    starts = datetime(2027, 1, 1, 9, tzinfo=UTC) + timedelta(days=place % 700)
    return SearchEntry(
        kind=KINDS[place % len(KINDS)],
        language="en" if place % 5 == 4 else "fr",
        source_model="bench.thing",
        source_key=str(place),
        work_key=f"bench-{place}",
        url=f"/fr/{place}/",
        title=" ".join(words[:7]).capitalize(),
        summary=" ".join(words[7:30]),
        sections=[
            {"heading": body[i], "anchor": f"s{i}", "text": " ".join(body[i : i + size])}
            for i in range(0, len(body), size)
        ],
        starts=starts if place % 3 == 0 else None,
        updated_on=date(2026, 1, 1) + timedelta(days=place % 300),
        content_hash=str(place),
    )


def facets(place: int, rng: random.Random) -> Iterator[tuple[FacetName, FacetValue]]:
    """Yield one value of each facet, two themes."""
    for name, number in VALUES.items():
        yield name, FacetValue(f"v{place % number}", f"Valeur {place % number}")
    yield FacetName.THEME, FacetValue(f"v{(place + 1 + rng.randrange(18)) % 20 + 20}", "Autre thème")


def wipe() -> None:
    """Forget every row; what the indexes hold of them goes with the next rebuild."""
    for model in (SearchEntryFacet, SearchTerm, UnsentChange, SearchEntry):
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)
