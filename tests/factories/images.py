"""Pictures for tests: real files, which browsers and libraries decode."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image as Pixels
from wagtail.images.models import Image


def make_image(title: str = "Une marche dans le quartier", size: tuple[int, int] = (1600, 1000)) -> Image:
    """Return a stored photograph-like picture: a gradient, which every format compresses."""
    picture = Pixels.linear_gradient("L").resize(size).convert("RGB")
    content = BytesIO()
    picture.save(content, "JPEG")
    return Image.objects.create(title=title, file=ContentFile(content.getvalue(), "marche.jpg"))
