"""The messages in the admin: to read and to send again, never to change."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import InspectView

from outbox.bounces import with_refusals
from outbox.filters import FAILED, REFUSED, STUCK, MessageFilterSet
from outbox.kinds import label_of
from outbox.masking import masked_text
from outbox.models import BouncedAddress, Message
from outbox.resending import failed, may_be_resent, stuck
from outbox.services import attachments_of
from outbox.views import CLEAR, RESEND, attachment, clear_refusal, formatted_text, send_again
from portal.viewsets import PersonalViewSet, PortalIndexView


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Who holds the permission reads; nobody, administrators included, adds, changes or deletes."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Tell whether a user may do `action` («view» alone ever may)."""
        return action == "view" and super().user_has_permission(user, action)


# Rows shown above the list: the rest is one click away.
MOST_SHOWN = 5


class MessageIndexView(PortalIndexView):
    """The list, which opens the reading view; above it, what did not leave as it should."""

    any_permission_required = ["view"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what needs somebody: how many, and the latest."""
        context = super().get_context_data(**kwargs)
        rows = [
            (FAILED, _("Could not be sent"), with_refusals(failed())),
            (STUCK, _("Should have left by now"), with_refusals(stuck())),
        ]
        attention = [(name, label, found.count(), found[:MOST_SHOWN]) for name, label, found in rows]
        return {
            **context,
            "attention": [row for row in attention if row[2]],
            "refused_count": BouncedAddress.objects.count(),
            "refused_filter": REFUSED,
        }

    @cached_property
    def columns(self) -> list[Column]:
        """Leave out the boxes of bulk actions: there is nothing to do to a message."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class MessageInspectView(InspectView):
    """One message with its text, its formatted text in a frame without scripts, its files and its delivery."""

    any_permission_required = ["view"]
    template_name = "admin/outbox/message.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text without its secrets, what it is about, and the files."""
        files = [
            (file, reverse("wagtailsnippets_outbox_message:attachment", args=[self.object.pk, number]))
            for number, file in enumerate(attachments_of(self.object))
        ]
        user, shown_text = self.request.user, masked_text(self.object)
        return {
            **super().get_context_data(**kwargs),
            "message": self.object,
            "kind_label": label_of(self.object.kind),
            "shown_text": shown_text,
            "is_masked": shown_text != self.object.text,
            "about": self.object.about,
            "about_url": AdminURLFinder(user).get_edit_url(self.object.about) if self.object.about else None,
            "files": files,
            "may_resend": user.has_perm(RESEND) and may_be_resent(self.object),
            "refusal": BouncedAddress.objects.filter(address=self.object.recipient.lower()).first(),
            "may_clear": user.has_perm(CLEAR),
        }


class AboutColumn(Column):
    """What a message is about, with a link for those who may open it."""

    cell_template_name = "admin/outbox/about_cell.html"

    def get_cell_context_data(self, instance: Message, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Add the address, None where the user may not see the row."""
        finder = AdminURLFinder(parent_context["request"].user)
        address = finder.get_edit_url(instance.about) if instance.about else None
        return {**super().get_cell_context_data(instance, parent_context), "address": address}


class MessageViewSet(PersonalViewSet):
    """Messages: a list and a reading view."""

    model = Message
    icon = "mail"
    menu_label = _("Messages")
    add_to_admin_menu = False
    inspect_view_enabled = True
    index_view_class = MessageIndexView
    inspect_view_class = MessageInspectView
    index_template_name = "admin/outbox/messages.html"
    filterset_class = MessageFilterSet
    list_display = [
        TitleColumn("subject", label=_("Subject"), get_url=lambda message: read_url(message)),
        Column("recipient", label=_("Recipient"), accessor=lambda message: recipient_of(message), sort_key="recipient"),
        Column("kind", label=_("Kind"), accessor=lambda message: label_of(message.kind), sort_key="kind"),
        AboutColumn("about", label=_("About"), accessor=lambda message: message.about or ""),
        "state",
        DateColumn("created_at", label=_("Written on"), sort_key="created_at"),
    ]
    search_fields = ["recipient", "subject", "text"]
    ordering = ["-created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Read with each message whether its address is refused; leave its bodies where they are."""
        return with_refusals(Message.objects.defer("text", "html", "attachments").prefetch_related("about"))

    def get_urlpatterns(self) -> list[Any]:
        """Keep the list and the reading view; add the frame, the files and the buttons."""
        kept = {"list", "list_results", "inspect"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("inspect/<int:pk>/html/", formatted_text, name="html"),
            path("inspect/<int:pk>/send-again/", send_again, name="send_again"),
            path("inspect/<int:pk>/clear-refusal/", clear_refusal, name="clear_refusal"),
            path("inspect/<int:pk>/attachment/<int:number>/", attachment, name="attachment"),
        ]


def read_url(message: Message) -> str:
    """Return the address of the reading view."""
    return reverse("wagtailsnippets_outbox_message:inspect", args=[message.pk])


def recipient_of(message: Message) -> str:
    """Return the address, and whether the mail server refuses it."""
    return f"{message.recipient} ({_('refused')})" if message.is_refused else message.recipient


message_policy = ReadOnlyPolicy(Message)
message_viewset = MessageViewSet()
