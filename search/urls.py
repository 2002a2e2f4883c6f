"""Addresses of the public search, below the language's prefix."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from search import feed_views, views

app_name = "search"

urlpatterns = [
    path(pgettext_lazy("address of a page", "search/"), views.results, name="results"),
    path(pgettext_lazy("address of a page", "glossary/"), views.glossary, name="glossary"),
    path(pgettext_lazy("address of a page", "search/suggestions/"), views.suggested, name="suggestions"),
    path(pgettext_lazy("address of a page", "search/feed.rss"), feed_views.rss, name="rss"),
    path(pgettext_lazy("address of a page", "search/dates.ics"), feed_views.calendar, name="calendar"),
    path(pgettext_lazy("address of a page", "search/results.json"), feed_views.data, name="json"),
]
