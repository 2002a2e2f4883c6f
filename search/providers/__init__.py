"""What the search describes by itself: pages and documents."""

from search.providers.documents import DocumentProvider
from search.providers.pages import PageProvider

__all__ = ["DocumentProvider", "PageProvider"]
