"""What messages look like: every kind in both languages, with nothing loaded and the same content in both parts."""

import html
import re

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from alerts.messages import write_confirmation, write_digest, write_too_many
from alerts.models import Alert
from home.colours import contrast
from home.models import CentreSettings
from newsletter.messages import write_message
from newsletter.models import Subscription
from outbox.kinds import Preview, editable_kinds
from outbox.models import Message
from outbox.templatetags import email_tags
from registrations.messages.private_links import write_access_link

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _label in django_settings.LANGUAGES]
LOADED = re.compile(r"<(?:img|link|script|style|iframe|object|embed|form)\b|@import|url\(|src(?:set)?=|background=")


def words_of(part):
    """Return the words of a part as one reads them, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())


def check_layout(message, language):
    """Check what all messages have in common."""
    assert f'<html lang="{language}" dir="ltr">' in message.html
    assert "max-width:600px" in message.html
    assert not LOADED.search(message.html)
    assert message.html.count("<h1 ") == 1
    # Tables of layout say that they are; those of facts have headers.
    for table in re.findall(r"<table[^>]*>.*?</t[rd]>", message.html, re.DOTALL):
        assert 'role="presentation"' in table or '<th scope="row"' in table
    button = re.search(r'<a href="([^"]+)" style="[^"]*inline-block', message.html)
    for url in [html.unescape(button[1])] if button else []:
        assert url in words_of(message.html)
        assert url in message.text
    why = {"fr": "Vous recevez ce message parce que", "en": "You receive this message because"}[language]
    for part in (message.text, words_of(message.html)):
        assert why in part
    return button


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind",
    [kind for kind in editable_kinds() if kind.name.startswith("registration_")],
    ids=lambda kind: kind.name,
)
def test_a_message_about_registrations_has_the_look_and_says_the_same_twice(kind, language):
    message = kind.preview(language, kind.words_in(language))

    button = check_layout(message, language)
    assert button or kind.name in ("registration_address_replaced", "registration_contact_before")
    labels = {"fr": ("Date", "Horaires", "Lieu"), "en": ("Date", "Time", "Place")}[language]
    for part in (words_of(message.html), " ".join(message.text.split())):
        for fact in (*labels, "Maison des habitants, 12 rue des Jardins, 80000 Amiens", "Claire Dubois", "Omar Martin"):
            assert fact in part or (fact == "Omar Martin" and kind.name == "registration_waived")
        assert "contact@example.org" in part
    # An address behind a title is no word of it.
    assert set(re.findall(r"\w+", message.text)) - {"https"} <= set(re.findall(r"\w+", words_of(message.html)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_messages_are_signed_by_the_centre_in_its_colour(language):
    centre = CentreSettings.for_site(Site.objects.get(is_default_site=True))
    centre.name, centre.accent, centre.address = "Relais <&> villes", "#1f6f5c", "1 place <b>Haute</b>\n59000 Lille"
    centre.save()
    write_access_link("ines@example.org", language, "a" * 43)
    for state in ("pending", "confirmed"):
        write_message(Subscription.objects.create(email=f"{state}@example.org", language=language, state=state))
    for confirmed_at in (None, timezone.now()):
        alert = Alert.objects.create(email=str(confirmed_at), language=language, query="q=x", confirmed_at=confirmed_at)
        write_confirmation(alert)
    write_too_many(alert, language)
    with override(language):
        write_digest(alert, [], 0)

    for message in Message.objects.all():
        button = check_layout(Preview(message.subject, message.text, message.html), language)
        assert bool(button) is (message.kind not in ("newsletter_known", "alert_known", "alert_full"))
        assert not button or "background-color:#1f6f5c" in message.html
        assert "Relais &lt;&amp;&gt; villes" in message.html
        assert "1 place &lt;b&gt;Haute&lt;/b&gt;<br>59000 Lille" in message.html
        assert "1 place <b>Haute</b>\n59000 Lille" in message.text


def test_what_stands_in_messages_can_be_read():
    tags = email_tags
    pairs = [(tags.INK, tags.PAPER), (tags.SOFT, tags.PAPER), (tags.SOFT, tags.PANEL), (tags.INK, tags.OCHRE_GROUND)]
    for front, ground in [*pairs, (tags.PAPER, tags.INK), (tags.ON_ACCENT, tags.ACCENT), (tags.ACCENT, tags.PAPER)]:
        assert contrast(front, ground) >= 4.5
    # No colour but six digits reaches a style.
    with override("en"):
        assert "url(" not in tags.look({"centre": type("Centre", (), {"accent": "red;background:url(x)"})}, "button")
