"""What the search describes by itself: pages, documents and terms."""

from search.providers.documents import DocumentProvider
from search.providers.pages import PageProvider
from search.providers.terms import TermProvider

__all__ = ["DocumentProvider", "PageProvider", "TermProvider"]
