"""A small limiter on Django's cache: enough against a script, unseen by people."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest


def is_throttled(request: HttpRequest, action: str, limit: int, seconds: int, who: str = "") -> bool:
    """Count one try of an action and tell whether it exceeds `limit` tries in `seconds`.

    Counted per `who` where given (an e-mail, say), else per client address; only a hash is kept. An absent cache
    never blocks anybody.
    """
    identity = hashlib.sha256(f"{who or request.META.get('REMOTE_ADDR', '')}".encode()).hexdigest()[:32]
    key = f"throttle:{action}:{identity}"
    if cache.add(key, 1, seconds):
        return limit < 1
    try:
        return cache.incr(key) > limit
    except ValueError:
        return False
