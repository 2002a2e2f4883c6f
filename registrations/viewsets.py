"""Referents and co-organisers in the admin: who sees the bookings of an organisation, or who comes to a session."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.snippets.views.snippets import CreateView, DeleteView

from events.forms import bookable_page_types, bookable_source_of
from portal.dates import written
from portal.viewsets import PersonalViewSet
from registrations.co_organiser.access import OWN
from registrations.models import CoOrganiser, Referent


class AppointView(CreateView):
    """Add somebody, and note who did."""

    def get_initial_form_instance(self) -> Model:
        """Return a new row, added by the user."""
        return self.model(by=self.request.user)


class DismissView(DeleteView):
    """Take away what somebody saw."""

    def get_usage_url(self) -> None:
        """Nothing refers to these rows."""


class ReferentViewSet(PersonalViewSet):
    """A list to add to and take from, by those who hold a permission of their own."""

    model = Referent
    icon = "user"
    add_view_class = AppointView
    delete_view_class = DismissView
    beside = ("organisation", "by")
    list_display = ["email", "organisation", DateColumn("since", label=_("Since"), sort_key="since"), "by"]
    search_fields = ["email", "organisation__name"]
    panels = [FieldPanel("organisation"), FieldPanel("email")]


class CoOrganiserForm(WagtailAdminModelForm):
    """Choose an account that has the role, and a page that has dates."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].widget = AdminPageChooser(target_models=bookable_page_types())
        account = self.fields["user"]
        holders = User.objects.with_perm(OWN, include_superusers=False)
        account.queryset = User.objects.filter(Q(pk__in=holders) | Q(pk=self.instance.user_id)).order_by(
            "last_name", "first_name", "username"
        )
        account.label_from_instance = name_of
        account.help_text = _("Accounts with the role of co-organiser; an administrator makes them.")

    def clean_page(self) -> Page:
        """Return the page in the source language. Raises ValidationError for a page that cannot have dates."""
        return bookable_source_of(self.cleaned_data["page"])


def name_of(user: User) -> str:
    """Return how lists name an account."""
    return user.get_full_name() or user.username


class CoOrganiserViewSet(PersonalViewSet):
    """Who co-organises which page, until when: as the referents."""

    model = CoOrganiser
    icon = "group"
    add_view_class = AppointView
    delete_view_class = DismissView
    beside = ("user", "page", "by")
    list_display = [
        TitleColumn(
            "user",
            label=_("Account"),
            accessor=lambda row: name_of(row.user),
            get_url=lambda row: reverse("wagtailsnippets_registrations_coorganiser:edit", args=[row.pk]),
            sort_key="user__last_name",
        ),
        "page",
        Column("until", label=_("Access until"), accessor=lambda row: written(row.until), sort_key="until"),
        "by",
    ]
    search_fields = ["user__last_name", "user__first_name", "user__username", "page__title"]
    edit_handler = ObjectList(
        [FieldPanel("user"), FieldPanel("page"), FieldPanel("until")], base_form_class=CoOrganiserForm
    )


referent_viewset = ReferentViewSet()
co_organiser_viewset = CoOrganiserViewSet()
