"""From rows of the directory to the facts of a page or passage: what the search can filter by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import override

from directory.enums import SDG
from directory.models.organisations import Organisation, Person
from directory.models.places import Territory
from directory.models.vocabularies import Network, Programme, Theme
from search.entries import FacetValue

# The fact under which a page names a row of each model.
FACT_OF_MODEL: dict[type[Model], str] = {
    Organisation: "organisations",
    Person: "people",
    Territory: "territories",
    Network: "networks",
    Programme: "programmes",
    Theme: "themes",
}


def facts_of(rows: Iterable[Model]) -> dict[str, list[Any]]:
    """Return the facts that rows amount to, each row once, in their order. Rows of other models tell nothing.

    A person brings their organisation, and a network its programme: «what was done under URBACT III» finds them.
    """
    facts: dict[str, list[Any]] = defaultdict(list)
    for row in _with_organisations(rows):
        fact = FACT_OF_MODEL.get(type(row))
        if fact:
            facts[fact].append(row)
        if isinstance(row, Network) and row.programme:
            facts["programmes"].append(row.programme)
    return {name: list(dict.fromkeys(values)) for name, values in facts.items()}


def countries_of(rows: Iterable[Model]) -> dict[str, list[Any]]:
    """Return the countries of the organisations among the rows, or of those for which the people among them speak."""
    return {"countries": list(dict.fromkeys(row.country for row in organisations_of(rows) if row.country))}


def places_of(rows: Iterable[Model]) -> dict[str, list[Any]]:
    """Return the territories and the countries where the organisations among the rows, or of their people, act."""
    territories = (row.territory for row in organisations_of(rows) if row.territory)
    return {"territories": list(dict.fromkeys(territories)), **countries_of(rows)}


def organisations_of(rows: Iterable[Model]) -> list[Organisation]:
    """Return the organisations among the rows, and those for which the people among them speak, each once."""
    return list(dict.fromkeys(row for row in _with_organisations(rows) if isinstance(row, Organisation)))


def _with_organisations(rows: Iterable[Model]) -> Iterator[Model]:
    """Yield the rows, each person followed by the organisation they speak for."""
    for row in rows:
        yield row
        if isinstance(row, Person) and row.organisation:
            yield row.organisation


def merged(*many: dict[str, Any]) -> dict[str, Any]:
    """Return several facts as one: lists are joined, each value once; of the others the last one counts."""
    result: dict[str, Any] = {}
    for facts in many:
        for name, value in facts.items():
            known = result.get(name)
            both = isinstance(known, list) and isinstance(value, list)
            result[name] = list(dict.fromkeys([*known, *value])) if both else value
    return result


def goal_facet(goal: SDG) -> FacetValue:
    """Return the facet of a Sustainable Development Goal, by its number, in both languages."""
    labels = {}
    for language in ("fr", "en"):
        with override(language):
            labels[language] = str(goal.label)
    return FacetValue(str(goal.value), labels["fr"], labels["en"])
