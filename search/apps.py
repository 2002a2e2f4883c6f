from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        """Register what the search describes by itself, and listen to what changes."""
        from portal import health
        from search import signals
        from search.health import state
        from search.providers import DocumentProvider, PageProvider, TermProvider
        from search.registry import register

        register(PageProvider())
        register(DocumentProvider())
        register(TermProvider())
        signals.connect()
        health.tell("search", state)
