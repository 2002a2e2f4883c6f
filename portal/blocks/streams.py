"""A StreamField whose blocks stay out of migrations: their definitions are code, and a label is no schema change."""

from typing import Any

from wagtail.fields import StreamField


class PortalStreamField(StreamField):
    """Wagtail's StreamField, deconstructed without its blocks."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the arguments kept in migrations: no block."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
