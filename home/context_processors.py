"""What every template knows of the centre."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site


def centre(request: HttpRequest) -> dict[str, Any]:
    """Return the centre's settings as the variable `centre`, read from the database only when a template asks."""
    from home.models import CentreSettings

    def read() -> Any:
        site = Site.find_for_request(request)
        return CentreSettings.for_site(site) if site else CentreSettings()

    return {"centre": SimpleLazyObject(read)}
