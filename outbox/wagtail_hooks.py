"""The outbox in the admin: addresses, menu, permissions, what is logged."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from outbox import text_views
from outbox.models import Message
from outbox.viewsets import message_policy, message_viewset

register_permission_policy(Message, message_policy, exact_class=True)
register_snippet(message_viewset)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Add the addresses of the texts to the admin's."""
    patterns = [path("", text_views.texts, name="list"), path("<slug:name>/", text_views.text, name="text")]
    return [path("message-texts/", include((patterns, "message_texts")))]


class TextsItem(MenuItem):
    """The line of the menu that leads to the texts, for those who may change them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may."""
        return request.user.has_perm(text_views.CHANGE)


@hooks.register("register_training_menu_item")
def texts_item() -> MenuItem:
    """Stand beside the messages."""
    address = lazy(reverse, str)("message_texts:list")
    return TextsItem(_("Texts of messages"), address, name="message-texts", icon_name="edit", order=410)


@hooks.register("register_permissions")
def permissions() -> QuerySet:
    """Let the form of groups offer our permissions."""
    return Permission.objects.filter(content_type__app_label="outbox")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is logged."""
    actions.register_action("outbox.resend", _("Send again"), _("Sent a message again"))
    actions.register_action(
        "outbox.refusal_cleared", _("The address works again"), _("Said that a refused address works again")
    )
    actions.register_action("outbox.text_restored", _("Back to the original words"), _("Back to the original words"))

    @actions.register_action("outbox.text")
    class TextFormatter(LogFormatter):
        label = _("Change the words of a message")

        def format_message(self, log_entry: Any) -> str:
            """Say in which languages."""
            languages = ", ".join(log_entry.data.get("languages", []))
            return str(_("Changed the words of a message (%(languages)s)")) % {"languages": languages}
