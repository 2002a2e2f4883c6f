"""The admin of a co-organiser: their own sessions, and nothing that another screen may one day forget to close."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.auth import permission_denied

from portal.middleware import is_admin
from registrations.co_organiser.access import HOME, NAMESPACE, is_open_to_all, sees_own_only


class OwnSessionsOnly:
    """Refuse the rest of the admin to who is a co-organiser and nothing else.

    Wagtail opens several screens to everybody of the admin, such as the choosers with the titles of every page, drafts
    included. They are many, and more come with each version: what is open is listed, the rest is closed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse as the admin does; lead from its home, which is empty, to their sessions."""
        if not is_admin(request) or not sees_own_only(request.user):
            return None
        if request.resolver_match.view_name == HOME:
            return redirect(f"{NAMESPACE}:sessions")
        return None if is_open_to_all(request) else permission_denied(request)
