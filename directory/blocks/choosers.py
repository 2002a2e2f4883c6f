"""Choosers of the directory's rows. Each reads its rows, and what their names need, in one query for the whole list."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock


class RowChooserBlock(SnippetChooserBlock):
    """A chooser that reads rows together with the rows shown beside their name: optional unless said otherwise."""

    beside: tuple[str, ...] = ()

    def __init__(self, target_model: str, **kwargs: Any) -> None:
        super().__init__(target_model, **{"required": False, **kwargs})

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """Return the rows of these keys, in their order; None for a key that is empty or unknown."""
        rows: QuerySet = self.model_class.objects.select_related(*self.beside)
        found = rows.in_bulk([key for key in values if key is not None])
        return [found.get(key) for key in values]


class OrganisationChooserBlock(RowChooserBlock):
    """An organisation, with its country and territory."""

    beside = ("country", "territory")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("directory.Organisation", **{"label": _("Organisation"), **kwargs})


class PersonChooserBlock(RowChooserBlock):
    """A person, with their organisation."""

    beside = ("organisation__country",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("directory.Person", **{"label": _("Person of the directory"), **kwargs})


class NetworkChooserBlock(RowChooserBlock):
    """A network, with its programme."""

    beside = ("programme",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("directory.Network", **{"label": _("Network"), **kwargs})


class ThemeChooserBlock(RowChooserBlock):
    """A theme."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("directory.Theme", **{"label": _("Theme"), **kwargs})


class TerritoryChooserBlock(RowChooserBlock):
    """A territory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("directory.Territory", **{"label": _("Territory"), **kwargs})
