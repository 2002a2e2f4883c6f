"""A page of the directory as search engines read it (JSON-LD, see `portal.structured_data`)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, pgettext

from directory.models import Organisation, Person
from portal.languages import full_address
from portal.structured_data import CONTEXT, Node, ScriptData, node


def row_data(row: Any, address: str, steps: Sequence[tuple[str, str]], request: HttpRequest) -> ScriptData:
    """Return what is said of a row: what it is, for an organisation or a person, and the way to its page.

    `steps` are (name, path) from the front of the directory down; the way starts at the home page, as it is shown.
    Nothing is said of how to reach anybody.
    """
    url = full_address(address, request)
    things: list[Node] = []
    if isinstance(row, Organisation):
        things.append(node("Organization", name=row.label, alternateName=row.acronym, url=url, sameAs=row.website))
    if isinstance(row, Person):
        employer = node("Organization", name=row.organisation.label) if row.organisation else None
        things.append(node("Person", name=row.label, jobTitle=row.job_title, worksFor=employer, url=url))
    home = (pgettext("breadcrumbs", "Home"), f"/{get_language()}/")
    way = [
        node("ListItem", position=position, name=name, item=full_address(path, request))
        for position, (name, path) in enumerate([home, *steps, (str(row.label), address)], start=1)
    ]
    return ScriptData({"@context": CONTEXT, "@graph": [*things, node("BreadcrumbList", itemListElement=way)]})
