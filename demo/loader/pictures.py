"""The pictures of the demonstration, drawn when they are first asked for."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from wagtail.images.models import Image

from demo.loader.content import in_language, picture_rows

LOGO_TITLE = "Logo du centre"


def picture(key: str, user: User | None = None) -> Image:
    """Return the stored picture of a key, drawing it the first time."""
    row = picture_rows()[key]
    # Imported here: each start of the portal imports this module.
    from demo.drawings import draw

    return _stored(row["title"], f"{key}.png", lambda: draw(row["scene"], row["seed"]), user)


def logo(user: User | None = None) -> Image:
    """Return the stored logo of the invented centre."""
    from demo.drawings import draw_logo

    return _stored(LOGO_TITLE, "logo.png", draw_logo, user)


def alternative_text(key: str, language: str) -> str:
    """Return what a picture shows."""
    return in_language(picture_rows()[key]["alt"], language)


def _stored(title: str, filename: str, content: Callable[[], bytes], user: User | None) -> Image:
    found = Image.objects.filter(title=title).first()
    if found:
        return found
    new = Image(title=title, file=ContentFile(content(), name=filename), uploaded_by_user=user)
    new.save()
    return new
