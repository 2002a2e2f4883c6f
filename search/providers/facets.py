"""From what a page says of itself (`search_facts`) to the values it can be filtered by."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from search.entries import FacetValue
from search.enums import FacetName

# Keys of `search_facts()`, in the singular or the plural, and the facet that each one feeds.
FACTS = {
    FacetName.THEME: ("themes", "theme"),
    FacetName.AUDIENCE: ("audiences", "audience"),
    FacetName.TERRITORY: ("territories", "territory"),
    FacetName.AREA: ("areas",),
    FacetName.ORGANISATION: ("organisations", "organisation"),
    FacetName.PROGRAMME: ("programmes", "programme"),
    FacetName.NETWORK: ("networks", "network"),
    FacetName.COUNTRY: ("countries", "country"),
    FacetName.GOAL: ("goals",),
    FacetName.PERSON: ("people",),
    FacetName.CONTACT: ("contacts",),
    FacetName.RESOURCE_TYPE: ("resource_type",),
    FacetName.YEAR: ("years",),
    FacetName.OF: ("of",),
}


def facet_values(facts: Mapping[str, Any]) -> dict[str, list[FacetValue]]:
    """Return {facet name: values} for the facts of a page. A fact is one value or several."""
    result: dict[str, list[FacetValue]] = {}
    for name, keys in FACTS.items():
        values = [facet_value(value) for key in keys for value in as_list(facts.get(key))]
        if unique := {value.code: value for value in values if value.code}:
            result[name.value] = list(unique.values())
    return result


def names_of(rows: Iterable[Any]) -> list[str]:
    """Return the names of rows, as they are written and in the active language, each once."""
    return list(dict.fromkeys(str(name) for row in rows for name in (row, getattr(row, "label", "")) if name))


def as_list(value: Any) -> Iterable[Any]:
    """Return the values of a fact: a list of them, a single one, or none. A tuple is one (code, label) pair."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, list) else (value,)


def facet_value(value: Any) -> FacetValue:
    """Return the value for a row with labels, a (code, label) pair or a plain text."""
    if isinstance(value, FacetValue):
        return value
    if isinstance(value, tuple):
        code, label = value
        return FacetValue(str(code)[:100], str(label)[:255], str(label)[:255])
    if isinstance(value, Model):
        code = getattr(value, "code", None) or value.pk
        french = getattr(value, "label_fr", "") or getattr(value, "name", "") or str(value)
        return FacetValue(str(code)[:100], str(french)[:255], str(getattr(value, "label_en", ""))[:255])
    return FacetValue(slugify(str(value))[:100], str(value)[:255], str(value)[:255])
