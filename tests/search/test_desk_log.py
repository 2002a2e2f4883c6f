"""What is counted of the searches made, and what never is."""

import threading
import time
from datetime import date, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from search.analysis import analyse
from search.desk import log
from search.desk.log import Allowance, forget_old, write
from search.desk.personal import is_personal
from search.models import AskedQuery, FailedQuery
from tests.search.conftest import publish_entry

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
COUNTERS = ("count", "narrowed", "failed", "partial", "found")


@pytest.fixture(autouse=True)
def fresh_allowance(monkeypatch):
    monkeypatch.setattr(log, "allowance", Allowance())


def ask(client, text, language="fr", agent=FIREFOX, **more):
    address = {"fr": "/fr/recherche/", "en": "/en/search/"}[language]
    headers = {"User-Agent": agent, **more.pop("headers", {})}
    assert client.get(address, {"q": text, **more}, headers=headers).status_code == 200


def kept():
    return list(AskedQuery.objects.order_by("form").values_list("form", flat=True))


def test_one_row_counts_all_the_ways_to_write_a_question_in_a_month(client, db):
    publish_entry("Les jardins partagés")
    for text in ("Jardins partagés", "JARDINS PARTAGES", "jardins  partagés"):
        ask(client, text)
    ask(client, "Jardins partagés", sort="date")
    ask(client, "jardins bleus")
    ask(client, "zygomorphe")
    rows = {row.pop("form"): row for row in AskedQuery.objects.values("form", "shown", "stem", "month", *COUNTERS)}
    shared = rows["jardins partages"]
    assert (shared["shown"], shared["month"]) == ("Jardins partagés", timezone.localdate().replace(day=1))
    assert [shared[name] for name in COUNTERS] == [3, 1, 0, 0, 1]
    assert [rows["jardins bleus"][name] for name in COUNTERS] == [1, 0, 0, 1, 0]
    assert [rows["zygomorphe"][name] for name in COUNTERS] == [1, 0, 1, 0, 0]


def test_nothing_in_a_row_tells_who_asked_or_on_which_day(client, db):
    ask(client, "covoiturage", headers={"X-Forwarded-For": "203.0.113.7"}, REMOTE_ADDR="203.0.113.7")
    names = {field.name for field in AskedQuery._meta.get_fields()}
    assert names == {"id", "month", "language", "form", "stem", "shown", "count", "reduced", *COUNTERS}
    assert AskedQuery.objects.get().month.day == 1


@pytest.mark.parametrize(
    "text",
    [
        *("jeanne.petit@example.org", "jeanne petit arobase example", "https://example.org/?jeton=1", "www.exemple.fr"),
        *("06 12 34 56 78", "+33 (0)6.12.34.56.78", "０６１２３４５６７８", "552 100 554 00013", "dossier 1234567"),
        *("12/03/1985", "né le 12.03.85", "12 bis rue Pasteur", "Mme Dupont", "M. Martin", "monsieur Petit"),
        *("Sophie Vasseur", "vasseur sophie", "Jean Le Goff", "mot " * 13, "x" * 101),
    ],
)
def test_what_may_tell_of_somebody_is_personal(text):
    assert is_personal(text, analyse(text, "fr"))


@pytest.mark.parametrize(
    "text",
    [
        *("contrat de ville 2024-2030", "QPV 59000", "formation mars 2027", "10 000 habitants", "rue aux enfants"),
        *("cité éducative", "RGPD", "mairie", "1000 premiers jours", "quartier Saint-Jean de Roubaix nord"),
    ],
)
def test_what_tells_of_nobody_is_not(text):
    assert not is_personal(text, analyse(text, "fr"))


def test_what_may_tell_of_somebody_is_forgotten_at_once(client, db):
    for text in ("Sophie Vasseur", "06 12 34 56 78"):
        ask(client, text)
    assert kept() == []


@pytest.mark.parametrize(
    "agent",
    [
        *("", "curl/8.5", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
        "Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/130 Safari/537.36",
    ],
)
def test_robots_are_not_counted(client, db, agent):
    ask(client, "covoiturage", agent=agent)
    assert kept() == []


def test_only_a_person_who_looks_at_a_first_page_is_counted(client, db):
    ask(client, "covoiturage", page="2")
    ask(client, "", kind="dossier")
    ask(client, "covoiturage", headers={"Sec-Fetch-Mode": "cors"})
    ask(client, "covoiturage", headers={"Sec-Purpose": "prefetch;prerender"})
    client.head("/fr/recherche/", {"q": "covoiturage"}, headers={"User-Agent": FIREFOX})
    client.force_login(User.objects.create_user("equipe"))
    ask(client, "covoiturage")
    assert kept() == []


def test_a_process_writes_no_more_than_its_share(client, db, monkeypatch):
    monkeypatch.setattr(log, "DIFFERENT_A_DAY", 3)
    for number in range(6):
        ask(client, f"mot{number}")
    ask(client, "mot0")
    assert kept() == ["mot0", "mot1", "mot2"]
    assert AskedQuery.objects.get(form="mot0").count == 2
    monkeypatch.setattr(log, "A_MINUTE", 0)
    monkeypatch.setattr(log, "allowance", Allowance())
    ask(client, "mot1")
    assert AskedQuery.objects.get(form="mot1").count == 1


def row(form, month=date(2027, 2, 1), **values):
    return AskedQuery(month=month, language="fr", form=form, stem=form, shown=form, **{"count": 1, **values})


def test_thirteen_months_are_kept_and_of_a_month_that_is_over_only_what_was_asked_again(db):
    for month, form, count in (
        *((date(2026, 1, 1), "ancien", 9), (date(2026, 2, 1), "an dernier", 9)),
        *((date(2027, 1, 1), "seul", 1), (date(2027, 2, 1), "ce mois", 1)),
    ):
        row(form, month, count=count).save()
    for decision, year in (("wanted", 2025), ("done", 2025), ("dismissed", 2027)):
        decided = timezone.make_aware(datetime(year, 1, 5))
        FailedQuery.objects.create(language="fr", stem=decision, decision=decision, decided_at=decided)
    assert forget_old(date(2027, 2, 15)) == 3
    assert set(FailedQuery.objects.values_list("decision", flat=True)) == {"wanted", "dismissed"}
    assert kept() == ["an dernier", "ce mois"]


@pytest.mark.sqlite
def test_a_database_that_somebody_else_writes_to_makes_nobody_wait(transactional_db, caplog):
    write(row("covoiturage"))
    locked, released = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                locked.set()
                released.wait(10)
                cursor.execute("ROLLBACK")
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert locked.wait(10)
    caplog.set_level("INFO", "search.desk.log")
    started = time.monotonic()
    write(row("covoiturage"))
    waited = time.monotonic() - started
    released.set()
    thread.join()
    assert waited < 1
    assert AskedQuery.objects.get().count == 1
    assert "A search was not counted" in caplog.text
    assert "covoiturage" not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] == 20_000
