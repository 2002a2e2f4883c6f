"""Addresses of the pages of the directory."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import slugify

from directory.enums import SDG
from directory.models import Country, Network, Organisation, Person, Programme, Territory, Theme
from search.enums import FacetName
from search.models import SearchEntryFacet

# Rows found by their key, with words that may change; rows found by a code that does not.
NUMBERED = {Organisation: "organisation", Person: "person", Territory: "territory"}
CODED = {Country: "country", Network: "network", Programme: "programme", Theme: "theme"}
NUMBERED_FACETS = {FacetName.ORGANISATION, FacetName.PERSON, FacetName.TERRITORY}
APOSTROPHES = re.compile("['’ʼ]")
CODED_FACETS = {FacetName.COUNTRY, FacetName.NETWORK, FacetName.PROGRAMME, FacetName.THEME}


def url_of(row: Any) -> str:
    """Return the address of a row's page in the active language, "" for a row that has none or is not saved.

    A row of the directory, a goal (`SDG`), or one value of a search entry. Costs no query.
    """
    name, key = _named(row)
    return reverse(f"directory:{name}", kwargs=key) if name else ""


def _named(row: Any) -> tuple[str, Mapping[str, Any]]:
    """Return the name of the address and its arguments, or an empty name."""
    if isinstance(row, SDG):
        return "goal", {"number": row.value}
    if isinstance(row, SearchEntryFacet):
        return _of_facet(row.name, row.code, row.label_fr)
    if getattr(row, "pk", None) is None:
        return "", {}
    if name := NUMBERED.get(type(row)):
        return name, {"pk": row.pk, "slug": slug(str(getattr(row, "name", row)), name)}
    if name := CODED.get(type(row)):
        return name, {"code": row.code.lower()}
    return "", {}


def _of_facet(name: str, code: str, label: str) -> tuple[str, Mapping[str, Any]]:
    if name in NUMBERED_FACETS:
        return name, {"pk": int(code), "slug": slug(label, name)}
    if name in CODED_FACETS:
        return name, {"code": code.lower()}
    return ("goal", {"number": int(code)}) if name == FacetName.GOAL else ("", {})


def query_of(kind: str, facet: SearchEntryFacet | None) -> str:
    """Return the query string that keeps a kind of references and a facet, ending with «&»; "" for all of them."""
    kept = {"kind": kind, facet.name if facet else "": facet.code.lower() if facet else ""}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{query}&" if query else ""


def slug(name: str, otherwise: str) -> str:
    """Return a name as an address writes it; `otherwise` when none of its letters can be written.

    An apostrophe parts two words: «Communauté urbaine d’Arras» is «communaute-urbaine-d-arras».
    """
    return slugify(APOSTROPHES.sub(" ", name)) or otherwise
