"""A cycle copied for another year: the same pages as drafts, the same weekdays, nothing booked."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Locale, Page

from cycles.copying import copy_cycle, plan_copy, shifted_years, weeks_between
from cycles.models import SessionPage, TrainingCyclePage
from events.enums import DocumentAudience, OccurrenceStatus, RegistrationMode
from events.models import HalfDay, Occurrence, OccurrenceCoOrganiser, PageDocument, SeatCounter
from events.services import save_occurrence
from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from outbox.models import Message
from portal.dates import same_hour
from portal.holidays import is_public_holiday, why_free
from registrations.models import Registration
from tests.factories.directory import OrganisationFactory, VenueFactory
from tests.factories.events import make_price_list
from tests.factories.pages import make_page, translate_page
from tests.factories.registrations import make_booking
from tests.roles import NO_ROLE, sign_in_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_engines]
PARIS = ZoneInfo("Europe/Paris")
YEAR = datetime.timedelta(weeks=52)


@pytest.fixture
def cycle(db):
    page = make_page(TrainingCyclePage, "Préparer les contrats 2026", period="2026")
    session = make_page(SessionPage, "Gouvernance", page, stage_number=1, summary="Le deuxième jour.")
    session.report = [("text", "<p>Ce que la journée a laissé.</p>")]
    session.save_revision().publish()
    return page


@pytest.fixture
def date(cycle):
    session = SessionPage.objects.child_of(cycle).get()
    row = Occurrence(
        page=session,
        day=datetime.date(2027, 4, 20),
        doors=datetime.time(9),
        venue=VenueFactory(),
        video_link="https://video.example.org/secret",
        capacity=12,
        registration_mode=RegistrationMode.BY_APPROVAL,
        # In winter time; a year later the day lies in summer time.
        registration_opens=datetime.datetime(2027, 3, 27, 9, tzinfo=PARIS),
        registration_closes=datetime.datetime(2027, 4, 18, 23, 59, tzinfo=PARIS),
        price_list=make_price_list(),
        calendar_sequence=4,
    )
    row.half_days = [HalfDay(starts=datetime.time(9, 30), ends=datetime.time(12, 30))]
    row.co_organisers = [OccurrenceCoOrganiser(organisation=OrganisationFactory())]
    return save_occurrence(row)


def copied(cycle, weeks=52, **titles):
    return copy_cycle(plan_copy(cycle, weeks), {"fr": "Préparer les contrats 2027", **titles})


def dates_of(page):
    return list(Occurrence.objects.filter(page__in=Page.objects.child_of(page)).with_details().in_order())


def test_the_copy_is_a_draft_with_the_same_texts(cycle):
    new = TrainingCyclePage.objects.get(pk=copied(cycle).pk)
    session = SessionPage.objects.child_of(new).get()
    assert (new.title, new.slug, new.period, new.live) == (
        "Préparer les contrats 2027",
        "preparer-les-contrats-2027",
        "2027",
        False,
    )
    assert (session.title, session.slug, session.summary, session.stage_number, session.live) == (
        "Gouvernance",
        "gouvernance",
        "Le deuxième jour.",
        1,
        False,
    )
    assert new.translation_key != cycle.translation_key
    assert new.first_published_at is None
    assert new.get_parent() == cycle.get_parent()


def test_what_a_session_has_left_stays_with_it_in_the_row_and_in_the_draft(cycle):
    old = SessionPage.objects.child_of(cycle).get()
    for audience in DocumentAudience:
        document = Document.objects.create(title=audience, file="x.pdf")
        PageDocument.objects.create(page=old, document=document, label_fr=audience, audience=audience)
    new = SessionPage.objects.child_of(copied(cycle)).get()
    for version in (new, new.get_latest_revision_as_object()):
        assert not version.report
        assert [row.audience for row in version.page_documents.all()] == ["everyone"]
    old.refresh_from_db()
    assert old.report
    assert old.page_documents.count() == 2


def test_a_date_keeps_its_weekday_hours_place_price_and_window(date, cycle):
    new = dates_of(copied(cycle))[0]
    assert new.day == datetime.date(2028, 4, 18)
    assert new.day.weekday() == date.day.weekday()
    for name in ("doors", "venue", "capacity", "registration_mode", "price_list", "status"):
        assert getattr(new, name) == getattr(date, name), name
    assert [(row.starts, row.ends) for row in new.half_days.all()] == [(datetime.time(9, 30), datetime.time(12, 30))]
    assert [row.organisation for row in new.co_organisers.all()] == [
        row.organisation for row in date.co_organisers.all()
    ]
    assert new.registration_opens.astimezone(PARIS) == datetime.datetime(2028, 3, 25, 9, tzinfo=PARIS)
    assert new.registration_closes.astimezone(PARIS) == datetime.datetime(2028, 4, 16, 23, 59, tzinfo=PARIS)


def test_nothing_is_booked_and_nobody_is_written_to(date, cycle):
    make_booking_by_approval(date)
    before = (Registration.objects.count(), Message.objects.count())
    new = dates_of(copied(cycle))[0]
    assert (Registration.objects.count(), Message.objects.count()) == before
    assert (new.calendar_sequence, new.video_link) == (0, "")
    counter = SeatCounter.objects.get(occurrence=new)
    assert (counter.taken, counter.allowed) == (0, 12)
    date.refresh_from_db()
    assert (date.day, date.calendar_sequence) == (datetime.date(2027, 4, 20), 4)


def make_booking_by_approval(date):
    Occurrence.objects.filter(pk=date.pk).update(registration_opens=None, registration_mode=RegistrationMode.OPEN)
    make_booking(date)


def test_dates_that_were_called_off_are_left_out_and_it_is_said(date, cycle):
    date.status = OccurrenceStatus.POSTPONED
    save_occurrence(date)
    plan = plan_copy(cycle, 52)
    assert plan.sessions[0].dates[0].is_left_out
    assert plan.sessions[0].dates[0].remarks
    assert dates_of(copied(cycle)) == []


def test_a_date_without_a_day_stays_without_one(date, cycle):
    Occurrence.objects.filter(pk=date.pk).update(day=None, status=OccurrenceStatus.TENTATIVE)
    new = dates_of(copied(cycle))[0]
    assert (new.day, new.status) == (None, OccurrenceStatus.TENTATIVE)


def test_slugs_are_unique(cycle):
    assert [copied(cycle).slug, copied(cycle).slug] == ["preparer-les-contrats-2027", "preparer-les-contrats-2027-1"]


def test_the_english_versions_are_copied_as_drafts_with_their_words(date, cycle):
    english_cycle = translate_page(cycle, {"Préparer les contrats 2026": "Preparing 2026", "2026": "2026"})
    session = SessionPage.objects.child_of(cycle).get()
    translate_page(session, {"Gouvernance": "Governance", "gouvernance": "governance"})
    new = copied(cycle, en="Preparing 2027")
    english = new.get_translation(Locale.objects.get(language_code="en")).specific
    assert (english.title, english.slug, english.period, english.live) == (
        "Preparing 2027",
        "preparing-2027",
        "2027",
        False,
    )
    assert english.get_parent() == english_cycle.get_parent()
    page = SessionPage.objects.child_of(english).get()
    assert (page.title, page.slug, page.live) == ("Governance", "governance", False)
    assert page.translation_key == SessionPage.objects.child_of(new).get().translation_key
    assert Occurrence.objects.for_page(page).count() == 1


def test_an_english_version_that_is_a_page_of_its_own_is_copied_too(cycle):
    english = cycle.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "Preparing 2026"
    english.save_revision().publish()
    new = copied(cycle, en="Preparing 2027").get_translation(Locale.objects.get(language_code="en"))
    assert (new.title, new.live) == ("Preparing 2027", False)
    assert new.translation_key != cycle.translation_key


def test_a_copy_that_fails_leaves_nothing(date, cycle, monkeypatch):
    before = (Page.objects.count(), Occurrence.objects.count())

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("events.services.occurrence_changed.send", fail)
    with pytest.raises(RuntimeError, match="disk"):
        copied(cycle)
    assert (Page.objects.count(), Occurrence.objects.count()) == before


def test_weeks_hours_and_years_are_shifted_as_a_calendar_does():
    assert weeks_between(datetime.date(2026, 3, 12), datetime.date(2027, 3, 10)) == 52
    assert weeks_between(datetime.date(2026, 3, 12), datetime.date(2027, 3, 16)) == 53
    before_the_change = datetime.datetime(2026, 10, 24, 8, tzinfo=PARIS)
    assert same_hour(before_the_change, 7) == datetime.datetime(2026, 10, 31, 8, tzinfo=PARIS)
    assert shifted_years("2026-2027", 1) == "2027-2028"
    assert shifted_years("Saison 12", 1) == "Saison 12"


@pytest.mark.parametrize(
    ("day", "is_free"),
    [((2027, 3, 29), True), ((2027, 5, 6), True), ((2027, 5, 17), True), ((2027, 7, 14), True), ((2027, 3, 30), False)],
)
def test_public_holidays_of_france_are_known(day, is_free):
    assert is_public_holiday(datetime.date(*day)) is is_free


def test_weekends_are_named():
    assert why_free(datetime.date(2027, 3, 6)) != why_free(datetime.date(2027, 3, 7)) != ""


# In the admin


def address(cycle):
    return reverse("cycles_admin:copy", args=[cycle.pk])


@pytest.mark.usefixtures("demo_database")
def test_the_officer_of_the_demonstration_may_copy_its_cycle(client):
    client.force_login(User.objects.get(username="formation"))
    cycle = TrainingCyclePage.objects.filter(locale__language_code="fr").first()
    assert client.get(address(cycle)).status_code == 200
    assert client.get(reverse("wagtailadmin_explore", args=[cycle.pk])).status_code == 200


@pytest.mark.parametrize(
    ("role", "allowed"), [(NO_ROLE, False), (EDITOR, True), (PUBLISHER, True), (TRAINING_OFFICER, True)]
)
def test_who_adds_pages_and_dates_may_copy(client, cycle, role, allowed):
    sign_in_as(client, role)
    assert (client.get(address(cycle)).status_code == 200) is allowed
    response = client.post(address(cycle), {"title": "Autre", "weeks": "52", "confirm": "1"})
    assert TrainingCyclePage.objects.filter(title="Autre").exists() is allowed
    assert response.status_code in ((302,) if allowed else (302, 403))


def test_signed_out_one_is_asked_to_sign_in(client, cycle):
    assert "login" in client.post(address(cycle), {"title": "Autre", "weeks": "52", "confirm": "1"})["Location"]


def test_the_preview_shows_each_date_and_writes_nothing(admin_client, date, cycle):
    before = Page.objects.count()
    page = admin_client.post(
        address(cycle), {"title": "Autre", "first_day": "2028-05-01", "preview": "1"}
    ).content.decode()
    assert "mardi 2\xa0mai 2028" in page
    assert Page.objects.count() == before


def test_the_preview_marks_a_date_on_a_public_holiday(admin_client, date, cycle):
    page = admin_client.post(address(cycle), {"title": "Autre", "weeks": "106", "preview": "1"}).content.decode()
    assert "1er\xa0mai 2029" in page
    assert "jour férié" in page


@pytest.mark.parametrize(
    "data",
    [
        {"title": "", "weeks": "52"},
        {"title": "Autre"},
        {"title": "Autre", "weeks": "0"},
        {"title": "Autre", "weeks": "9999999999"},
        {"title": "Autre", "weeks": "peu"},
        {"title": "Autre", "first_day": "9999-12-31"},
        {"title": "Autre", "first_day": "hier"},
        {"title": "x" * 300, "weeks": "52"},
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(admin_client, date, cycle, data):
    response = admin_client.post(address(cycle), {**data, "confirm": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert TrainingCyclePage.objects.count() == 1


def test_the_button_stands_in_the_menus_of_a_cycle_only(admin_client, cycle):
    session = SessionPage.objects.child_of(cycle).get()
    assert address(cycle) in admin_client.get(reverse("wagtailadmin_pages:edit", args=[cycle.pk])).content.decode()
    assert (
        address(cycle)
        in admin_client.get(reverse("wagtailadmin_explore", args=[cycle.get_parent().pk])).content.decode()
    )
    assert "/copy/" not in "".join(
        line
        for line in admin_client.get(reverse("wagtailadmin_pages:edit", args=[session.pk])).content.decode().split()
        if "admin/cycles" in line
    )


def test_no_other_page_is_copied_this_way(admin_client, cycle):
    session = SessionPage.objects.child_of(cycle).get()
    assert admin_client.get(reverse("cycles_admin:copy", args=[session.pk]), follow=True).status_code == 404
