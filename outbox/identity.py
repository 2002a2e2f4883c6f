"""Who signs the messages: the centre, as their layout shows it.

The app that knows the centre says how it is read (`tell_with`), since it stands above this one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

# The portal's own, where the centre has none.
ACCENT = "#b3351b"


@dataclass(frozen=True)
class Centre:
    """The centre in messages: its name, the address of its site, how to reach it, the colour of its buttons."""

    name: str
    url: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    accent: str = ACCENT


_readers: list[Callable[[], Centre]] = []


def tell_with(read: Callable[[], Centre]) -> None:
    """Declare how the centre is read."""
    _readers[:] = [read]


def the_centre() -> Centre:
    """Return the centre as it is now; without anybody who knows it, the name of the admin."""
    if _readers:
        return _readers[0]()
    return Centre(str(settings.WAGTAIL_SITE_NAME), settings.WAGTAILADMIN_BASE_URL)
