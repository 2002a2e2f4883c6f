"""Films of the portal are served by parts, to those who may have them."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

FILM = bytes(range(256)) * 4


def make_file(name: str = "marche.mp4") -> Document:
    """Return a file of 1,024 bytes."""
    return Document.objects.create(title="La marche", file=ContentFile(FILM, name))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "first", "last"), [("bytes=0-", 0, 1023), ("bytes=10-19", 10, 19), ("bytes=1000-5000", 1000, 1023)]
)
def test_a_player_receives_the_part_it_asks_for(client: Client, wanted: str, first: int, last: int):
    answer = client.get(make_file().url, headers={"Range": wanted})
    assert answer.status_code == 206
    assert answer.content == FILM[first : last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/1024"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert answer.headers["Content-Type"] == "video/mp4"


@pytest.mark.django_db
def test_a_player_that_asks_for_everything_receives_the_beginning(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("portal.films.MAXIMUM_BYTES", 100)
    answer = client.get(make_file().url, headers={"Range": "bytes=0-"})
    assert answer.content == FILM[:100]
    assert answer.headers["Content-Range"] == "bytes 0-99/1024"


@pytest.mark.django_db
def test_a_part_beyond_the_end_does_not_exist(client: Client):
    answer = client.get(make_file().url, headers={"Range": "bytes=1024-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */1024"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "wanted"), [("marche.mp4", ""), ("marche.mp4", "bytes=-5"), ("guide.pdf", "bytes=0-9")]
)
def test_everything_else_is_served_whole(client: Client, name: str, wanted: str):
    answer = client.get(make_file(name).url, headers={"Range": wanted} if wanted else {})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == FILM


@pytest.mark.django_db
def test_no_part_of_a_private_film_is_served(client: Client):
    private = Collection.get_first_root_node().add_child(name="Réservé")
    restriction = CollectionViewRestriction.objects.create(collection=private, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Équipe"))
    film = make_file()
    Document.objects.filter(pk=film.pk).update(collection=private)
    assert client.get(film.url, headers={"Range": "bytes=0-9"}).status_code in (302, 403)


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["bytes=" + "9" * 5000 + "-", "bytes=0-" + "9" * 5000])
def test_a_header_too_long_to_be_a_number_is_answered_with_the_whole_file(client: Client, wanted: str):
    assert client.get(make_file().url, headers={"Range": wanted}).status_code == 200
