"""The place of co-organisers in the admin: addresses, menu, what is logged."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from registrations.co_organiser import views
from registrations.co_organiser.access import NAMESPACE, OWN, sees_own_only
from registrations.lists.taken import DOWNLOADED, PREPARED

ITEM = "own-sessions"


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Add the addresses of co-organisers to the admin's."""
    patterns = [
        path("", views.sessions, name="sessions"),
        path("<int:pk>/", views.date, name="date"),
        path("<int:pk>/list/", views.prepare, name="prepare"),
        path("lists/<str:secret>/", views.prepared_list, name="list"),
        path("lists/<str:secret>/<slug:form>/", views.download, name="download"),
    ]
    return [path("my-sessions/", include((patterns, NAMESPACE)))]


class OwnSessionsItem(MenuItem):
    """The line of the menu that leads to them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user is a co-organiser. An administrator, who holds every permission, has the board."""
        return request.user.has_perm(OWN) and not request.user.is_superuser


@hooks.register("register_admin_menu_item")
def own_sessions_item() -> MenuItem:
    """Stand first."""
    address = lazy(reverse, str)("own_sessions:sessions")
    return OwnSessionsItem(_("My sessions"), address, name=ITEM, icon_name="calendar-check", order=50)


@hooks.register("construct_main_menu", order=100)
def nothing_else(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Show a co-organiser no way to what is closed to them."""
    if sees_own_only(request.user):
        menu_items[:] = [item for item in menu_items if item.name == ITEM]


@hooks.register("register_permissions")
def permissions() -> QuerySet:
    """Let the form of groups offer the permission."""
    return Permission.objects.filter(content_type__app_label="registrations", codename="view_own_sessions")


class TakenFormatter(LogFormatter):
    """What the history says of a list: of how many people it tells, and no name. `told`: the sentence, by number."""

    told: Promise

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence about what was logged."""
        return self.told % {"count": log_entry.data.get("rows", 0)}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name in the history of a date the lists that co-organisers took."""

    @actions.register_action(PREPARED)
    class PreparedFormatter(TakenFormatter):
        label = _("Prepare a list (co-organiser)")
        told = ngettext_lazy("Asked for a list of %(count)d person", "Asked for a list of %(count)d people", "count")

    @actions.register_action(DOWNLOADED)
    class DownloadedFormatter(TakenFormatter):
        label = _("Download a list (co-organiser)")
        told = ngettext_lazy("Downloaded a list of %(count)d person", "Downloaded a list of %(count)d people", "count")
