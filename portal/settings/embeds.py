"""The other sites whose content a page may show, and no other.

One entry a site: its name, as readers see it; what the address that editors copy looks like (regular expressions with a
group `id`); the address of the frame, made of that `id` without asking the site anything; whether it holds videos.
A site added here joins the content security policy by itself, since the policy takes the hosts of the frames.
Instances of PeerTube are named by their hosts: PEERTUBE_HOSTS in the environment, separated by commas, replaces ours.
"""

import os
import re
from typing import TypedDict
from urllib.parse import urlsplit


class EmbedService(TypedDict):
    """A site whose content may be shown."""

    name: str
    addresses: list[str]
    frame: str
    is_video: bool


PEERTUBE_HOSTS = os.environ.get("PEERTUBE_HOSTS", "framatube.org,tube-numerique-educatif.apps.education.fr").split(",")


def service(name: str, frame: str, *addresses: str, is_video: bool = False) -> EmbedService:
    """Return an entry of the list."""
    return {"name": name, "frame": frame, "addresses": list(addresses), "is_video": is_video}


EMBED_SERVICES = [
    # The host by which YouTube sets no cookie before the film is played.
    service(
        "YouTube",
        "https://www.youtube-nocookie.com/embed/{id}",
        r"https://(?:www\.|m\.)?youtube\.com/watch\?(?:[^#]*&)?v=(?P<id>[\w-]{11})",
        r"https://(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|live|shorts)/(?P<id>[\w-]{11})",
        r"https://youtu\.be/(?P<id>[\w-]{11})",
        is_video=True,
    ),
    # «dnt» asks the player not to follow the reader.
    service(
        "Vimeo",
        "https://player.vimeo.com/video/{id}?dnt=1",
        r"https://(?:www\.)?vimeo\.com/(?P<id>\d+)",
        r"https://player\.vimeo\.com/video/(?P<id>\d+)",
        is_video=True,
    ),
    service(
        "Dailymotion",
        "https://geo.dailymotion.com/player.html?video={id}",
        r"https://(?:www\.)?dailymotion\.com/video/(?P<id>[a-zA-Z0-9]+)",
        r"https://dai\.ly/(?P<id>[a-zA-Z0-9]+)",
        is_video=True,
    ),
    *(
        service(
            f"PeerTube ({host})",
            f"https://{host}/videos/embed/{{id}}",
            rf"https://{re.escape(host)}/(?:w|videos/watch|videos/embed)/(?P<id>[\w-]+)",
            is_video=True,
        )
        for host in filter(None, map(str.strip, PEERTUBE_HOSTS))
    ),
    service(
        "Google Slides",
        "https://docs.google.com/presentation/d/{id}/embed",
        r"https://docs\.google\.com/presentation/d/(?P<id>(?:e/)?[\w-]{20,})",
    ),
    service(
        "SlideShare",
        "https://www.slideshare.net/slideshow/embed_code/{id}",
        r"https://(?:www\.)?slideshare\.net/slideshow/embed_code/(?P<id>(?:key/)?\w+)",
        r"https://(?:www\.)?slideshare\.net/slideshow/[^/]+/(?P<id>\d+)",
    ),
    service(
        "Padlet", "https://padlet.com/embed/{id}", r"https://padlet\.com/(?:[^/]+/[^/]*-|embed/)(?P<id>[a-z0-9]{10,})"
    ),
    service(
        "Genially",
        "https://view.genially.com/{id}",
        r"https://view\.genial(?:ly\.com|\.ly)/(?P<id>[a-f0-9]{24})",
    ),
    service(
        "Framindmap",
        "https://framindmap.org/c/maps/{id}/embed",
        r"https://framindmap\.org/c/maps/(?P<id>\d+)/(?:public|embed)",
    ),
    service(
        "uMap",
        "https://umap.openstreetmap.fr/fr/map/{id}",
        r"https://umap\.openstreetmap\.fr/\w\w/map/(?P<id>[\w-]+_\d+)",
    ),
]
EMBED_FRAME_SOURCES = sorted({"https://" + urlsplit(entry["frame"]).netloc for entry in EMBED_SERVICES})
