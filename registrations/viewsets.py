"""The referents of organisations in the admin: who sees and manages all the bookings of one."""

from django.db.models import Model
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import DateColumn
from wagtail.snippets.views.snippets import CreateView, DeleteView

from portal.viewsets import PersonalViewSet
from registrations.models import Referent


class ReferentCreateView(CreateView):
    """Add a referent, and note who did."""

    def get_initial_form_instance(self) -> Model:
        """Return a new referent, added by the user."""
        return Referent(by=self.request.user)


class ReferentDeleteView(DeleteView):
    """Take the organisation's bookings out of somebody's space."""

    def get_usage_url(self) -> None:
        """Nothing refers to a referent."""


class ReferentViewSet(PersonalViewSet):
    """A list to add to and take from, by those who hold a permission of their own."""

    model = Referent
    icon = "user"
    add_view_class = ReferentCreateView
    delete_view_class = ReferentDeleteView
    beside = ("organisation", "by")
    list_display = ["email", "organisation", DateColumn("since", sort_key="since"), "by"]
    search_fields = ["email", "organisation__name"]
    panels = [FieldPanel("organisation"), FieldPanel("email")]


referent_viewset = ReferentViewSet()
