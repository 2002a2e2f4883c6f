"""Dates in the admin: listed on the page, added, changed and copied in views of their own, by those who may."""

import datetime

import pytest
from django.urls import reverse

from events.models import Occurrence, SeatCounter
from events.signals import occurrence_changed
from events.viewsets import occurrence_viewset
from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from tests.factories.directory import VenueFactory
from tests.factories.events import in_days, make_occurrence
from tests.factories.pages import make_session, translate_page
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_role(client):
    """Return a function that logs the client in as somebody with a role."""
    return lambda role: sign_in_as(client, role)


def url(name: str, *args: int) -> str:
    return reverse(occurrence_viewset.get_url_name(name), args=args)


def form_data(page, **changes) -> dict[str, object]:
    data = {
        "page": page.pk,
        "day": in_days(40).isoformat(),
        "doors": "09:00",
        "status": "scheduled",
        "capacity": "30",
        "registration_mode": "open",
        "half_days-TOTAL_FORMS": "1",
        "half_days-INITIAL_FORMS": "0",
        "half_days-MIN_NUM_FORMS": "0",
        "half_days-MAX_NUM_FORMS": "1000",
        "half_days-0-starts": "09:30",
        "half_days-0-ends": "12:30",
        "co_organisers-TOTAL_FORMS": "0",
        "co_organisers-INITIAL_FORMS": "0",
        "co_organisers-MIN_NUM_FORMS": "0",
        "co_organisers-MAX_NUM_FORMS": "1000",
    }
    return {**data, **changes}


def test_the_officer_adds_a_date_and_comes_back_to_the_page(client, as_role):
    as_role(TRAINING_OFFICER)
    session = make_session()
    back = reverse("wagtailadmin_pages:edit", args=[session.pk])
    response = client.post(f"{url('add')}?page={session.pk}&next={back}", form_data(session, next=back))
    assert response.status_code == 302, response.context["form"].errors
    assert response.headers["Location"] == back
    occurrence = Occurrence.objects.get()
    assert [str(half_day) for half_day in occurrence.half_days.all()] == ["09:30-12:30"]
    assert SeatCounter.objects.get(occurrence=occurrence).taken == 0


def test_a_date_given_to_the_english_page_belongs_to_the_french_one(client, as_role):
    as_role(TRAINING_OFFICER)
    session = make_session()
    english = translate_page(session)
    assert client.post(url("add"), form_data(english)).status_code == 302
    assert Occurrence.objects.get().page_id == session.pk


def test_changing_a_date_tells_who_depends_on_it_inside_its_transaction(client, as_role):
    as_role(TRAINING_OFFICER)
    occurrence = make_occurrence(make_session())
    heard = []

    def hear(sender, occurrence, **kwargs):
        from django.db import connection

        heard.append((occurrence.pk, connection.in_atomic_block))

    occurrence_changed.connect(hear)
    try:
        response = client.post(url("edit", occurrence.pk), form_data(occurrence.page, capacity="12"))
    finally:
        occurrence_changed.disconnect(hear)
    assert response.status_code == 302
    assert heard == [(occurrence.pk, True)]
    occurrence.refresh_from_db()
    assert occurrence.capacity == 12


def test_a_new_place_raises_the_calendar_sequence_and_a_new_capacity_does_not(client, as_role):
    as_role(TRAINING_OFFICER)
    session = make_session()
    client.post(url("add"), form_data(session))
    occurrence = Occurrence.objects.get()
    half_day = occurrence.half_days.get()
    same = {"half_days-INITIAL_FORMS": "1", "half_days-0-id": half_day.pk}
    client.post(url("edit", occurrence.pk), form_data(session, capacity="10", **same))
    occurrence.refresh_from_db()
    assert occurrence.calendar_sequence == 0
    client.post(url("edit", occurrence.pk), form_data(session, venue=VenueFactory().pk, **same))
    occurrence.refresh_from_db()
    assert occurrence.calendar_sequence == 1


