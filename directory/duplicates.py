"""Which rows of the directory may be one and the same: suggested, never merged by themselves."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from django.db import models

from directory.models import Organisation, Person
from portal.words import folded

# How alike two names must be, from 0 to 1, to be suggested.
ALIKE = 0.8
MOST = 10
WORD = re.compile(r"[a-z0-9]+")
# Words that two names of one organisation have or have not.
SMALL_WORDS = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "of", "the", "and"]
).union(["ville", "mairie", "commune", "association"])
SIREN = 9


def name_key(text: str) -> str:
    """Return a name as one compares it: its words in order of the alphabet, without the small ones."""
    words = WORD.findall(folded(text))
    return " ".join(sorted(word for word in words if word not in SMALL_WORDS) or sorted(words))


def _clues(row: models.Model) -> Iterator[str]:
    """Yield what two rows have in common only when they are one: a name, a number, an address."""
    if isinstance(row, Organisation):
        yield from (f"name {name_key(name)}" for name in (row.name, row.name_en) if name)
        # «C.N.F.P.T.» and «CNFPT»: the same letters, whatever stands between them.
        yield from (f"name {''.join(WORD.findall(folded(name)))}" for name in (row.name, row.name_en) if name)
        if row.siret:
            yield f"siren {row.siret[:SIREN]}"
        if row.acronym:
            yield f"name {name_key(row.acronym)}"
    elif isinstance(row, Person):
        yield f"name {name_key(str(row))}"
        if row.email:
            yield f"email {row.email.lower()}"


def similar_to(row: models.Model) -> list[models.Model]:
    """Return the rows of the same kind that may be the same, the likeliest first."""
    clues, key = set(_clues(row)), name_key(str(getattr(row, "name", row)))
    scored = []
    for other in type(row)._base_manager.exclude(pk=row.pk):
        score = 2.0 if clues & set(_clues(other)) else _likeness(key, name_key(str(getattr(other, "name", other))))
        if score >= ALIKE:
            scored.append((score, other.pk, other))
    return [other for _score, _pk, other in sorted(scored, key=lambda found: (-found[0], found[1]))[:MOST]]


def _likeness(first: str, second: str) -> float:
    matcher = SequenceMatcher(None, first, second)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def likely_groups(rows: Iterable[models.Model]) -> list[list[models.Model]]:
    """Return the groups of rows that share a name, a number or an address, in the order of the rows."""
    by_clue: dict[str, list[models.Model]] = defaultdict(list)
    for row in rows:
        for clue in set(_clues(row)):
            by_clue[clue].append(row)
    groups = {tuple(row.pk for row in group): group for group in by_clue.values() if len(group) > 1}
    return list(groups.values())
