"""Lists of participants: spreadsheets that run nothing, read line by line before anybody is registered."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from outbox.models import Message
from registrations.lists.files import MOST_LINES, UnreadableList, read_list
from registrations.models import Booking, Registration
from registrations.services import TooBusy, book
from registrations.services.seats import wrong_counters
from tests.factories.directory import OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking, make_person, make_request
from tests.roles import sign_in_as

TITLES = ["Nom", "Prénom", "Adresse électronique", "Fonction", "Organisme"]
INES = ["Martin", "Inès", "ines@example.org", "Cheffe de projet", "Ville de Roubaix"]
OMAR = ["Diallo", "Omar", "omar@example.org", "", "Association des voisins"]
ROLES = [(None, False), (EDITOR, False), (PUBLISHER, False), (TRAINING_OFFICER, True)]


@pytest.fixture
def sign_in(client, db):
    """Return a function that signs in somebody of a role."""
    return lambda role=TRAINING_OFFICER: sign_in_as(client, role, "en", first_name="Julie", last_name="Vasseur")


def csv_of(*rows, delimiter=";", encoding="utf-8"):
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def xlsx_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def address(date):
    return reverse("registrations_admin:import", args=[date.pk])


def upload(user, date, content, name="list.csv", **changes):
    data = {"category": "agent", "kind": "other", "language": "fr", "told": "on"}
    return user.post(address(date), {**data, "file": SimpleUploadedFile(name, content), **changes})


def confirm(user, date, dry_run):
    return user.post(address(date), {"list": dry_run.context["list"]})


# Files


@pytest.mark.parametrize(
    "content",
    [
        csv_of(TITLES, INES),
        csv_of(TITLES, INES, delimiter=","),
        csv_of(TITLES, INES, delimiter="\t"),
        csv_of(TITLES, INES, encoding="utf-8-sig"),
        csv_of(TITLES, INES, encoding="cp1252"),
        csv_of(TITLES, ["", "", ""], INES, [" "]),
        xlsx_of(TITLES, INES),
        xlsx_of(TITLES, INES, [None, None]),
    ],
)
def test_what_spreadsheets_write_is_read(content):
    assert read_list("list", content) == [TITLES, INES]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 no spreadsheet",
        b"\x00\x01\x02",
        csv_of(TITLES),
        b"x" * 2_000_001,
        csv_of(TITLES, *([["Nom"] * 5] * (MOST_LINES + 1))),
        csv_of(TITLES, ["x" * 200_000]),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content):
    with pytest.raises(UnreadableList) as caught:
        read_list("list.csv", content)
    assert str(caught.value)


def test_numbers_and_formulas_of_a_spreadsheet_are_read_as_text():
    rows = read_list("list.xlsx", xlsx_of(TITLES, ["Martin", "Inès", "i@example.org", 12, "=1+1"]))
    assert rows[1] == ["Martin", "Inès", "i@example.org", "12"]


# Dry run, then the confirmation


def test_a_list_is_shown_line_by_line_then_registered(sign_in, session_page):
    town = OrganisationFactory(name="Ville de Roubaix")
    date = make_occurrence(session_page, capacity=1, price_list=make_price_list())
    user = sign_in()
    dry_run = upload(user, date, csv_of(TITLES, INES, OMAR))
    plan = dry_run.context["plan"]
    assert [line.outcome for line in plan.lines] == ["confirmed", "on the waiting list"]
    assert not Booking.objects.exists()

    page = confirm(user, date, dry_run).content.decode()
    assert "2 people are registered" in page
    rows = list(Registration.objects.order_by("pk").select_related("participant__booking"))
    assert [row.state for row in rows] == ["confirmed", "waitlisted"]
    first = rows[0].participant.booking
    assert (first.email, first.organisation, first.taken_by.username) == ("ines@example.org", town, TRAINING_OFFICER)
    assert "Julie Vasseur" in first.consent_wording
    assert rows[0].participant.job_title == "Cheffe de projet"
    assert Message.objects.count() == 2
    assert wrong_counters() == []
    entry = ModelLogEntry.objects.get(action="registrations.import")
    assert entry.data == {"rows": 2}


def test_confirming_twice_registers_nobody_twice(sign_in, occurrence):
    user = sign_in()
    dry_run = upload(user, occurrence, csv_of(TITLES, INES))
    for _twice in range(2):
        confirm(user, occurrence, dry_run)
    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_locked_database_is_tried_once_and_the_rest_may_be_imported_later(sign_in, occurrence, monkeypatch):
    user = sign_in()
    dry_run = upload(user, occurrence, csv_of(TITLES, INES, OMAR))
    tries = []

    def never(request):
        tries.append(request)
        raise TooBusy

    with monkeypatch.context() as patch:
        patch.setattr("registrations.lists.importing.book", never)
        assert len(confirm(user, occurrence, dry_run).context["result"].refused) == 2
    assert len(tries) == 1
    confirm(user, occurrence, dry_run)
    assert Registration.objects.count() == 2


def test_each_fault_is_told_at_its_line_and_keeps_nobody_else_out(sign_in, occurrence):
    make_booking(occurrence, people=("lea",))
    user = sign_in()
    rows = [
        INES,
        ["", "Omar", "omar@example.org", "", "Ville"],
        ["Diallo", "Omar", "omar(at)example.org", "", "Ville"],
        ["Martin", "Inès bis", "INES+formation@example.org", "", "Ville"],
        ["Durand", "Léa", "lea@example.org", "", "Ville"],
        ["Petit", "Ana", "ana@example.org", "", ""],
        ["Grand", "Zoé", "zoe@example.org", "x" * 400, "Ville"],
    ]
    dry_run = upload(user, occurrence, csv_of(TITLES, *rows))
    lines = {line.number: line.errors for line in dry_run.context["plan"].lines}
    assert [number for number, errors in lines.items() if errors] == [3, 4, 5, 6, 7, 8]
    assert "line 2" in lines[5][0]
    assert "Already registered" in lines[6][0]
    confirm(user, occurrence, dry_run)
    assert Registration.objects.count() == 2


def test_columns_that_are_not_known_or_missing_are_told(sign_in, occurrence):
    user = sign_in()
    page = upload(user, occurrence, csv_of([*TITLES, "Régime"], [*INES, "végétarien"]))
    assert page.context["plan"].unknown == ["Régime"]
    assert "Régime" in page.content.decode()
    page = upload(user, occurrence, csv_of(["Nom", "Organisme"], ["Martin", "Ville"]))
    assert "First name, E-mail" in page.content.decode()
    assert not Booking.objects.exists()


def test_our_own_export_is_read_in_both_languages(sign_in, session_page, occurrence):
    make_booking(occurrence, people=("ines",))
    other = make_occurrence(session_page, days=60)
    user = sign_in()
    for language in ("fr", "en"):
        UserProfile.objects.update(preferred_language=language)
        exported = user.get(reverse("registrations_admin:export_as", args=[occurrence.pk, "xlsx"])).content
        plan = upload(user, other, exported).context["plan"]
        assert (plan.people[0].email, plan.people[0].kind) == ("ines@example.org", "association")


def test_a_capacity_and_a_kind_are_read_in_words_and_what_is_unknown_is_told(sign_in, occurrence):
    user = sign_in()
    titles = [*TITLES, "Participe en tant que", "Type d’organisme"]
    rows = [
        [*INES, "Élue ou élu", "Bailleur social"],
        [*OMAR, "Pompier", "Association"],
    ]
    plan = upload(user, occurrence, csv_of(titles, *rows), category="other").context["plan"]
    assert any("Pompier" in error for error in plan.lines[1].errors)


@pytest.mark.parametrize("changes", [{"told": ""}, {"category": "x"}, {"language": "de"}, {"file": ""}])
def test_a_form_that_lacks_something_registers_nobody(sign_in, occurrence, changes):
    response = upload(sign_in(), occurrence, csv_of(TITLES, INES), **changes)
    assert response.status_code == 200
    assert response.context["plan"] is None


def test_a_dry_run_that_is_not_ours_or_of_another_date_registers_nobody(sign_in, session_page, occurrence):
    user = sign_in()
    other = make_occurrence(session_page, days=60)
    dry_run = upload(user, occurrence, csv_of(TITLES, INES))
    for where, value in ((other, dry_run.context["list"]), (occurrence, "forged"), (occurrence, "")):
        assert "choose the file again" in user.post(address(where), {"list": value}).content.decode()
    assert not Booking.objects.exists()


def test_a_past_date_takes_no_list(sign_in, session_page):
    past = make_occurrence(session_page, days=-3)
    assert upload(sign_in(), past, csv_of(TITLES, INES)).status_code == 302
    assert not Booking.objects.exists()


@pytest.mark.parametrize(("role", "allowed"), ROLES)
def test_who_may_import_and_export(sign_in, occurrence, role, allowed):
    user = sign_in(role)
    assert (upload(user, occurrence, csv_of(TITLES, INES)).status_code == 200) is allowed
    exported = user.get(reverse("registrations_admin:export_as", args=[occurrence.pk, "xlsx"]))
    assert (exported.status_code == 200) is allowed


# Export


def test_no_cell_of_the_spreadsheet_is_a_formula(sign_in, occurrence):
    nasty = make_person("eve", last_name='=HYPERLINK("http://x")', job_title="+33 chef\x0b", first_name="@SUM(A1)")
    request = make_request(occurrence)
    book(type(request)(**{**request.__dict__, "people": (nasty,)}))
    user = sign_in()
    response = user.get(reverse("registrations_admin:export_as", args=[occurrence.pk, "xlsx"]))
    assert "no-store" in response["Cache-Control"]
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet.cell(2, 1).value.startswith("=HYPERLINK")
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n", "inlineStr"}
    price = next(cell for cell in sheet[2] if cell.data_type == "n" and cell.value is not None)
    assert price.value == 0
    assert ModelLogEntry.objects.filter(action="registrations.export").count() == 1
    assert (
        user.get(reverse("registrations_admin:export_as", args=[occurrence.pk, "exe"]), follow=True).status_code == 404
    )
