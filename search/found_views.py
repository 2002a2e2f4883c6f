"""Pages of the site that are views, not pages of Wagtail's: found by their own names as information pages are.

Apps register theirs in `AppConfig.ready()`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class FoundView:
    """A view without parameters, by the name of its address; what it is called, what it says, other words for it."""

    name: str
    title: str | Promise
    summary: str | Promise = ""
    keywords: tuple[str | Promise, ...] = ()


_views: dict[str, FoundView] = {}


def register(view: FoundView) -> None:
    """Add a view; a second one of the same name is an error."""
    if view.name in _views:
        raise ValueError(f"{view.name} is found already.")
    _views[view.name] = view


def found_views() -> list[FoundView]:
    """Return the views in the order of their registration."""
    return list(_views.values())
