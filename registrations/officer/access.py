"""Who may open the officer's screens."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

VIEW = "registrations.view_registration"
CHANGE = "registrations.change_registration"
VIEW_NEEDS = "registrations.view_needs"
CHANGE_QUESTIONS = "registrations.change_question"
EXPORT = "registrations.export_registration"
READ_MESSAGES = "outbox.view_message"
CHANGE_DATE = "events.change_occurrence"
CHANGE_LIVE_DATE = "events.change_live_occurrence"

View = Callable[..., HttpResponse]


def requires(*permissions: str) -> Callable[[View], View]:
    """Return a decorator that answers 403 to whoever lacks one of the permissions; nothing shown is cached."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return check

    return decorate
