"""The messages in the admin: to read, never to change."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import InspectView

from outbox.models import Message
from outbox.services import attachments_of
from outbox.views import attachment, formatted_text
from portal.viewsets import PortalIndexView, PortalViewSet


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Who holds the permission reads; nobody, administrators included, adds, changes or deletes."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Tell whether a user may do `action` («view» alone ever may)."""
        return action == "view" and super().user_has_permission(user, action)


class MessageIndexView(PortalIndexView):
    """The list, which opens the reading view."""

    any_permission_required = ["view"]

    @cached_property
    def columns(self) -> list[Column]:
        """Leave out the boxes of bulk actions: there is nothing to do to a message."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class MessageInspectView(InspectView):
    """One message with its text, its formatted text in a frame without scripts, its files and its delivery."""

    any_permission_required = ["view"]
    template_name = "admin/outbox/message.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the files."""
        files = [
            (file, reverse("wagtailsnippets_outbox_message:attachment", args=[self.object.pk, number]))
            for number, file in enumerate(attachments_of(self.object))
        ]
        return {**super().get_context_data(**kwargs), "message": self.object, "files": files}


class MessageViewSet(PortalViewSet):
    """Messages: a list and a reading view."""

    model = Message
    icon = "mail"
    menu_label = _("Messages")
    add_to_admin_menu = False
    # Personal data: neither revisions nor references keep a copy of it.
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = MessageIndexView
    inspect_view_class = MessageInspectView
    list_display = [
        TitleColumn("subject", label=_("Subject"), get_url=lambda message: read_url(message)),
        "recipient",
        "kind",
        "state",
        DateColumn("created_at", label=_("Written on"), sort_key="created_at"),
    ]
    list_filter = ["state", "kind", "language"]
    search_fields = ["recipient", "subject", "text"]
    ordering = ["-created_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Keep the list and the reading view; add the frame and the files."""
        kept = {"list", "list_results", "inspect"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("inspect/<int:pk>/html/", formatted_text, name="html"),
            path("inspect/<int:pk>/attachment/<int:number>/", attachment, name="attachment"),
        ]


def read_url(message: Message) -> str:
    """Return the address of the reading view."""
    return reverse("wagtailsnippets_outbox_message:inspect", args=[message.pk])


message_policy = ReadOnlyPolicy(Message)
message_viewset = MessageViewSet()
