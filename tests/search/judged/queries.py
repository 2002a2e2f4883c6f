"""The judged queries as the files say them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class JudgedQuery:
    """What one query should find.

    `grades`: 3 answers it, 2 helps, 1 is about it; what is not named is worth nothing. `must`: what the first ten have
    to hold, those of grade 3 unless said. `passages`: the page of the file or the heading's anchor that a hit leads to.
    `suggestion`: one of the texts to propose, then judged by what it finds. `other`: told in the other language only,
    and judged by what is shown apart. `blind`: written before the search was ever asked.
    """

    query: str
    language: str
    category: str
    reason: str
    grades: Mapping[str, int]
    must: Sequence[str] = ()
    forbidden: Sequence[str] = ()
    not_first: Sequence[str] = ()
    passages: Mapping[str, str | int] = field(default_factory=dict)
    suggestion: Sequence[str] = ()
    other: bool = False
    blind: bool = False
    known_failure: str = ""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "JudgedQuery":
        best = [name for name, grade in raw["grades"].items() if grade == 3]
        return cls(**{"must": best, **raw})


@cache
def judged_queries() -> tuple[JudgedQuery, ...]:
    paths = sorted(FOLDER.glob("*.yaml"))
    return tuple(JudgedQuery.read(raw) for path in paths for raw in yaml.safe_load(path.read_text(encoding="utf-8")))
