"""The panel of a page's form that lists its dates. It only lists: each date has its own form."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.panels import Panel


class OccurrencesPanel(Panel):
    """Dates of the page, with links to add, edit and copy them; before the first save it says that they come after."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page and one user."""

        template_name = "admin/occurrences_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the occurrences, and what this user may do with them."""
            context = super().get_context_data(parent_context)
            page = self.instance
            if page.pk is None:
                return {**context, "unsaved": True}
            from events.models import Occurrence
            from events.viewsets import occurrence_viewset

            user = self.request.user
            may_touch = not page.source_page.live or user.has_perm("events.change_live_occurrence")
            back = urlencode({"page": page.source_page.pk, "next": self.request.path})
            return {
                **context,
                "occurrences": Occurrence.objects.for_page(page).with_details().in_order(),
                "may_add": may_touch and user.has_perm("events.add_occurrence"),
                "may_change": may_touch and user.has_perm("events.change_occurrence"),
                "add_url": f"{reverse(occurrence_viewset.get_url_name('add'))}?{back}",
                "edit_name": occurrence_viewset.get_url_name("edit"),
                "copy_name": occurrence_viewset.get_url_name("copy"),
                "back": back,
            }
