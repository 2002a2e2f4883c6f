"""Who may open our own screens of the admin: each asks for its permissions, as does the line that leads to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from wagtail.admin.menu import MenuItem

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


class PermittedItem(MenuItem):
    """A line of the menu, for those who hold a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user holds the permission."""
        return request.user.has_perm(self.permission)
