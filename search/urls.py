"""Addresses of the public search, below the language's prefix."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from search import views

app_name = "search"

urlpatterns = [path(pgettext_lazy("address of a page", "search/"), views.results, name="results")]
