"""Addresses that are their own secret: whoever has one may read, and act."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponse]
TOKEN_BYTES = 32


def new_token() -> str:
    """Return the secret of a private link: 256 random bits, as 43 letters that an address may hold."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def private(view: View) -> View:
    """Keep an answer out of caches and search engines, and its address out of the requests that it leads to."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    return answer
