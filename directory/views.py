"""The public pages of the directory: its front, a list for each kind of row, a page for each row."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.about import details_of, networks_with_cities, references_inside, subject_of
from directory.addresses import query_of, url_of
from directory.models import Network, Territory
from directory.references import NARROWING, counts_of, gather, is_named, named_codes
from directory.row_kinds import FRONT_DESCRIPTION, KINDS, RowKind
from directory.structured_data import row_data
from portal.languages import bilingual
from search.models import SearchEntryFacet

LIST_SIZE = 60
DESCRIPTION = _(
    "%(name)s: case studies, close-ups on the field, quotations, dossiers, sessions and resources that name it."
)


def reader_language() -> str:
    """Return the language of the page."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def list_addresses() -> list[str]:
    """Return the addresses of the front and of the lists, for the sitemap."""
    return [reverse("directory:front"), *(reverse(f"directory:{name}_list") for name in KINDS)]


def row_addresses() -> list[str]:
    """Return the addresses of the rows that something public names, in the same order in every language."""
    rows = [(kind, row) for kind in KINDS.values() for row in kind.with_codes(named_codes(kind.name))]
    return [url_of(row) for _kind, row in sorted(rows, key=lambda pair: (pair[0].name, pair[0].code_of(pair[1])))]


@bilingual(addresses=list_addresses)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the kinds of rows, each with the number of those that something public names."""
    language = reader_language()
    kinds = [(kind, reverse(f"directory:{kind.name}_list"), len(counted(kind, language))) for kind in KINDS.values()]
    return render(request, "directory/front.html", {"kinds": kinds, "description": FRONT_DESCRIPTION})


@bilingual()
@require_safe
def row_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the rows of a kind that something public names, each with the number of what names it."""
    row_kind = KINDS[kind]
    found = listed_territories(reader_language()) if row_kind.model is Territory else listed(row_kind)
    items = Paginator(found, LIST_SIZE).get_page(request.GET.get("page"))
    context = {"kind": row_kind, "description": row_kind.says, "items": items, "is_hidden": items.number > 1}
    if row_kind.model is Network:
        context["networks"] = told_networks({row.pk: total for row, total, _depth in items})
    return render(request, "directory/list.html", context)


@bilingual(addresses=row_addresses)
@require_safe
def row_page(request: HttpRequest, kind: str, **key: Any) -> HttpResponse:
    """Show a row and what refers to it; `?kind=` shows one kind by pages, and one facet (`?theme=…`) narrows it.

    Another spelling of the address leads to the right one. Raises Http404 for a row that does not exist, and for an
    organisation or a person that nothing public names.
    """
    row_kind = KINDS[kind]
    row = row_kind.find(**key)
    if row is None or not (row_kind.is_public or is_named(kind, row_kind.code_of(row))):
        raise Http404
    address = url_of(row)
    if address != request.path:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    language = reader_language()
    asked = {name.value: request.GET[name] for name in NARROWING if request.GET.get(name)}
    gathered = gather(
        subject_of(row_kind, row), language, request.GET.get("kind", ""), asked, request.GET.get("page", 1)
    )
    list_address = reverse(f"directory:{kind}_list")
    steps = [(pgettext("public", "Directory"), reverse("directory:front")), (str(row_kind.plural), list_address)]
    context = {
        "kind": row_kind,
        "row": row,
        "address": address,
        "gathered": gathered,
        "query": query_of(gathered.kind, gathered.narrowed),
        "list_address": list_address,
        "description": DESCRIPTION % {"name": row.label},
        "data": row_data(row, address, steps, request),
        "about": f"directory/about/{kind}.html",
        # What is filtered or far down a list is found from the page itself.
        "is_hidden": bool(request.GET) or not gathered.total,
        **details_of(row, language),
    }
    return render(request, "directory/row.html", context)


def counted(kind: RowKind, language: str) -> dict[Any, int]:
    """Return the rows (by code; territories by their place in the tree) that have references, and how many."""
    if kind.model is Territory:
        return {path: len(entries) for path, entries in references_inside(language).items()}
    return counts_of(kind.name, language)


def listed(kind: RowKind) -> list[tuple[Any, int, int]]:
    """Return (row, number of references, 0) for the rows that have some, in the order of their names."""
    counts = counts_of(kind.name, reader_language())
    return [(row, counts[kind.code_of(row)], 0) for row in kind.with_codes(counts)]


def told_networks(totals: Mapping[int, int]) -> list[tuple[Network, list[SearchEntryFacet], int]]:
    """Return networks (keys of numbers of references) in the same order: each, who told what they did in it, number."""
    found = {
        network.pk: (network, told) for network, told in networks_with_cities(Network.objects.filter(pk__in=totals))
    }
    return [(*found[pk], total) for pk, total in totals.items()]


def listed_territories(language: str) -> list[tuple[Territory, int, int]]:
    """Return (territory, number of references, depth below the widest) in the order of the tree."""
    found = references_inside(language)
    rows = Territory.objects.filter(path__in=list(found)).order_by("path")
    return [(row, len(found[row.path]), row.depth - 1) for row in rows]
