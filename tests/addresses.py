"""Every view that an address leads to, read from the URL patterns: what is new is found without being listed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLResolver


def views_in(
    patterns: Iterable[Any], prefix: str = "", held: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Any]]:
    """Return the name of each view, as `reverse` takes it, with the names of what its address holds."""
    for pattern in patterns:
        names = held | set(getattr(pattern.pattern, "converters", {})) | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from views_in(pattern.url_patterns, inner, names)
        elif pattern.name:
            yield f"{prefix}{pattern.name}", names
