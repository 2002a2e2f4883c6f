"""Names of the kinds of results."""

from search.enums import NOT_SEARCHED, Kind
from search.models import SearchEntry


def kind_labels() -> dict[str, str]:
    """Return {kind: its name in the plural, in the active language} of what can be searched, in the filter's order."""
    return {kind.value: str(kind.label) for kind in Kind if kind not in NOT_SEARCHED}


def kind_label(kind: str, *, singular: bool = False) -> str:
    """Return the name of one kind, in the plural by default; one that is not ours is shown as it is."""
    if kind not in Kind.values:
        return kind
    return Kind(kind).singular if singular else str(Kind(kind).label)


def kind_of(entry: SearchEntry) -> str:
    """Return what one entry is: what it says of itself («Organisation»), else the name of its kind."""
    return str(entry.facts.get("kind_label") or kind_label(entry.kind, singular=True))
