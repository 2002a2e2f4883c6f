"""A page as a Wagtail site declares it for search: its title, boosted by Wagtail, and its text."""

from django.db import models
from wagtail.models import Page
from wagtail.search import index


class StockPage(Page):
    """One entry of the corpus; `body` holds all the words that the portal's own search indexes of it."""

    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    def __str__(self) -> str:
        return self.title
