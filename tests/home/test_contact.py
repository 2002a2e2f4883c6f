"""The contact form: its message goes to the outbox."""

import pytest
from django.core.cache import cache

from home.models import CentreSettings
from home.services import create_skeleton
from outbox.models import Message

pytestmark = pytest.mark.django_db
GOOD = {"name": "Zoé Martin", "email": "zoe@example.org", "subject": "Une question", "message": "Bonjour à tous"}


@pytest.fixture
def contact_url() -> str:
    cache.clear()
    page = create_skeleton()["contact"]
    centre = CentreSettings.for_site(page.get_site())
    centre.email = "accueil@example.org"
    centre.save()
    return page.url


def test_a_message_is_queued_to_the_centre_with_the_senders_address_to_answer(client, contact_url):
    response = client.post(contact_url, GOOD, follow=True)
    message = Message.objects.get()
    assert response.redirect_chain == [(contact_url, 302)]
    assert (message.recipient, message.reply_to) == ("accueil@example.org", "zoe@example.org")
    assert "Bonjour à tous" in message.text
    assert "Zoé Martin" in message.text


@pytest.mark.parametrize(
    "changes",
    [{"email": "pas une adresse"}, {"message": ""}, {"name": "x" * 500}, {"message": "\x00"}, {"subject": "a\nb" * 99}],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, contact_url, changes):
    response = client.post(contact_url, {**GOOD, **changes})
    assert response.status_code == 422
    assert not Message.objects.exists()
    assert response.context["form"].errors
    kept = "Bonjour à tous" if "message" not in changes else "Une question"
    assert kept in response.content.decode()


def test_a_robot_that_fills_in_the_trap_is_thanked_and_ignored(client, contact_url):
    assert client.post(contact_url, {**GOOD, "website": "https://spam.example"}).status_code == 302
    assert not Message.objects.exists()


def test_too_many_messages_from_one_address_are_slowed_down(client, contact_url):
    codes = [client.post(contact_url, GOOD).status_code for _try in range(11)]
    assert codes == [302] * 10 + [429]
    assert Message.objects.count() == 10


def test_a_page_that_only_shows_the_form_sets_no_session(client, contact_url):
    response = client.get(contact_url)
    assert set(response.cookies) <= {"csrftoken"}
