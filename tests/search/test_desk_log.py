"""What is counted of the searches made, and what never is."""

import time
from datetime import date, datetime

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from search.analysis import analyse, stem
from search.desk import log
from search.desk.log import Allowance, forget_old, write
from search.desk.personal import is_personal
from search.desk.stems import stem_of
from search.entries import FacetValue
from search.models import AskedQuery, FailedQuery, SearchTerm, Term
from tests.search.conftest import publish_entry
from tests.search.locking import write_lock_held

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAID = "conseil citoyen laicite formation inscription covoiturage bleus jardins mobilite citron"
COUNTERS = ("count", "narrowed", "failed", "partial", "found")


@pytest.fixture(autouse=True)
def fresh_allowance(monkeypatch):
    cache.clear()
    monkeypatch.setattr(log, "allowance", Allowance())


@pytest.fixture(autouse=True)
def said(db):
    """What the portal says, without an entry that a search would find."""
    for word in SAID.split():
        SearchTerm.objects.create(language="fr", form=word, stem=stem(word, "fr"), shown=word)


@pytest.fixture
def on_days(client, monkeypatch):
    """Return a function that asks a search on days of February 2027."""

    def ask_on(text, *days):
        for day in days:
            monkeypatch.setattr(timezone, "localdate", lambda day=day: date(2027, 2, day))
            ask(client, text)

    return ask_on


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
    ask(client, "citron")
    rows = {row.pop("form"): row for row in AskedQuery.objects.values("form", "shown", "stem", "month", *COUNTERS)}
    shared = rows["jardins partages"]
    assert (shared["shown"], shared["month"]) == ("Jardins partagés", timezone.localdate().replace(day=1))
    assert [shared[name] for name in COUNTERS] == [3, 1, 0, 0, 1]
    assert [rows["jardins bleus"][name] for name in COUNTERS] == [1, 0, 0, 1, 0]
    assert [rows["citron"][name] for name in COUNTERS] == [1, 0, 1, 0, 0]


def test_nothing_in_a_row_tells_who_asked_or_on_which_day(client, db):
    ask(client, "covoiturage", headers={"X-Forwarded-For": "203.0.113.7"}, REMOTE_ADDR="203.0.113.7")
    names = {field.name for field in AskedQuery._meta.get_fields()}
    words = {"form", "stem", "shown"}
    assert names == {"id", "month", "language", *words, "days", "last_day", "count", "reduced", *COUNTERS}
    assert AskedQuery.objects.get().month.day == 1


NAMES = (
    *("Aminata Diallo", "Mamadou Traoré", "Sabrina Petit", "Sophie Bernard conseil citoyen Roubaix", "12 mars 1980 zz"),
    *("Marie Zzleroy inscription formation laïcité", "naissance 4 juillet 1962", "jean dot zztest at gmail dot com"),
    *("zero six douze trente-quatre", "Qwerline Zzleroy", "formation Zzleroy Qwerline", "Rose Zzleroy", "Claire Petit"),
)


@pytest.mark.parametrize("text", NAMES)
def test_a_name_a_birthday_an_address_a_telephone_leave_nothing_however_often_they_are_asked(on_days, text):
    SearchTerm.objects.create(language="fr", form="petit", stem="petit", shown="petit")
    on_days(text, 1, 1, 2, 3, 4)
    assert not AskedQuery.objects.exists()


@pytest.mark.parametrize(
    "text", ["Claire Dewaele", "dewaele claire", "Claire Dewaele formation", "Vasseur formation", "vasseur", "Le Gall"]
)
def test_whoever_the_portal_names_leaves_nothing_either(on_days, text):
    people = [FacetValue("1", "Claire Dewaele"), FacetValue("2", "Julien Vasseur"), FacetValue("3", "Anne Le Gall")]
    publish_entry("Journée", "On y trouve claire l’eau, et Claire Dewaele.", facets={"person": people})
    on_days(text, 1, 1, 2, 3, 4)
    assert not AskedQuery.objects.exists()


def test_a_word_that_always_has_a_capital_is_a_hash_unless_it_names_a_thing(on_days):
    publish_entry("Journée", "Avec les gens de Zzleroy, de Lille.", facets={"territory": [FacetValue("1", "Lille")]})
    on_days("formation zzleroy", 1, 2)
    on_days("formation lille", 1, 2)
    assert [row.shown for row in AskedQuery.objects.order_by("form")] == ["formation lille", ""]


def test_a_word_said_nowhere_is_only_a_hash_until_the_third_day(on_days):
    on_days("formation Zzleroy", 1, 1, 1, 2, 2)
    row = AskedQuery.objects.get()
    assert (row.shown, row.stem, row.count, row.days) == ("", "", 5, 2)
    assert row.form.startswith("hmac:")
    assert "zzleroy" not in row.form
    assert not AskedQuery.objects.shown().exists()
    on_days("formation zzleroy", 3, 4)
    row = AskedQuery.objects.shown().get()
    assert (row.shown, row.count, row.days, row.last_day) == ("formation zzleroy", 7, 3, None)
    assert row.stem == stem_of("Zzleroy formations", "fr")


