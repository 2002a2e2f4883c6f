from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        """Register what the search describes by itself, and listen to what changes."""
        from portal import health
        from search import found_views, signals
        from search.health import state
        from search.providers import DocumentProvider, PageProvider, TermProvider, ViewProvider
        from search.registry import register

        register(PageProvider())
        register(DocumentProvider())
        register(TermProvider())
        register(ViewProvider())
        found_views.register(
            found_views.FoundView(
                "search:glossary",
                _("Glossary"),
                _("The acronyms and expressions of the field, and what they mean. The search knows all their forms."),
            )
        )
        signals.connect()
        health.tell("search", state)
