"""The newsletter in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from newsletter.models import Subscription
from newsletter.viewsets import subscription_policy, subscription_viewset

register_permission_policy(Subscription, subscription_policy, exact_class=True)
register_snippet(subscription_viewset)


@hooks.register("register_permissions")
def permissions() -> QuerySet:
    """Let the form of groups offer the export."""
    return Permission.objects.filter(content_type__app_label="newsletter", codename="export_subscription")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is logged."""

    @actions.register_action("newsletter.export")
    class ExportFormatter(LogFormatter):
        label = _("Export the subscriptions")

        def format_message(self, log_entry: Any) -> str:
            """Say how many rows left."""
            return str(_("Exported %(count)s subscriptions")) % {"count": log_entry.data.get("rows", "?")}
