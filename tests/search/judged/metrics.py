"""How good a list of results is, from the grades of what it holds. Pure functions over names."""

import math
from collections.abc import Collection, Mapping, Sequence

DEPTH = 10


def succeeds(found: Sequence[str], grades: Mapping[str, int]) -> bool:
    """Tell whether the first result has the highest grade that there is; where nothing is right, nothing must come."""
    return grades.get(found[0], 0) == max(grades.values(), default=-1) if found else not grades


def gain(found: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """Return the discounted cumulative gain: 2^grade - 1, divided by log2(rank + 1)."""
    return sum((2 ** grades.get(name, 0) - 1) / math.log2(rank + 1) for rank, name in enumerate(found[:depth], start=1))


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Return the gain of a list over that of the best list: 1 for the best, 0 for nothing good.

    Where nothing is right, an empty list is the best one.
    """
    if not grades:
        return float(not found)
    return gain(found, grades, depth) / gain(sorted(grades, key=lambda name: -grades[name]), grades, depth)


def missing(found: Sequence[str], wanted: Collection[str], depth: int = DEPTH) -> list[str]:
    """Return what must be among the first results and is not."""
    return [name for name in wanted if name not in found[:depth]]


def unwanted(
    found: Sequence[str], forbidden: Collection[str], not_first: Collection[str], depth: int = DEPTH
) -> list[str]:
    """Return the first results that must not be there, and the very first that must not be so."""
    return [name for name in found[:depth] if name in forbidden] + [name for name in found[:1] if name in not_first]
