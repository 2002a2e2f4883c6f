"""Content of other sites: which are allowed, and what a frame would load. No site is ever asked anything from here."""

import re
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Embed:
    """What a frame shows: the site's name, and the address that the frame loads once the reader asks for it."""

    service: str
    frame: str


def find_embed(address: str, videos_only: bool = False) -> Embed | None:
    """Return what shows an address that an editor copied from a site; None if no allowed site has such addresses."""
    for service in settings.EMBED_SERVICES:
        if videos_only and not service["is_video"]:
            continue
        for pattern in service["addresses"]:
            # What follows the identifier (a language, an instant) is left out.
            if found := re.match(rf"{pattern}(?![\w-])", address):
                return Embed(service["name"], service["frame"].format(id=found["id"]))
    return None


def allowed_sites(videos_only: bool = False) -> str:
    """Return the names of the allowed sites, for a sentence."""
    return ", ".join(service["name"] for service in settings.EMBED_SERVICES if service["is_video"] or not videos_only)
