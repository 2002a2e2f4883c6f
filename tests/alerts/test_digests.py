"""What is new in a search is written once, to those who confirmed, and nothing that is not public by then."""

import multiprocessing
import os
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.db.models import F
from django.utils import timezone
from wagtail.models import PageViewRestriction

from alerts import digests
from alerts.jobs import write_digests
from alerts.models import Alert
from home.services import create_skeleton
from outbox.kinds import Words, kind_named
from outbox.models import Message
from outbox.services import send_waiting_messages
from outbox.texts import save_words
from search import services as search_services
from search.models import SearchEntry
from tests.alerts.conftest import INES, make_alert, publish_since
from tests.processes import fork
from tests.search.pages import dossier

pytestmark = pytest.mark.django_db


def written() -> list[str]:
    """Return the texts of the digests written so far."""
    return list(Message.objects.filter(kind="alert_digest").order_by("pk").values_list("text", flat=True))


def an_hour_later() -> None:
    """Act as if the last digests were an hour old, and their time had come again."""
    hour = timedelta(hours=1)
    Alert.objects.update(next_at=timezone.now() - timedelta(minutes=1), told_until=F("told_until") - hour)


def test_a_digest_tells_what_appeared_since_and_nothing_before():
    publish_since("Formation d’avant", days=9)
    publish_since("Formation neuve", days=2)
    publish_since("Formation du jour", days=1, place="Lille")
    publish_since("Jardin neuf", days=1)
    make_alert()

    write_digests()

    message = Message.objects.get()
    assert (message.recipient, message.subject, message.language) == (INES, "Du nouveau : formation", "fr")
    for part in (message.text, message.html):
        assert part.index("Formation du jour") < part.index("Formation neuve")
        assert "avant" not in part
        assert "Jardin" not in part
        assert "http://localhost/fr/" in part
    alert = Alert.objects.get()
    for path in (f"/fr/recherche/alertes/modifier/{alert.token}/", f"/fr/recherche/alertes/arreter/{alert.token}/"):
        assert path in message.text
        assert path in message.html
    assert message.unsubscribe_url == f"http://localhost/fr/recherche/alertes/arreter/{alert.token}/"


def test_nothing_is_told_twice_and_nothing_new_is_no_message():
    publish_since("Formation neuve")
    make_alert()
    write_digests()
    write_digests()
    an_hour_later()
    write_digests()

    assert len(written()) == 1
    publish_since("Formation d’après", days=0.02)
    an_hour_later()
    write_digests()
    assert len(written()) == 2
    assert "Formation neuve" not in written()[1]


def test_what_appears_while_a_digest_is_made_waits_for_the_next():
    publish_since("Formation d’un instant", days=0)
    make_alert()
    write_digests()
    assert written() == []
    SearchEntry.objects.update(appeared_at=timezone.now() - digests.SETTLED - timedelta(seconds=1))
    an_hour_later()
    write_digests()

    assert len(written()) == 1


def test_who_has_not_confirmed_or_whose_time_has_not_come_is_not_written_to():
    publish_since("Formation neuve")
    make_alert(confirmed_at=None)
    make_alert("q=neuve", next_at=timezone.now() + timedelta(hours=1))

    write_digests()

    assert written() == []


def test_a_digest_speaks_the_language_of_the_alert_and_marks_the_other():
    publish_since("URBACT networks", language="en")
    publish_since("URBACT en France")
    make_alert("q=urbact", language="en")
    make_alert("q=urbact&language=en")

    write_digests()

    english, french = Message.objects.order_by("language")
    assert (english.subject, french.subject) == ("What is new: urbact", "Du nouveau : urbact")
    assert "/en/search/alerts/stop/" in english.text
    for message in (english, french):
        assert "URBACT networks" in message.text
        assert "URBACT en France" not in message.text
    assert 'lang="en">' in french.html.split("<h2")[0].split("<body")[1]


def test_the_filters_of_an_alert_hold_and_a_value_that_is_gone_widens_nothing():
    publish_since("Formation à Lille", place="Lille")
    publish_since("Formation à Arras", place="Arras")
    make_alert("q=formation&place=Lille")
    make_alert("q=formation&place=Lens")

    write_digests()

    assert len(written()) == 1
    assert "Lille" in written()[0]
    assert "Arras" not in written()[0]


