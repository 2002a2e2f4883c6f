"""Language of a request, and the security headers of its answer."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import get_resolver
from django.utils import translation

ADMIN_PREFIX = "/admin/"
# Wagtail's admin is not ready for a policy without inline code (wagtail/wagtail#1288): relaxed there, and only there.
ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF, *settings.EMBED_FRAME_SOURCES],
    "frame-ancestors": [SELF],
}


def is_admin(request: HttpRequest) -> bool:
    """Tell whether the request is for the editors' side of the site."""
    return request.path.startswith(ADMIN_PREFIX)


class PortalLocaleMiddleware(LocaleMiddleware):
    """French is the language of the admin, whatever the browser asks; a user's own preference still wins (Wagtail)."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language from the address; in the admin, the project's own."""
        if is_admin(request):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE  # type: ignore[attr-defined]
            return
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Leave the admin's answers alone: what it does not find is not to be looked for under /fr/."""
        return response if is_admin(request) else super().process_response(request, response)


class PortalPolicyMiddleware(CSPMiddleware):
    """The strict policy of the settings for visitors, another for the admin."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        """Return the parts of the policy of this answer."""
        parts = super().get_policy_parts(request, response, report_only)
        if is_admin(request) and not report_only:
            parts.replace = {**ADMIN_POLICY, **(parts.replace or {})}
        elif getattr(request, "is_dummy", False):
            # The admin shows a draft as its visitors will see it, in a frame beside the form.
            parts.replace = {"frame-ancestors": [SELF], **(parts.replace or {})}
        return parts


class VisitorsNotFoundMiddleware:
    """In development, show what visitors will see of a missing page instead of Django's list of addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Change nothing."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a page that was not found as production does; leave every other error to Django."""
        if not isinstance(exception, Http404) or is_admin(request):
            return None
        return get_resolver().resolve_error_handler(404)(request, exception=exception)


class ResourceHeadersMiddleware:
    """Refuse that other sites embed our files, and device features that no page of ours uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers, unless the view has set its own."""
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        return response
