"""What something else holds is not deleted: a sentence and a link, never an error 500. Tested by POST."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from directory.models import Keyword, Organisation, PageTheme, Person, Theme, Venue
from events.models import Occurrence, ReportOccurrence
from events.viewsets import occurrence_viewset
from resources.models import CaseStudyPage
from tests.factories.directory import OrganisationFactory, PersonFactory, ThemeFactory, VenueFactory
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, make_report, make_session, translate_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, admin_user):
    client.force_login(admin_user)
    return client


def refused(response) -> str:
    """Check that a deletion was answered with a message, and return the page that shows it."""
    assert response.redirect_chain
    html = response.content.decode()
    assert response.status_code == 200
    assert "messages" in html
    return html


def test_a_page_with_dates_is_kept(admin):
    session = make_session()
    occurrence = make_occurrence(session)
    response = admin.post(f"/admin/pages/{session.pk}/delete/", follow=True)
    assert reverse(occurrence_viewset.get_url_name("edit"), args=[occurrence.pk]) in refused(response)
    assert Page.objects.filter(pk=session.pk).exists()


def test_a_page_above_one_with_dates_is_kept(admin):
    session = make_session()
    make_occurrence(session)
    cycle = session.get_parent()
    refused(admin.post(f"/admin/pages/{cycle.pk}/delete/", {"confirm_site_name": "x"}, follow=True))
    assert Page.objects.filter(pk=cycle.pk).exists()


def test_pages_deleted_in_bulk_are_kept_when_one_has_dates(admin):
    held, free = make_session(), make_session("Libre")
    make_occurrence(held)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    html = refused(admin.post(f"{url}?id={held.pk}&id={free.pk}&next=/admin/", follow=True))
    assert reverse(occurrence_viewset.get_url_name("edit"), args=[Occurrence.objects.get().pk]) in html
    assert Page.objects.filter(pk__in=[held.pk, free.pk]).count() == 2


def test_a_page_that_nothing_holds_is_deleted(admin):
    session = make_session()
    assert admin.post(f"/admin/pages/{session.pk}/delete/").status_code == 302
    assert not Page.objects.filter(pk=session.pk).exists()


def test_a_date_told_by_a_report_is_kept(admin):
    report = make_report()
    occurrence = make_occurrence(report.get_parent().specific)
    ReportOccurrence.objects.create(page=report, occurrence=occurrence)
    refused(admin.post(reverse(occurrence_viewset.get_url_name("delete"), args=[occurrence.pk]), follow=True))
    assert Occurrence.objects.filter(pk=occurrence.pk).exists()


def test_a_row_of_the_directory_named_by_a_page_is_kept(admin):
    lead = OrganisationFactory()
    case = make_page(CaseStudyPage, "Citoyenneté", lead=lead)
    url = reverse(Organisation.snippet_viewset.get_url_name("delete"), args=[lead.pk])
    html = refused(admin.post(url, follow=True))
    assert reverse("wagtailadmin_pages:edit", args=[case.pk]) in html
    assert Organisation.objects.filter(pk=lead.pk).exists()


def test_a_row_that_only_a_block_names_is_kept(admin):
    speaker = PersonFactory()
    quotation = {"type": "quotation", "value": {"text": "On a commencé par écouter.", "person": speaker.pk}}
    case = make_page(CaseStudyPage, "Citoyenneté", body=[quotation])
    url = reverse(Person.snippet_viewset.get_url_name("delete"), args=[speaker.pk])
    html = refused(admin.post(url, follow=True))
    assert reverse("wagtailadmin_pages:edit", args=[case.pk]) in html
    assert Person.objects.filter(pk=speaker.pk).exists()


def test_a_page_that_holds_a_row_is_named_once_in_the_editors_words(admin):
    theme = ThemeFactory(label_fr="Mobilités")
    case = make_page(CaseStudyPage, "Citoyenneté", page_themes=[PageTheme(theme=theme)])
    translate_page(case)
    url = reverse(Theme.snippet_viewset.get_url_name("delete"), args=[theme.pk])
    html = refused(admin.post(url, follow=True))
    assert html.count("Fiche d’expérience : Citoyenneté") == 1
    assert "CITOYENNETÉ" not in html


def test_a_keyword_in_use_may_go(admin):
    case = make_page(CaseStudyPage, "Citoyenneté")
    case.keywords.add("accueil")
    case.save()
    keyword = Keyword.objects.get()
    admin.post(reverse(Keyword.snippet_viewset.get_url_name("delete"), args=[keyword.pk]))
    assert not Keyword.objects.exists()


def test_rows_deleted_in_bulk_are_kept_when_one_is_held(admin):
    held, free = VenueFactory(), VenueFactory()
    make_occurrence(make_session(), venue=held)
    url = reverse("wagtail_bulk_action", args=["directory", "venue", "delete"])
    refused(admin.post(f"{url}?id={held.pk}&id={free.pk}&next=/admin/", follow=True))
    assert Venue.objects.filter(pk__in=[held.pk, free.pk]).count() == 2


def test_a_row_that_nothing_holds_is_deleted(admin):
    free = VenueFactory()
    admin.post(reverse(Venue.snippet_viewset.get_url_name("delete"), args=[free.pk]))
    assert not Venue.objects.filter(pk=free.pk).exists()