def test_a_rebuild_and_a_change_make_nothing_new(transactional_db):
    page = dossier(create_skeleton()["resources"], title="Formation des élus")
    SearchEntry.objects.update(appeared_at=timezone.now() - timedelta(days=30))
    make_alert()
    search_services.rebuild()
    page.title = "Formation des élues"
    page.save_revision().publish()

    write_digests()

    assert SearchEntry.objects.filter(title="Formation des élues").exists()
    assert written() == []


def test_what_became_private_or_was_deleted_is_not_told(transactional_db):
    parent = create_skeleton()["resources"]
    pages = [dossier(parent, title=f"Formation {name}") for name in ("publique", "restreinte", "supprimée")]
    SearchEntry.objects.update(appeared_at=timezone.now() - timedelta(days=1))
    make_alert()
    PageViewRestriction.objects.create(page=pages[1], restriction_type=PageViewRestriction.LOGIN)
    pages[2].delete()

    write_digests()

    assert "Formation publique" in written()[0]
    assert "restreinte" not in written()[0]
    assert "supprimée" not in written()[0]


def test_what_leaves_between_the_search_and_the_writing_is_not_told(monkeypatch):
    gone = publish_since("Formation qui part")
    make_alert()
    news_of = digests.news_of

    def and_then_it_leaves(*arguments):
        found = news_of(*arguments)
        SearchEntry.objects.filter(pk=gone.pk).delete()
        return found

    monkeypatch.setattr(digests, "news_of", and_then_it_leaves)
    write_digests()

    assert written() == []


def test_many_news_are_counted_and_the_first_are_told():
    for number in range(digests.SHOWN + 3):
        publish_since(f"Formation {number}")
    make_alert()

    write_digests()

    assert "Et 3 autres résultats." in written()[0]
    assert written()[0].count("Formation ") == digests.SHOWN


def test_one_alert_that_fails_stops_no_other_and_names_nobody(monkeypatch, caplog):
    publish_since("Formation neuve")
    make_alert("q=formation", next_at=timezone.now() - timedelta(days=2))
    make_alert("q=neuve")
    news_of = digests.news_of
    monkeypatch.setattr(
        digests, "news_of", lambda alert, until: 1 / (alert.query != "q=formation") and news_of(alert, until)
    )

    write_digests()

    assert len(written()) == 1
    assert INES not in caplog.text


def test_the_words_of_the_team_open_and_close_the_digest():
    publish_since("Formation neuve")
    make_alert()
    save_words(
        kind_named("alert_digest"),
        "fr",
        vars(Words("{nombre} pour {recherche}", "Chère lectrice,", "Le centre.")),
        None,
    )

    write_digests()

    message = Message.objects.get()
    assert message.subject == "1 pour formation"
    assert "Chère lectrice," in message.html
    assert "Le centre." in message.text


@pytest.mark.django_db(transaction=True)
def test_a_dead_mail_server_loses_nothing(settings, monkeypatch):
    settings.OUTBOX_DELIVERY = True
    publish_since("Formation neuve")
    make_alert()
    write_digests()
    backend = "django.core.mail.backends.locmem.EmailBackend"
    with monkeypatch.context() as patch:
        patch.setattr(
            f"{backend}.send_messages", lambda *_args: (_ for _ in ()).throw(smtplib.SMTPServerDisconnected())
        )
        assert send_waiting_messages() == 0
    assert mail.outbox == []
    Message.objects.update(next_attempt_at=timezone.now())

    assert send_waiting_messages() == 1
    sent = mail.outbox[0].message()
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/arreter/" in sent["List-Unsubscribe"]


def digests_of_two_processes(monkeypatch) -> int:
    """Have two processes find the same news before either writes, and return how many digests come of it."""
    publish_since("Formation neuve")
    make_alert()
    both = multiprocessing.get_context("fork").Barrier(2)
    news_of = digests.news_of

    def and_wait_for_the_other(*arguments):
        found = news_of(*arguments)
        both.wait(20)
        return found

    monkeypatch.setattr(digests, "news_of", and_wait_for_the_other)
    connections.close_all()
    for child in [fork(digests.send_digests) for _process in range(2)]:
        assert os.waitpid(child, 0)[1] == 0
    return len(written())


@pytest.mark.django_db(transaction=True)
def test_two_processes_write_one_digest(monkeypatch):
    assert digests_of_two_processes(monkeypatch) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_two_processes_would_write_two(monkeypatch):
    monkeypatch.setattr(digests, "claim", lambda *_arguments: True)

    assert digests_of_two_processes(monkeypatch) == 2
