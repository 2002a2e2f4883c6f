"""What the search describes by itself: pages, documents, terms and views."""

from search.providers.documents import DocumentProvider
from search.providers.pages import PageProvider
from search.providers.terms import TermProvider
from search.providers.views import ViewProvider

__all__ = ["DocumentProvider", "PageProvider", "TermProvider", "ViewProvider"]
