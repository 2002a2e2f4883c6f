"""Events in the admin."""

from wagtail.snippets.models import register_snippet

from events.viewsets import occurrence_viewset, price_list_viewset

register_snippet(occurrence_viewset)
register_snippet(price_list_viewset)
