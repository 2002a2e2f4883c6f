from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        """Register what the search describes by itself, and listen to what changes."""
        from search import signals
        from search.providers import DocumentProvider, PageProvider
        from search.registry import register

        register(PageProvider())
        register(DocumentProvider())
        signals.connect()
