"""The training officer's lists: seen, exported and decided by those who may, and nobody else."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from directory.models import Organisation
from events.enums import RegistrationMode
from events.models import Occurrence
from events.services import save_occurrence
from outbox.bounces import mark_bounced
from outbox.models import Message
from registrations.models import Registration, Transition
from registrations.services import Employer
from tests.factories.directory import OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking, make_person, make_request, registrations_of, states_of

OFFICER = ("view_registration", "change_registration", "export_registration")


@pytest.fixture
def signed_in(client, db):
    """Return a function that signs in a user with these permissions on registrations, or of other apps in full."""

    def sign_in(*names, language="en"):
        user = User.objects.create_user("somebody")
        UserProfile.objects.create(user=user, preferred_language=language)
        for name in ("wagtailadmin.access_admin", *names):
            app, codename = name.split(".") if "." in name else ("registrations", name)
            user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        client.force_login(user)
        return client

    return sign_in


def addresses(occurrence):
    return {
        "list": reverse("registrations_admin:occurrences"),
        "one": reverse("registrations_admin:occurrence", args=[occurrence.pk]),
        "export": reverse("registrations_admin:export", args=[occurrence.pk]),
    }


def decide(user, word, *registrations, confirm=True, **data):
    """Post a decision about registrations of one date, confirmed at once."""
    address = reverse("registrations_admin:decide", args=[registrations[0].occurrence_id, word])
    data |= {"ids": [row.pk for row in registrations], **({"confirm": "1"} if confirm else {})}
    return user.post(address, data)


@pytest.fixture
def booked(occurrence):
    return make_booking(occurrence, people=("ines", "omar"))


@pytest.mark.parametrize(
    ("permissions", "open_views"),
    [
        ((), set()),
        (("events.change_occurrence", "outbox.view_message"), set()),
        (("view_registration",), {"list", "one"}),
        (("export_registration",), set()),
        (("change_registration",), set()),
        (("view_registration", "export_registration"), {"list", "one", "export"}),
        (("view_registration", "change_registration"), {"list", "one"}),
        (OFFICER, {"list", "one", "export"}),
    ],
)
def test_each_view_is_open_to_its_permissions_and_no_others(signed_in, occurrence, booked, permissions, open_views):
    user = signed_in(*permissions)
    for name, address in addresses(occurrence).items():
        response = user.get(address)
        shown = user.get(address, follow=True).content.decode()
        if name in open_views:
            assert response.status_code == 200, name
        else:
            # Wagtail turns a refusal into a message on the admin's home; nothing of the list is shown.
            assert response.status_code in (302, 403), name
            assert "ines@example.org" not in shown


def test_without_the_permission_nothing_is_cancelled(signed_in, occurrence, booked):
    decide(signed_in("view_registration"), "cancel", *registrations_of(booked))
    assert states_of(booked) == ["confirmed", "confirmed"]


def test_signed_out_one_is_asked_to_sign_in(client, occurrence, booked):
    for address in addresses(occurrence).values():
        assert "login" in client.get(address)["Location"]


def test_the_list_says_who_comes_at_what_price_and_who_waits(signed_in, session_page):
    date = make_occurrence(session_page, capacity=1, price_list=make_price_list())
    make_booking(date, people=("ines",))
    make_booking(date, people=("omar",))
    page = signed_in(*OFFICER).get(reverse("registrations_admin:occurrence", args=[date.pk])).content.decode()

    for fact in ("Ines Martin", "ines@example.org", "Association des voisins", "150", "number 1"):
        assert fact in page
    assert page.index("Ines Martin") < page.index("Omar Martin")


def test_more_people_than_places_is_said(signed_in, occurrence, booked):
    row = Occurrence.objects.get(pk=occurrence.pk)
    row.capacity = 1
    save_occurrence(row)
    page = signed_in(*OFFICER).get(reverse("registrations_admin:occurrence", args=[occurrence.pk])).content.decode()
    assert "More people are confirmed than there are places" in page


def test_the_dates_ahead_and_past_are_listed_with_their_numbers(signed_in, occurrence, booked):
    officer = signed_in(*OFFICER)
    assert (
        reverse("registrations_admin:occurrence", args=[occurrence.pk])
        in officer.get(reverse("registrations_admin:occurrences")).content.decode()
    )
    assert officer.get(reverse("registrations_admin:occurrences") + "?past").status_code == 200
    assert officer.get(reverse("registrations_admin:occurrences") + "?p=zzz").status_code == 200


def test_the_lists_cost_a_constant_number_of_queries(signed_in, occurrence, django_assert_max_num_queries):
    officer = signed_in(*OFFICER)
    address = reverse("registrations_admin:occurrence", args=[occurrence.pk])
    row = Occurrence.objects.get(pk=occurrence.pk)
    row.capacity = 100
    save_occurrence(row)
    make_booking(occurrence, people=("a",))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer.get(address)
    with CaptureQueriesContext(connection) as one:
        officer.get(address)
    make_booking(occurrence, people=tuple("bcdefghij"))
    with CaptureQueriesContext(connection) as many:
        officer.get(address)
    assert len(many) == len(one)


def test_the_export_opens_in_a_french_spreadsheet_and_is_no_formula(signed_in, occurrence):
    nasty = make_person("eve", last_name='=HYPERLINK("http://x")', job_title="+33 chef; de projet")
    make_booking_of(occurrence, nasty)
    officer = signed_in(*OFFICER, language="fr")
    response = officer.get(reverse("registrations_admin:export", args=[occurrence.pk]))

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    header, row = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(header) == len(row)
    assert row[0].startswith("'=HYPERLINK")
    assert row[3].startswith("'+33")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert "0,00" in row


def make_booking_of(occurrence, person):
    request = make_request(occurrence)
    from registrations.services import book

    return book(type(request)(**{**request.__dict__, "people": (person,)}))


def test_an_export_is_logged_without_names(signed_in, occurrence, booked):
    signed_in(*OFFICER).get(reverse("registrations_admin:export", args=[occurrence.pk]))
    entry = ModelLogEntry.objects.get(action="registrations.export")
    assert entry.user.username == "somebody"
    assert entry.data == {"rows": 2}
    assert "ines" not in f"{entry.label} {entry.data}".lower()


def test_the_officer_cancels_several_with_a_reason_that_the_people_read(signed_in, occurrence, booked):
    officer = signed_in(*OFFICER)
    rows = registrations_of(booked)
    page = decide(officer, "cancel", *rows, confirm=False).content.decode()
    assert "Ines Martin" in page
    assert states_of(booked) == ["confirmed", "confirmed"]

    response = decide(officer, "cancel", *rows, reason="Asked by phone")
    assert response["Location"] == reverse("registrations_admin:occurrence", args=[occurrence.pk])
    assert states_of(booked) == ["cancelled", "cancelled"]
    last = Transition.objects.latest("pk")
    assert (last.user.username, last.reason, last.actor) == ("somebody", "Asked by phone", "officer")
    assert "Asked by phone" in Message.objects.get(kind="registration_cancelled", recipient="ines@example.org").text
    assert decide(officer, "cancel", *rows).status_code == 200
    assert Message.objects.filter(kind="registration_cancelled", recipient="ines@example.org").count() == 1


def test_places_are_given_to_all_of_those_ticked_or_to_none(signed_in, session_page):
    date = make_occurrence(session_page, capacity=1, registration_mode=RegistrationMode.BY_APPROVAL)
    asking = registrations_of(make_booking(date, people=("ines", "omar")))
    officer = signed_in(*OFFICER)
    shown = reverse("registrations_admin:occurrence", args=[date.pk])

    decide(officer, "accept", *asking)
    assert "not enough free places" in officer.get(shown).content.decode()
    assert [row.state for row in Registration.objects.all()] == ["pending", "pending"]
    decide(officer, "accept", asking[0])
    assert [row.state for row in Registration.objects.order_by("pk")] == ["confirmed", "pending"]
    assert Message.objects.filter(kind="registration_accepted", recipient="ines@example.org").count() == 1


def test_a_decision_that_does_not_suit_everybody_ticked_is_not_carried_out(signed_in, occurrence, booked):
    officer = signed_in(*OFFICER)
    page = decide(officer, "reject", *registrations_of(booked)).content.decode()
    assert "Only requests that wait for an answer are refused" in page
    assert "Continue without the others" not in page
    assert states_of(booked) == ["confirmed", "confirmed"]


def test_only_people_of_that_date_are_decided_about(signed_in, session_page, occurrence, booked):
    other = make_booking(make_occurrence(session_page, days=60), people=("lea",))
    officer = signed_in(*OFFICER)
    address = reverse("registrations_admin:decide", args=[occurrence.pk, "cancel"])
    strangers = [row.pk for row in (*registrations_of(booked), *registrations_of(other))]
    for ids in (strangers, [], ["x"], ["9" * 30], ["-1"]):
        officer.post(address, {"ids": ids, "confirm": "1"})
    assert states_of(booked) == ["confirmed", "confirmed"]
    assert states_of(other) == ["confirmed"]


def test_an_unknown_decision_or_date_is_404_and_an_address_that_is_only_opened_decides_nothing(
    signed_in, occurrence, booked
):
    officer = signed_in(*OFFICER)
    for args in ([occurrence.pk, "explode"], [999999, "cancel"]):
        assert officer.post(reverse("registrations_admin:decide", args=args), follow=True).status_code == 404
    assert officer.get(reverse("registrations_admin:decide", args=[occurrence.pk, "cancel"])).status_code == 405


def test_the_screen_of_a_date_tells_its_messages_and_what_became_of_each(signed_in, occurrence, booked):
    officer = signed_in(*OFFICER, "outbox.view_message")
    decide(officer, "cancel", registrations_of(booked)[0], reason="Moved house")
    page = officer.get(reverse("registrations_admin:occurrence", args=[occurrence.pk])).content.decode()
    for fact in ("Moved house", "somebody", "the contact", "claire@example.org"):
        assert fact in page


def test_an_address_that_the_mail_server_refuses_is_marked(signed_in, occurrence, booked):
    mark_bounced(Message.objects.get(recipient="ines@example.org"), "550")
    page = signed_in(*OFFICER).get(reverse("registrations_admin:occurrence", args=[occurrence.pk])).content.decode()
    assert page.count("address refused") == 1


def test_who_may_not_read_messages_sees_none(signed_in, occurrence, booked):
    page = signed_in(*OFFICER).get(reverse("registrations_admin:occurrence", args=[occurrence.pk])).content.decode()
    assert "claire@example.org" not in page


def test_the_menu_shows_registrations_to_those_who_may_see_them(signed_in, db):
    assert "/admin/registrations/" in signed_in(*OFFICER).get("/admin/").content.decode()


def test_the_menu_hides_registrations_from_the_others(signed_in, db):
    assert "/admin/registrations/" not in signed_in("events.change_occurrence").get("/admin/").content.decode()


def test_the_list_of_dates_leads_to_the_registrations(signed_in, occurrence):
    officer = signed_in(*OFFICER, "events.view_occurrence", "events.change_occurrence", "events.add_occurrence")
    page = officer.get(reverse("wagtailsnippets_events_occurrence:list")).content.decode()
    assert reverse("registrations_admin:occurrence", args=[occurrence.pk]) in page


# What registrations hold is not deleted


def test_a_date_that_somebody_booked_is_not_deleted_and_nobody_is_named(admin_client, signed_in, occurrence, booked):
    address = reverse("wagtailsnippets_events_occurrence:delete", args=[occurrence.pk])
    response = admin_client.post(address, follow=True)
    assert response.status_code == 200
    assert Occurrence.objects.filter(pk=occurrence.pk).exists()
    page = response.content.decode()
    assert reverse("registrations_admin:occurrence", args=[occurrence.pk]) in page
    assert "Martin" not in page


def test_dates_that_somebody_booked_are_not_deleted_in_bulk(admin_client, occurrence, booked):
    address = reverse("wagtail_bulk_action", args=["events", "occurrence", "delete"])
    assert admin_client.post(f"{address}?id={occurrence.pk}", follow=True).status_code == 200
    assert Occurrence.objects.filter(pk=occurrence.pk).exists()


def test_a_page_with_booked_dates_is_not_deleted(admin_client, occurrence, booked):
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[occurrence.page_id]), follow=True)
    assert Occurrence.objects.filter(pk=occurrence.pk).exists()


def test_an_organisation_that_booked_is_not_deleted(admin_client, occurrence):
    town = OrganisationFactory()
    make_booking(occurrence, employer=Employer.known(town))
    response = admin_client.post(reverse("wagtailsnippets_directory_organisation:delete", args=[town.pk]), follow=True)
    assert response.status_code == 200
    assert Organisation.objects.filter(pk=town.pk).exists()


def test_personal_data_stays_out_of_references_and_of_the_labels_of_logs(occurrence, booked):
    from wagtail.models import ReferenceIndex

    from registrations.models import Booking, Participant

    for model in (Booking, Participant, Registration, Message):
        assert model not in ReferenceIndex.tracked_models
    for row in (booked.booking, booked.booking.participants.first(), registrations_of(booked)[0]):
        assert "Martin" not in str(row)
        assert "Dubois" not in str(row)
