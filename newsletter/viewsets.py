"""The subscriptions in the admin: a list, its export, and deletion for whoever asks to be forgotten."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.widgets import HeaderButton
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import DeleteView

from newsletter.exports import confirmed_csv
from newsletter.models import Subscription
from newsletter.services import forget_messages
from portal.viewsets import PersonalViewSet, PortalIndexView

EXPORT = "newsletter.export_subscription"


class SubscriptionPolicy(ModelPermissionPolicy):
    """Nobody, administrators included, subscribes somebody else or changes what they asked."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Tell whether a user may do `action`: «view» and «delete» alone ever may."""
        return action in ("view", "delete") and super().user_has_permission(user, action)


class SubscriptionIndexView(PortalIndexView):
    """The list, with its export for who may."""

    any_permission_required = ["view"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send to our export whoever asks for Wagtail's by its address: it would write lines without columns."""
        if request.GET.get("export"):
            return redirect("wagtailsnippets_newsletter_subscription:export")
        return super().get(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        """Leave out the boxes of bulk actions: one is forgotten by name."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Add the export."""
        if not self.request.user.has_perm(EXPORT):
            return super().header_buttons
        url = reverse("wagtailsnippets_newsletter_subscription:export")
        return [*super().header_buttons, HeaderButton(_("Export the confirmed ones"), url=url, icon_name="download")]


class SubscriptionDeleteView(DeleteView):
    """Forget one subscription, and the messages that hold its address."""

    def get_usage_url(self) -> None:
        """Nothing refers to a subscription."""

    def delete_action(self) -> None:
        """Delete both; the admin's history keeps no address."""
        forget_messages([self.object.pk])
        super().delete_action()


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Answer the confirmed subscriptions as CSV. Who exported, when, and how many rows is logged: no address."""
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    content, count = confirmed_csv()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{gettext('newsletter')}-{timezone.localdate()}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    log(instance=Subscription(pk=0), action="newsletter.export", user=request.user, data={"rows": count})
    return response


class SubscriptionViewSet(PersonalViewSet):
    """Subscriptions: a list, an export, a deletion."""

    model = Subscription
    icon = "mail"
    menu_label = _("Newsletter")
    add_to_admin_menu = True
    menu_order = 350
    index_view_class = SubscriptionIndexView
    delete_view_class = SubscriptionDeleteView
    list_display = [
        "email",
        "language",
        "state",
        DateColumn("asked_at", label=_("Asked on"), sort_key="asked_at"),
        DateColumn("confirmed_at", label=_("Confirmed on"), sort_key="confirmed_at"),
    ]
    list_filter = ["state", "language"]
    search_fields = ["email"]
    ordering = ["-asked_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Keep the list and the deletion; add the export."""
        kept = {"list", "list_results", "delete"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("export/", export, name="export"),
        ]


subscription_policy = SubscriptionPolicy(Subscription)
subscription_viewset = SubscriptionViewSet()
