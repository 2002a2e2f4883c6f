"""Addresses of the directory, below the language's prefix: for each kind of row, a list and a page for each row."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from directory import views

app_name = "directory"


def kind_path(kind: str, word: Promise, key: str) -> URLResolver:
    """Return the addresses of a kind of row: its word in addresses, and how a row is told from the others."""
    inside: list[URLPattern | URLResolver] = [
        path("", views.row_list, {"kind": kind}, name=f"{kind}_list"),
        path(f"{key}/", views.row_page, {"kind": kind}, name=kind),
    ]
    return path(word, include(inside))


urlpatterns = [
    path(
        pgettext_lazy("address of a page", "directory/"),
        include(
            [
                path("", views.front, name="front"),
                kind_path("organisation", pgettext_lazy("address of a page", "organisations/"), "<int:pk>-<slug:slug>"),
                kind_path("network", pgettext_lazy("address of a page", "networks/"), "<slug:code>"),
                kind_path("programme", pgettext_lazy("address of a page", "programmes/"), "<slug:code>"),
                kind_path("country", pgettext_lazy("address of a page", "countries/"), "<slug:code>"),
                kind_path("goal", pgettext_lazy("address of a page", "goals/"), "<int:number>"),
                kind_path("theme", pgettext_lazy("address of a page", "themes/"), "<slug:code>"),
                kind_path("territory", pgettext_lazy("address of a page", "territories/"), "<int:pk>-<slug:slug>"),
                kind_path("person", pgettext_lazy("address of a page", "people/"), "<int:pk>-<slug:slug>"),
            ]
        ),
    )
]
