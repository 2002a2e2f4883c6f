"""A small limiter on Django's cache: enough against a script, unseen by people."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address: that of the connection, or the one that the outermost of our own proxies saw.

    TRUSTED_PROXIES is their number. What stands further left in X-Forwarded-For was written by the visitor.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    if 0 < proxies <= len(forwarded):
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def is_throttled(request: HttpRequest, action: str, limit: int, seconds: int, who: str = "") -> bool:
    """Count one try of an action and tell whether it exceeds `limit` tries in `seconds`.

    Counted per `who` where given (an e-mail, say), else per client address; only a hash is kept. An absent cache
    never blocks anybody.
    """
    identity = hashlib.sha256(f"{who or client_address(request)}".encode()).hexdigest()[:32]
    key = f"throttle:{action}:{identity}"
    if cache.add(key, 1, seconds):
        return limit < 1
    try:
        return cache.incr(key) > limit
    except ValueError:
        return False
