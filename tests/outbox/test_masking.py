"""What opens something by itself is for the reader of the mailbox: the admin hides it, the message keeps it."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from home.roles import TRAINING_OFFICER
from outbox.masking import masked
from outbox.services import queue_message
from tests.roles import sign_in_as

SECRET = "A1b2_C3d4-" * 4 + "xyz"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "name",
    [
        *("registrations:booking", "registrations:open_space", "registrations:proof", "registrations:feed"),
        *("newsletter:confirm", "newsletter:unsubscribe"),
    ],
)
def test_each_address_that_opens_something_loses_its_secret_in_text_and_html(name, language):
    with override(language):
        address = f"https://centre.example{reverse(name, args=[SECRET])}"
    for text in (f"Open:\n{address}\nbye", f'<a href="{address}">Open</a>', f"({address})."):
        shown = masked(text, "fr")
        assert SECRET not in shown
        assert shown == text.replace(SECRET, "•••")


@pytest.mark.parametrize(
    "text", ["https://centre.example/fr/formations/gouvernance-partagee/", "http://[::1", "https://", "no address"]
)
def test_what_opens_nothing_stays(text):
    assert masked(text, "fr") == text


def test_the_reading_view_and_the_frame_hide_it_and_the_message_stays_whole(client, db):
    with override("fr"):
        address = f"https://centre.example{reverse('registrations:open_space', args=[SECRET])}"
    html = f'<a href="{address}">Ouvrir</a>'
    message = queue_message(kind="access", to="a@b.example", language="fr", subject="Lien", text=address, html=html)
    sign_in_as(client, TRAINING_OFFICER)
    for name in ("inspect", "html"):
        page = client.get(reverse(f"wagtailsnippets_outbox_message:{name}", args=[message.pk])).content.decode()
        assert SECRET not in page
        assert "•••" in page
    message.refresh_from_db()
    assert SECRET in message.text
