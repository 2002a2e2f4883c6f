from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        """Let the public search find the dates, and follow the documents of pages."""
        from django.db.models.signals import post_save
        from wagtail.signals import page_published

        from events.documents import document_row_saved, page_documents_published
        from events.found_calendar import calendar_of_found
        from events.found_dates import columns_of_dates
        from events.models import PageDocument
        from events.search import OccurrenceProvider, connect
        from search import calendars, found_views, registry

        registry.register(OccurrenceProvider())
        found_views.register(
            found_views.FoundView(
                "events:members",
                _("Member territories"),
                _("Agents of member territories and organisations come to our sessions at the members’ price."),
            )
        )
        connect()
        calendars.write_with(calendar_of_found)
        calendars.tell_with(columns_of_dates)
        post_save.connect(document_row_saved, sender=PageDocument, dispatch_uid="events.document_row_saved")
        page_published.connect(page_documents_published, dispatch_uid="events.page_documents_published")
