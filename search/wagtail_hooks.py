"""What the search adds to the admin."""

from collections.abc import Sequence

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from search.desk import previews, views
from search.desk.menu import SEARCH_MENU
from search.viewsets import PromotionViewSet, TermViewSet


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Add the addresses of the desk to the admin's."""
    patterns = [
        path("", views.searches, name="searches"),
        path("export/", views.export, name="export"),
        path("without-result/", views.failed, name="failed"),
        path("without-result/<slug:word>/", views.remedy, name="remedy"),
        path("documents/", views.documents, name="documents"),
        path("try-term/", previews.try_term, name="try_term"),
    ]
    return [path("search-desk/", include((patterns, "search_desk")))]


@hooks.register("register_admin_menu_item")
def search_menu() -> MenuItem:
    """Gather what tells of the search, and what mends it."""
    return SubmenuMenuItem(pgettext_lazy("menu", "Search"), SEARCH_MENU, name="search", icon_name="search", order=550)


@hooks.register("register_permissions")
def permissions() -> QuerySet:
    """Let the form of groups offer our permissions."""
    return Permission.objects.filter(
        content_type__app_label="search", codename__in=["view_askedquery", "change_failedquery"]
    )


@hooks.register("before_delete_snippet")
def refuse_deletion(request: HttpRequest, rows: Sequence[Model]) -> None:
    """Refuse the page that deletes several rows of ours to who may delete none: Wagtail shows it empty."""
    found = request.resolver_match.kwargs if request.resolver_match else {}
    label, name = found.get("app_label"), found.get("model_name")
    if label == "search" and not request.user.has_perm(f"{label}.delete_{name}"):
        raise PermissionDenied


register_snippet(TermViewSet)
register_snippet(PromotionViewSet)
