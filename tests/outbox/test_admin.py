"""The outbox in the admin: read by those who may, changed by nobody."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from wagtail.users.models import UserProfile

from outbox.models import Message
from outbox.services import Attachment, queue_message

LIST = "wagtailsnippets_outbox_message:list"
READ = "wagtailsnippets_outbox_message:inspect"
FRAME = "wagtailsnippets_outbox_message:html"
FILE = "wagtailsnippets_outbox_message:attachment"


@pytest.fixture
def message(db):
    return queue_message(
        kind="test",
        to="ines@example.org",
        language="fr",
        subject="Votre inscription",
        text="Bonjour <b>Inès</b>",
        html="<p>Bonjour</p><script>alert(1)</script>",
        attachments=[Attachment("date.ics", "text/calendar", b"BEGIN:VCALENDAR")],
    )


@pytest.fixture
def signed_in(client, db):
    """Return a function that signs in a user with these permissions («app.codename»)."""

    def sign_in(*names):
        user = User.objects.create_user("somebody")
        UserProfile.objects.create(user=user, preferred_language="en")
        for name in ("wagtailadmin.access_admin", *names):
            app, codename = name.split(".")
            user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        client.force_login(user)
        return client

    return sign_in


def test_a_reader_sees_the_list_the_text_and_the_files(signed_in, message):
    reader = signed_in("outbox.view_message")

    assert "Votre inscription" in reader.get(reverse(LIST)).content.decode()
    shown = reader.get(reverse(READ, args=[message.pk])).content.decode()
    assert "Bonjour &lt;b&gt;Inès&lt;/b&gt;" in shown
    assert 'sandbox=""' in shown
    assert "alert(1)" not in shown
    file = reader.get(reverse(FILE, args=[message.pk, 0]))
    assert file.content == b"BEGIN:VCALENDAR"
    assert file["Content-Disposition"] == 'attachment; filename="date.ics"'
    assert reader.get(reverse(FILE, args=[message.pk, 1]), follow=True).status_code == 404


def test_the_formatted_text_runs_no_script(signed_in, message):
    frame = signed_in("outbox.view_message").get(reverse(FRAME, args=[message.pk]))

    assert "sandbox" in frame["Content-Security-Policy"]
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert "script-src" not in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


def test_without_the_permission_nothing_is_read(signed_in, message):
    stranger = signed_in()

    for address in (reverse(LIST), reverse(READ, args=[message.pk])):
        assert stranger.get(address).status_code in (302, 403)
        assert "ines@example.org" not in stranger.get(address, follow=True).content.decode()
    for address in (reverse(FRAME, args=[message.pk]), reverse(FILE, args=[message.pk, 0])):
        assert "Bonjour" not in stranger.get(address, follow=True).content.decode()


def test_signed_out_one_is_asked_to_sign_in(client, message):
    for address in (reverse(LIST), reverse(READ, args=[message.pk]), reverse(FRAME, args=[message.pk])):
        assert client.get(address).status_code == 302


def test_even_an_administrator_changes_and_deletes_nothing(admin_client, message):
    for action in ("edit", "delete"):
        address = f"/admin/snippets/outbox/message/{action}/{message.pk}/"
        assert admin_client.post(address, follow=True).status_code == 404
    assert admin_client.post("/admin/snippets/outbox/message/add/", {"subject": "x"}, follow=True).status_code == 404
    bulk = f"/admin/bulk/outbox/message/delete/?id={message.pk}"
    admin_client.post(bulk)
    assert Message.objects.filter(pk=message.pk).exists()
