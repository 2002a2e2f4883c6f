"""Content of other sites: only allowed ones, turned into the address of a frame without asking them anything."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from portal.blocks.library import body_blocks
from portal.embeds import find_embed

ADDRESSES = [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3s", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    ("https://m.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    ("https://youtu.be/dQw4w9WgXcQ?si=1", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
    ("https://www.dailymotion.com/video/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
    ("https://framatube.org/w/9db9f3f1-9b54", "https://framatube.org/videos/embed/9db9f3f1-9b54"),
    (
        "https://docs.google.com/presentation/d/1AbCdEfGhIjKlMnOpQrSt/edit?usp=sharing",
        "https://docs.google.com/presentation/d/1AbCdEfGhIjKlMnOpQrSt/embed",
    ),
    ("https://www.slideshare.net/slideshow/le-titre/123456", "https://www.slideshare.net/slideshow/embed_code/123456"),
    ("https://padlet.com/centre/notes-k3j2h1g4f5d6s7a8", "https://padlet.com/embed/k3j2h1g4f5d6s7a8"),
    (
        "https://view.genially.com/5f1a2b3c4d5e6f7a8b9c0d1e/presentation-x",
        "https://view.genially.com/5f1a2b3c4d5e6f7a8b9c0d1e",
    ),
    ("https://framindmap.org/c/maps/1234/public", "https://framindmap.org/c/maps/1234/embed"),
    (
        "https://umap.openstreetmap.fr/fr/map/quartiers_12345#8/50/3",
        "https://umap.openstreetmap.fr/fr/map/quartiers_12345",
    ),
]
REFUSED = [
    "https://example.org/watch?v=dQw4w9WgXcQ",
    "https://example.org/https://youtu.be/dQw4w9WgXcQ",
    "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
    "https://youtu.be/dQw4w9WgXcQx",
    "http://youtu.be/dQw4w9WgXcQ",
    "https://www.youtube.com/@centre",
    'https://framatube.org/w/"><script>',
]


@pytest.mark.parametrize(("address", "frame"), ADDRESSES)
def test_an_address_copied_from_a_site_becomes_that_of_its_frame(address: str, frame: str):
    assert find_embed(address).frame == frame


@pytest.mark.parametrize("address", REFUSED)
def test_any_other_address_is_refused(address: str):
    assert find_embed(address) is None


@pytest.mark.django_db
def test_the_policy_of_pages_allows_the_frames_of_the_allowed_sites_and_no_other():
    policy = Client().get("/fr/").headers["Content-Security-Policy"]
    allowed = re.search(r"frame-src ([^;]+)", policy)[1].split()
    hosts = {f"https://{urlsplit(service['frame']).netloc}" for service in settings.EMBED_SERVICES}
    assert set(allowed) == hosts


def test_a_page_asks_nothing_of_another_site_by_itself():
    embed = body_blocks().child_blocks["embed"]
    html = embed.render(embed.get_preview_value())
    shown, frame = html.split("<template>")
    assert "<iframe" not in shown
    assert 'href="https://padlet.com/' in shown
    assert 'src="https://padlet.com/embed/' in frame.split("</template>")[0]
    for attribute in ('title="Le tableau de la journée"', "sandbox=", 'referrerpolicy="strict-origin"'):
        assert attribute in frame
    assert "allow-top-navigation" not in frame
    assert "autoplay" not in frame


def test_content_of_a_site_that_is_allowed_no_more_keeps_its_link(settings):
    settings.EMBED_SERVICES = []
    embed = body_blocks().child_blocks["embed"]
    html = embed.render(embed.get_preview_value())
    assert 'href="https://padlet.com/' in html
    assert "<template>" not in html
