from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self) -> None:
        """Let the public search find where one subscribes."""
        from search.found_views import FoundView, register

        register(
            FoundView(
                "newsletter:subscribe", _("Newsletter"), _("Sessions, events and new resources, in your mailbox.")
            )
        )