def test_the_copy_keeps_hours_and_place_and_leaves_the_day_to_fill_in(client, as_role):
    as_role(TRAINING_OFFICER)
    occurrence = make_occurrence(make_session(), venue=VenueFactory(town="Creil"), capacity=18)
    html = client.get(url("copy", occurrence.pk)).content.decode()
    assert "Creil" in html
    assert 'value="09:30"' in html
    assert 'value="18"' in html
    assert f'value="{occurrence.day.isoformat()}"' not in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": ""}, "day"),
        ({"registration_mode": "elsewhere"}, "registration_url"),
        ({"half_days-0-ends": "08:00"}, "half_days"),
        (
            {"half_days-TOTAL_FORMS": "2", "half_days-1-starts": "12:00", "half_days-1-ends": "14:00"},
            "half_days",
        ),
        ({"registration_closes": "2000-01-02 10:00", "registration_opens": "2000-01-03 10:00"}, "registration_closes"),
    ],
)
def test_what_could_not_be_announced_is_refused_and_kept_in_the_form(client, as_role, changes, words):
    as_role(TRAINING_OFFICER)
    session = make_session()
    response = client.post(url("add"), form_data(session, note_fr="Apporter son projet", **changes))
    assert response.status_code == 200
    form = response.context["form"]
    assert words in form.errors or form.formsets[words].is_valid() is False
    assert "Apporter son projet" in response.content.decode()
    assert not Occurrence.objects.exists()


def test_a_page_that_takes_no_dates_is_refused(client, as_role):
    as_role(TRAINING_OFFICER)
    cycle = make_session().get_parent()
    response = client.post(url("add"), form_data(cycle))
    assert "page" in response.context["form"].errors


def test_an_editor_may_not_touch_the_dates_of_a_published_page(client, as_role):
    as_role(EDITOR)
    occurrence = make_occurrence(make_session())
    assert client.get(url("edit", occurrence.pk)).status_code in (302, 403)
    client.post(url("edit", occurrence.pk), form_data(occurrence.page, capacity="1"))
    client.post(url("add"), form_data(occurrence.page))
    occurrence.refresh_from_db()
    assert occurrence.capacity is None
    assert Occurrence.objects.count() == 1


def test_the_form_of_a_published_page_offers_an_editor_nothing_that_would_be_refused(client, as_role):
    as_role(EDITOR)
    occurrence = make_occurrence(make_session())
    html = client.get(reverse("wagtailadmin_pages:edit", args=[occurrence.page_id])).content.decode()
    for name, args in (("edit", [occurrence.pk]), ("copy", [occurrence.pk]), ("add", [])):
        assert url(name, *args) not in html
    assert client.get(f"{url('add')}?page={occurrence.page_id}").status_code == 302
    assert client.get(url("copy", occurrence.pk)).status_code == 302


def test_who_edits_no_page_comes_back_to_the_list_of_dates(client, as_role):
    as_role(TRAINING_OFFICER)
    response = client.post(url("add"), form_data(make_session()))
    assert response.headers["Location"] == url("list")


def test_an_editor_prepares_the_dates_of_a_draft(client, as_role):
    as_role(EDITOR)
    draft = make_session(live=False)
    assert client.post(url("add"), form_data(draft)).status_code == 302
    assert Occurrence.objects.for_page(draft).count() == 1


@pytest.mark.parametrize(("role", "live"), [(EDITOR, False), (PUBLISHER, True)])
def test_the_form_of_a_page_lists_its_dates(client, as_role, role, live):
    as_role(role)
    session = make_session(live=live)
    make_occurrence(session, venue=VenueFactory(town="Saint-Omer"))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[session.pk])).content.decode()
    assert "Saint-Omer" in html
    assert url("add") in html


def test_dates_of_a_draft_are_shown_nowhere(client):
    draft = make_session(live=False)
    make_occurrence(draft)
    published = make_occurrence(make_session("Publiée"))
    assert list(Occurrence.objects.published()) == [published]
    hidden = Occurrence.objects.exclude(pk=published.pk).get()
    assert client.get(f"/fr/dates/{hidden.pk}.ics").status_code == 404
    assert client.get(f"/fr/dates/{published.pk}.ics").status_code == 200


def test_saving_an_occurrence_read_long_ago_does_not_touch_the_seats():
    occurrence = make_occurrence(make_session(), capacity=5)
    stale = Occurrence.objects.select_related("seat_counter").get(pk=occurrence.pk)
    SeatCounter.objects.filter(occurrence=occurrence).update(taken=4)
    stale.note_fr = "Salle changée"
    stale.day = stale.day + datetime.timedelta(days=1)
    stale.save()
    assert SeatCounter.objects.get(occurrence=occurrence).taken == 4
