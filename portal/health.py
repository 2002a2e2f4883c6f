"""Two questions of a supervisor: does the process answer, and can it serve?

Apps above add what they know of a service without which the portal serves all the same: told, and never a reason to
send visitors away.
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)
_details: dict[str, Callable[[], str]] = {}


def tell(name: str, state: Callable[[], str]) -> None:
    """Have `ready` tell the state of a service, which must be known without asking it."""
    _details[name] = state


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process answers at all: a dead database is no reason to restart it."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503: no visitor should be sent here."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", **details()})


def details() -> dict[str, str]:
    """Return the state of each other service; "unknown" where it could not be told."""
    found = {}
    for name, state in _details.items():
        try:
            found[name] = state()
        except Exception:
            logger.exception("The state of %s could not be told", name)
            found[name] = "unknown"
    return found
