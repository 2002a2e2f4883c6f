"""What every template knows of the centre."""

from django.http import HttpRequest


def centre(request: HttpRequest) -> dict[str, object]:
    """Return the centre's settings as the variable `centre`."""
    return {}
