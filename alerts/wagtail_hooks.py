"""The alerts in the admin: which searches are followed, for administrators; never by whom."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from alerts.models import Alert
from search.criteria import Criteria
from search.desk.known import names_nobody
from search.following import asked

PER_PAGE = 50


@dataclass(frozen=True)
class FollowedSearch:
    """A search with how many follow it. Where its words may tell of somebody, neither they nor its address are told."""

    asked: str
    url: str
    language: str
    counts: dict[str, Any]


def followed_search(row: dict[str, Any]) -> FollowedSearch:
    """Return a row of `AlertQuerySet.by_search` as the list shows it."""
    criteria = Criteria.read(QueryDict(row["query"]), row["language"])
    if not names_nobody(criteria.words, row["language"]):
        return FollowedSearch(gettext("Words that may name somebody"), "", row["language"], row)
    with override(row["language"]):
        url = f"{reverse('search:results')}?{row['query']}"
    return FollowedSearch(asked(criteria) or row["query"], url, row["language"], row)


@never_cache
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """List the searches that are followed, the most followed first."""
    if not request.user.is_superuser:
        raise PermissionDenied
    page = Paginator(Alert.objects.by_search(), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "rows": [followed_search(row) for row in page],
        "header_title": gettext("Searches followed by e-mail"),
    }
    return render(request, "admin/alerts/followed.html", context)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Add the list to the admin's addresses."""
    return [path("reports/search-alerts/", followed, name="search_alerts")]


class AlertsItem(MenuItem):
    """The line of the menu that leads to the list, for administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user is one."""
        return request.user.is_superuser


@hooks.register("register_reports_menu_item")
def alerts_item() -> MenuItem:
    """Stand among the reports."""
    address = lazy(reverse, str)("search_alerts")
    return AlertsItem(_("Search alerts"), address, name="search-alerts", icon_name="mail", order=1300)
