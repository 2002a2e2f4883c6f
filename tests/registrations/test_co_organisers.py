"""Co-organisers: their own sessions, without needs or prices, until a day; lists that expire and are logged."""

import csv
import datetime
import io
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, Locale, ModelLogEntry, Page

from directory.models import Organisation
from home.roles import CO_ORGANISER, EDITOR, PUBLISHER, TRAINING_OFFICER, create_roles
from portal.dates import written
from registrations.co_organiser import exporting, views
from registrations.models import CoOrganiser, CoOrganiserExport, Needs
from registrations.services import Employer, cancel, waive
from tests.factories.directory import OrganisationFactory, make_territory
from tests.factories.events import in_days, make_occurrence, make_price_list
from tests.factories.registrations import make_booking, make_person, registrations_of
from tests.registrations.test_admin import make_booking_of
from tests.roles import ADMINISTRATOR, sign_in_as

SECRETS = ("ines@example.org", "claire@example.org", "03 20 00 00 00", "150", "fauteuil", "Dubois", "Speaks at noon")


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def date(session_page):
    """Two places: Ines, who needs a lift and pays less, and Omar; Lea waits, Zoe gave hers back."""
    date = make_occurrence(session_page, capacity=2, price_list=make_price_list())
    town = OrganisationFactory(name="Ville d’Arras", territory=make_territory("Arras et autour", "200033579"))
    first = registrations_of(make_booking(date, people=("ines",), employer=Employer.known(town)))[0]
    Needs.objects.create(participant=first.participant, accessibility="fauteuil roulant")
    waive(first, Decimal(50), "Speaks at noon")
    gone = make_booking(date, people=("zoe",))
    make_booking(date, people=("lea",))
    cancel(registrations_of(gone), actor="contact")
    return date


@pytest.fixture
def samira(client, date):
    """A co-organiser of the page, signed in."""
    sign_in_as(client, CO_ORGANISER, language="en", first_name="Samira", last_name="Haddad")
    user = User.objects.get(username=CO_ORGANISER)
    CoOrganiser.objects.create(user=user, page=date.page, until=in_days(60))
    return client


def own(name, *args):
    return reverse(f"own_sessions:{name}", args=args)


def text(response):
    return response.content.decode()


def refused(response):
    """Tell whether the admin refused: it leads home with a message."""
    return response.status_code in (403, 404) or response.headers.get("Location") == "/admin/"


def ask(client, date):
    """Ask for the list of a date; return where it is handed out."""
    response = client.post(own("prepare", date.pk))
    assert response.status_code == 302
    return response["Location"]


# What they see.


def test_they_see_their_dates_with_places_and_waiting_and_who_comes(samira, date):
    page = text(samira.get("/admin/", follow=True))
    assert own("date", date.pk) in page
    assert "Gouvernance" in page
    page = text(samira.get(own("date", date.pk)))
    for fact in (
        "Ines Martin",
        "Ville d’Arras",
        "Arras et autour",
        "Lea Martin",
        "Amiens",
        "confirmed",
        "place offered",
    ):
        assert fact in page
    assert "Zoe" not in page
    for secret in SECRETS:
        assert secret not in page, secret


def test_who_waits_has_a_rank(samira, session_page):
    full = make_occurrence(session_page, capacity=1, days=40)
    make_booking(full, people=("a",))
    make_booking(full, people=("b",))
    assert "number 1" in text(samira.get(own("date", full.pk)))


def test_other_dates_and_those_of_others_are_404(samira, session_page, date):
    page = (
        Page.objects.get(pk=session_page.pk)
        .get_parent()
        .add_child(instance=type(session_page)(title="Autre", slug="autre", live=True, locale=session_page.locale))
    )
    other = make_occurrence(page)
    make_booking(other, people=("paul",))
    assert samira.get(own("date", other.pk)).status_code == 404
    assert samira.post(own("prepare", other.pk)).status_code == 404
    assert "Autre" not in text(samira.get(own("sessions")))
    assert CoOrganiserExport.objects.count() == 0


def test_the_access_ends_with_its_day_its_row_or_the_role_even_for_an_old_address(samira, date, time_machine):
    address = ask(samira, date)
    opened = (own("date", date.pk), address, f"{address}csv/")
    assert [samira.get(url).status_code for url in opened] == [200, 200, 200]

    CoOrganiser.objects.update(until=in_days(-1))
    assert [samira.get(url).status_code for url in opened] == [404, 404, 404]
    CoOrganiser.objects.update(until=in_days(0))
    assert [samira.get(url).status_code for url in opened] == [200, 200, 200]

    row = CoOrganiser.objects.get()
    row.delete()
    assert [samira.get(url).status_code for url in opened] == [404, 404, 404]
    row.save()
    User.objects.get(username=CO_ORGANISER).groups.clear()
    assert all(refused(samira.get(url)) or "login" in samira.get(url)["Location"] for url in opened)