def test_what_the_portal_says_mistyped_or_not_is_kept_at_once_and_shown_from_the_second_day(on_days):
    Term.objects.create(form_fr="QPV", long_form_fr="quartier prioritaire")
    texts = ("formations", "formtion", "QPV", "quartiers", "co-voiturage", "covoiturage")
    for text in texts:
        on_days(text, 1, 1)
    assert set(AskedQuery.objects.values_list("shown", flat=True)) == set(texts)
    assert not AskedQuery.objects.shown().exists()
    on_days("formations", 2)
    assert AskedQuery.objects.shown().get().shown == "formations"


def test_a_hyphen_a_blank_or_nothing_make_one_question():
    assert stem_of("co-voiturage", "fr") == stem_of("Covoiturages", "fr") == stem_of("co voiturage", "fr")
    assert stem_of("Saint-Denis", "fr") == stem_of("saint denis", "fr")


@pytest.mark.parametrize(
    "text",
    [
        *("jeanne.petit@example.org", "jeanne petit arobase example", "https://example.org/?jeton=1", "www.exemple.fr"),
        *("06 12 34 56 78", "+33 (0)6.12.34.56.78", "０６１２３４５６７８", "552 100 554 00013", "dossier 1234567"),
        *(
            "12 mars 1980 zz",
            "naissance 4 juillet 1962",
            "né le 4/7/62",
            "1980-03-12",
            "le premier mai mille neuf cent",
        ),
        *("jean dot zztest at gmail dot com", "zztest arobase exemple point fr", "zztest at exemple dot org", "gmail"),
        *("zero six douze trente-quatre", "06 douze trente-quatre", "rappeler six douze trente-quatre cinquante six"),
        *("12/03/1985", "né le 12.03.85", "12 bis rue Pasteur", "Mme Dupont", "M. Martin", "monsieur Petit"),
        *("Sophie Vasseur", "vasseur sophie", "Jean Le Goff", "mot " * 13, "x" * 101),
        *("Aminata Diallo", "Mamadou Traoré", "Sabrina Petit", "Sophie Bernard conseil citoyen Roubaix"),
        *("Marie Zzleroy inscription formation laïcité", "formation laïcité svetlana"),
    ],
)
def test_what_may_tell_of_somebody_is_personal(text):
    assert is_personal(text, analyse(text, "fr"))


@pytest.mark.parametrize(
    "text",
    [
        *("contrat de ville 2024-2030", "QPV 59000", "formation mars 2027", "10 000 habitants", "rue aux enfants"),
        *(
            "cité éducative",
            "RGPD",
            "mairie",
            "1000 premiers jours",
            "14 juillet",
            "zéro déchet",
            "point info",
            "quartier Saint-Jean de Roubaix nord",
        ),
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
    for word in ("bleus", "citron", "formation", "jardins", "mobilite"):
        ask(client, word)
    ask(client, "bleus")
    assert kept() == ["bleus", "citron", "formation"]
    assert AskedQuery.objects.get(form="bleus").count == 2
    monkeypatch.setattr(log, "A_MINUTE", 0)
    monkeypatch.setattr(log, "allowance", Allowance())
    ask(client, "citron")
    assert AskedQuery.objects.get(form="citron").count == 1


def row(form, month=date(2027, 2, 1), **values):
    return AskedQuery(month=month, language="fr", form=form, **{"stem": form, "shown": form, "count": 1, **values})


def test_thirteen_months_are_kept_and_of_a_month_that_is_over_only_what_is_shown(db):
    for month, form, days in (
        *((date(2026, 1, 1), "ancien", 9), (date(2026, 2, 1), "an dernier", 9)),
        *((date(2027, 1, 1), "seul", 1), (date(2027, 2, 1), "ce mois", 1)),
    ):
        row(form, month, count=9, days=days, last_day=month).save()
    row("hmac:1", date(2027, 1, 1), shown="", stem="", days=2).save()
    for decision, year in (("wanted", 2025), ("done", 2025), ("dismissed", 2027)):
        decided = timezone.make_aware(datetime(year, 1, 5))
        FailedQuery.objects.create(language="fr", stem=decision, decision=decision, decided_at=decided)
    assert forget_old(date(2027, 2, 15)) == 4
    assert AskedQuery.objects.get(form="an dernier").last_day is None
    assert set(FailedQuery.objects.values_list("decision", flat=True)) == {"wanted", "dismissed"}
    assert kept() == ["an dernier", "ce mois"]


@pytest.mark.sqlite
def test_a_database_that_somebody_else_writes_to_makes_nobody_wait(transactional_db, caplog):
    write(row("covoiturage"))
    caplog.set_level("INFO", "search.desk.log")
    with write_lock_held(10):
        started = time.monotonic()
        write(row("covoiturage"))
        waited = time.monotonic() - started
    assert waited < 1
    assert AskedQuery.objects.get().count == 1
    assert "A search was not counted" in caplog.text
    assert "covoiturage" not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] == 20_000