def test_the_screens_cost_the_same_queries_however_many_people(samira, date, django_assert_max_num_queries):
    for occurrence, people in ((date, ()), (make_occurrence(date.page, capacity=40, days=50), tuple("abcdefghij"))):
        if people:
            town = Organisation.objects.get(name="Ville d’Arras")
            make_booking(occurrence, people=people, employer=Employer.known(town))
        with django_assert_max_num_queries(30):
            assert samira.get(own("date", occurrence.pk)).status_code == 200


# Lists.


def test_a_list_leaves_as_csv_and_xlsx_with_few_columns_and_no_formula(samira, session_page):
    date = make_occurrence(session_page, days=35)
    make_booking_of(date, make_person("eve", last_name='=HYPERLINK("http://x")', job_title="+33 cheffe"))
    address = ask(samira, date)
    header, row = list(csv.reader(io.StringIO(samira.get(f"{address}csv/").content.decode("utf-8-sig")), delimiter=";"))
    assert header == ["Last name", "First name", "Job title", "Organisation", "Territory", "State", "Waiting position"]
    assert (row[0][:11], row[2][:2], row[4]) == ("'=HYPERLINK", "'+", "Amiens")
    response = samira.get(f"{address}xlsx/")
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert (sheet["A2"].data_type, sheet.max_column, sheet.max_row) == ("s", 7, 2)
    assert samira.get(f"{address}pdf/").status_code == 404


def test_a_list_holds_no_secret_and_nobody_who_gave_their_place_back(samira, date):
    body = samira.get(f"{ask(samira, date)}csv/").content.decode("utf-8-sig")
    assert "Ines" in body
    assert "Zoe" not in body
    for secret in SECRETS:
        assert secret not in body, secret


def test_an_address_works_an_hour_then_says_so_and_offers_another(samira, date, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    address = ask(samira, date)
    time_machine.move_to(now + datetime.timedelta(minutes=59), tick=False)
    assert samira.get(f"{address}csv/").status_code == 200
    time_machine.move_to(now + datetime.timedelta(minutes=60), tick=False)
    for url in (address, f"{address}csv/"):
        page = samira.get(url)
        assert page.status_code == 410
        assert own("prepare", date.pk) in text(page)
        assert "Ines" not in text(page)
    assert exporting.forget_exports() == 0
    time_machine.move_to(now + datetime.timedelta(hours=26), tick=False)
    assert exporting.forget_exports() == 1
    assert samira.get(address).status_code == 404


def test_an_address_serves_who_asked_and_nobody_else(samira, date, client):
    address = ask(samira, date)
    colleague = User.objects.create_user("colleague")
    colleague.groups.add(Group.objects.get(name=CO_ORGANISER))
    CoOrganiser.objects.create(user=colleague, page=date.page, until=in_days(60))
    officer = User.objects.create_superuser("boss")
    for user in (colleague, officer):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}csv/").status_code == 404
    client.logout()
    assert "login" in client.get(address)["Location"]


@pytest.mark.parametrize("secret", ["x", "é%00", "a" * 500])
def test_an_invented_secret_is_404(samira, secret):
    assert samira.get(own("list", secret)).status_code == 404


def test_only_a_hash_is_kept_and_each_list_is_logged_without_a_name(samira, date):
    address = ask(samira, date)
    samira.get(f"{address}csv/")
    row = CoOrganiserExport.objects.get()
    assert row.rows == 2
    assert row.hash not in address
    assert address.split("/")[-2] not in str(row.__dict__)
    entries = ModelLogEntry.objects.filter(action__startswith="registrations.own").order_by("pk")
    assert [(entry.action, entry.data, entry.user.username) for entry in entries] == [
        ("registrations.own_export", {"rows": 2}, CO_ORGANISER),
        ("registrations.own_download", {"rows": 2}, CO_ORGANISER),
    ]


def test_the_officer_reads_on_the_date_which_lists_were_taken(samira, date, client):
    samira.get(f"{ask(samira, date)}csv/")
    client.logout()
    sign_in_as(client, TRAINING_OFFICER, language="en")
    page = text(client.get(reverse("registrations_admin:occurrence", args=[date.pk])))
    for fact in ("Lists taken", "Samira Haddad", "Asked for a list of 2 people", "Downloaded a list of 2 people"):
        assert fact in page


def test_lists_are_limited_and_opening_an_address_prepares_none(samira, date, monkeypatch):
    monkeypatch.setattr(views, "LISTS_PER_USER", 2)
    monkeypatch.setattr(views, "DOWNLOADS_PER_USER", 1)
    address = ask(samira, date)
    assert samira.get(own("prepare", date.pk)).status_code == 405
    assert [samira.get(f"{address}csv/").status_code for _time in range(2)] == [200, 429]
    codes = [samira.post(own("prepare", date.pk)).status_code for _time in range(2)]
    assert codes == [302, 429]
    assert CoOrganiserExport.objects.count() == 2


# What stays closed.


def test_the_menu_holds_their_sessions_and_nothing_else(samira):
    page = text(samira.get(own("sessions")))
    menu = page[page.index('id="wagtail-sidebar-props"') :]
    assert own("sessions") in menu
    found = set(re.findall(r'"url": "(/admin/[^"]+)"', menu))
    assert found <= {own("sessions"), "/admin/account/", "/admin/logout/"}


def test_who_has_another_role_too_keeps_it(client, date):
    sign_in_as(client, EDITOR)
    user = User.objects.get(username=EDITOR)
    user.groups.add(Group.objects.get(name=CO_ORGANISER))
    assert client.get("/admin/choose-page/").status_code == 200
    assert client.get(own("sessions")).status_code == 200


def test_who_may_edit_pages_in_a_group_of_their_own_keeps_them(samira, date):
    assert refused(samira.get("/admin/choose-page/"))
    group = Group.objects.create(name="Pages")
    permission = GroupPagePermission.objects.first().permission
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    User.objects.get(username=CO_ORGANISER).groups.add(group)
    assert samira.get("/admin/choose-page/").status_code == 200


# Who appoints them.


def rows(name, *args):
    return reverse(f"wagtailsnippets_registrations_coorganiser:{name}", args=args)


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITOR, False), (PUBLISHER, False), (CO_ORGANISER, False), (TRAINING_OFFICER, True), (ADMINISTRATOR, True)],
)
def test_only_the_training_officer_and_administrators_appoint(client, date, role, may):
    sign_in_as(client, role)
    row = CoOrganiser.objects.create(user=User.objects.create_user("x"), page=date.page, until=in_days(1))
    for url in (rows("list"), rows("add"), rows("edit", row.pk), rows("delete", row.pk)):
        assert (client.get(url).status_code == 200) is may, url
    client.post(rows("delete", row.pk))
    assert CoOrganiser.objects.exists() is not may


def test_appointing_keeps_one_row_for_both_languages_for_thirty_days_more(client, date, session_page):
    create_roles()
    user = User.objects.create_user("samira", first_name="Samira", last_name="Haddad")
    nobody = User.objects.create_user("nobody-else")
    user.groups.add(Group.objects.get(name=CO_ORGANISER))
    english = session_page.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0], copy_parents=True)
    officer = sign_in_as(client, TRAINING_OFFICER)
    assert "Samira Haddad" in text(officer.get(rows("add")))
    wrong = officer.post(rows("add"), {"user": nobody.pk, "page": english.pk})
    assert wrong.status_code == 200
    assert officer.post(rows("add"), {"user": user.pk, "page": english.pk, "until": ""}).status_code == 302
    row = CoOrganiser.objects.get()
    listed = text(officer.get(rows("list")))
    assert rows("edit", row.pk) in listed
    assert written(row.until) in listed
    assert (row.page_id, row.until, row.by.username) == (session_page.pk, in_days(60), TRAINING_OFFICER)
    assert officer.post(rows("add"), {"user": user.pk, "page": session_page.pk, "until": ""}).status_code == 200
    assert CoOrganiser.objects.count() == 1
    assert "samira" not in "".join(entry.label for entry in ModelLogEntry.objects.all()).lower()


@pytest.mark.parametrize("changed", [{"page": ""}, {"until": "9" * 40}, {"until": "\0"}, {"user": "x"}, {"page": "0"}])
def test_what_makes_no_sense_is_told_and_nothing_is_kept(client, date, changed):
    create_roles()
    user = User.objects.create_user("samira")
    user.groups.add(Group.objects.get(name=CO_ORGANISER))
    officer = sign_in_as(client, TRAINING_OFFICER)
    assert officer.post(rows("add"), {"user": user.pk, "page": date.page_id, **changed}).status_code == 200
    assert not CoOrganiser.objects.exists()


def test_a_page_without_a_day_asks_until_when_and_one_without_dates_is_refused(client, session_page):
    create_roles()
    user = User.objects.create_user("samira")
    user.groups.add(Group.objects.get(name=CO_ORGANISER))
    make_occurrence(session_page, days=None)
    officer = sign_in_as(client, TRAINING_OFFICER, language="en")
    assert "say until when" in text(officer.post(rows("add"), {"user": user.pk, "page": session_page.pk}))
    root = session_page.get_parent()
    assert "Choose a session or an event" in text(officer.post(rows("add"), {"user": user.pk, "page": root.pk}))
    assert not CoOrganiser.objects.exists()
