"""Two rows of the directory that are one: everything that named the other names the one kept, and nothing is lost."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry, Page, ReferenceIndex

from cycles.models import SessionPage, TrainingCyclePage
from directory.addresses import url_of
from directory.duplicates import likely_groups, name_key, similar_to
from directory.merging import MergeRefused, merge, plan_merge
from directory.models import Membership, Organisation, PageOrganisation, PagePerson, Person
from events.models import OccurrenceCoOrganiser
from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from registrations.models import Booking
from registrations.services import Employer
from resources.models import ResourcePage
from search.models import SearchEntryFacet
from tests.factories.directory import OrganisationFactory, PersonFactory
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, translate_page
from tests.factories.registrations import make_booking
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db(transaction=True)
SIRET = "21590512500014"


@pytest.fixture
def kept(db):
    return OrganisationFactory(name="Ville de Roubaix", siret="", acronym="", territory=None)


@pytest.fixture
def merged(db):
    return OrganisationFactory(name="Mairie de Roubaix", siret="", acronym="MDR", website="https://example.org/")


def quoting(organisation):
    """Return a page whose texts choose an organisation, in a block of its own and inside a list."""
    page = make_page(ResourcePage, "Ce que dit la ville", author_organisation=organisation)
    page.body = json.dumps(
        [
            {
                "type": "quotation",
                "id": "0b1c8c0e-0000-4000-8000-000000000001",
                "value": {
                    "text": "Nous y sommes.",
                    "speaker_name": "Ana",
                    "role": "",
                    "anchor": "",
                    "organisation": organisation.pk,
                },
            },
        ]
    )
    page.save_revision().publish()
    return page


def test_all_that_pointed_to_the_other_points_to_the_one_kept(kept, merged):
    Membership.objects.create(organisation=merged, starts=datetime.date(2026, 1, 1))
    person = PersonFactory(organisation=merged)
    page = make_page(TrainingCyclePage, "Cycle")
    PageOrganisation.objects.create(page=page, organisation=merged)
    session = make_page(SessionPage, "Séance", page)
    date = make_occurrence(session)
    OccurrenceCoOrganiser.objects.create(occurrence=date, organisation=merged)
    booking = make_booking(date, employer=Employer.known(merged)).booking

    merge(kept, merged)

    assert not Organisation.objects.filter(pk=merged.pk).exists()
    person.refresh_from_db()
    assert person.organisation == kept
    assert Membership.objects.get().organisation == kept
    assert PageOrganisation.objects.get(page=page).organisation == kept
    assert OccurrenceCoOrganiser.objects.get().organisation == kept
    booking = Booking.objects.get(pk=booking.pk)
    assert booking.organisation == kept
    # What was agreed that day stays as it was written.
    assert booking.organisation_name == "Mairie de Roubaix"


def test_what_both_have_is_not_said_twice(kept, merged):
    page = make_page(TrainingCyclePage, "Cycle")
    date = make_occurrence(make_page(SessionPage, "Séance", page))
    for row in (kept, merged):
        PageOrganisation.objects.create(page=page, organisation=row)
        OccurrenceCoOrganiser.objects.create(occurrence=date, organisation=row)
    PageOrganisation.objects.create(page=page, organisation=merged, role="funder")
    plan = {part.label: (part.moved, part.repeated) for part in plan_merge(kept, merged).parts}
    assert sorted(plan.values()) == [(0, 1), (1, 1)]
    merge(kept, merged)
    assert PageOrganisation.objects.count() == 2
    assert OccurrenceCoOrganiser.objects.count() == 1


def test_blocks_drafts_older_versions_and_translations_name_the_one_kept(kept, merged):
    page = quoting(merged)
    translate_page(page)
    page.refresh_from_db()
    page.title = "Un brouillon"
    page.save_revision()
    merge(kept, merged)

    page = ResourcePage.objects.get(pk=page.pk)
    assert page.author_organisation == kept
    assert page.body[0].value["organisation"] == kept
    for revision in page.revisions.all():
        version = revision.as_object()
        assert version.author_organisation_id == kept.pk
        assert all(part.value["organisation"] == kept for part in version.body)
    english = page.get_translations().get().specific
    assert english.body[0].value["organisation"] == kept
    # The next translation goes on from there.
    assert translate_page(page).body[0].value["organisation"] == kept
    assert not ReferenceIndex.get_references_to(merged).exists()


def test_a_draft_that_was_never_published_can_still_be_opened(kept, merged):
    page = make_page(ResourcePage, "Jamais publiée", live=False)
    draft = page.get_latest_revision_as_object()
    draft.page_organisations = [PageOrganisation(organisation=merged)]
    draft.save_revision()
    assert not PageOrganisation.objects.exists()
    merge(kept, merged)
    version = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [row.organisation for row in version.page_organisations.all()] == [kept]


def test_the_search_follows(kept, merged):
    quoting(merged)
    merge(kept, merged)
    codes = set(SearchEntryFacet.objects.filter(name="organisation").values_list("code", flat=True))
    assert str(kept.pk) in codes
    assert str(merged.pk) not in codes


def test_the_old_addresses_lead_to_the_new_ones(client, kept, merged):
    for language in ("fr", "en"):
        with override(language):
            old, new = url_of(merged), url_of(kept)
        if language == "fr":
            merge(kept, merged)
        assert new in client.get(old)["Location"]


def test_what_is_empty_is_filled_and_nothing_else_is_changed(kept, merged):
    merged.siret = SIRET
    merged.save()
    labels = [label for label, _value in plan_merge(kept, merged).filled]
    assert len(labels) >= 3
    merge(kept, merged)
    kept.refresh_from_db()
    assert (kept.name, kept.siret, kept.acronym, kept.website) == (
        "Ville de Roubaix",
        SIRET,
        "MDR",
        "https://example.org/",
    )


def test_people_are_merged_with_their_pages(db):
    kept, merged = PersonFactory(first_name="Ana", last_name="Ruiz"), PersonFactory(first_name="Anna", last_name="Ruiz")
    page = make_page(TrainingCyclePage, "Cycle")
    PagePerson.objects.create(page=page, person=merged)
    merge(kept, merged)
    assert Person.objects.get() == kept
    assert PagePerson.objects.get().person == kept


def test_a_merge_that_fails_leaves_everything(kept, merged, monkeypatch):
    booking = make_booking(make_occurrence(make_page(SessionPage, "S", make_page(TrainingCyclePage, "C"))))
    Booking.objects.filter(pk=booking.booking.pk).update(organisation=merged)

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("directory.merging.log", fail)
    with pytest.raises(RuntimeError, match="disk"):
        merge(kept, merged)
    assert Booking.objects.get().organisation == merged


def test_a_row_that_is_gone_or_itself_is_not_merged(kept, merged):
    with pytest.raises(ValueError, match="Two rows"):
        merge(kept, kept)
    Organisation.objects.filter(pk=merged.pk).delete()
    with pytest.raises(MergeRefused):
        merge(kept, merged)


def test_it_is_logged_by_key(kept, merged):
    pk = merged.pk
    merge(kept, merged)
    assert ModelLogEntry.objects.get(action="directory.merge").data["merged"] == pk


# Suggestions


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ville de Roubaix", "Mairie de Roubaix"),
        ("Métropole européenne de Lille", "Lille Métropole Européenne"),
        ("Communauté d’agglomération du Pays de Saint-Omer", "Communaute d'agglomeration du pays de Saint Omer"),
    ],
)
def test_names_of_one_organisation_are_told(first, second):
    assert name_key(first) == name_key(second)


def test_similar_rows_are_suggested_and_others_are_not(db):
    first = OrganisationFactory(name="Habitat des Deux Rives", acronym="HDR", siret=SIRET)
    same = OrganisationFactory(name="Habitat des 2 Rives", siret="")
    branch = OrganisationFactory(name="Autre nom", siret="21590512500022")
    OrganisationFactory(name="Université de Lille", siret="")
    assert similar_to(first) == [branch, same]
    assert likely_groups(Organisation.objects.all()) == [[first, branch]] or likely_groups(
        Organisation.objects.all()
    ) == [[branch, first]]


@pytest.mark.parametrize("other", ["C.N.F.P.T.", "Cnfpt", "CNF-PT"])
def test_names_that_differ_by_case_accents_or_punctuation_are_likely_duplicates(db, other):
    rows = {OrganisationFactory(name=name).pk for name in ("CNFPT", other)}
    OrganisationFactory(name="Recette Doublon A")
    OrganisationFactory(name="Recette Doublon B")
    assert [{row.pk for row in group} for group in likely_groups(Organisation.objects.all())] == [rows]


# In the admin


@pytest.mark.parametrize(
    ("role", "allowed"), [(None, False), (EDITOR, False), (PUBLISHER, True), (TRAINING_OFFICER, True)]
)
def test_who_may_change_and_delete_may_merge(client, kept, merged, role, allowed):
    sign_in_as(client, role)
    addresses = [
        reverse("duplicates:likely", args=["organisation"]),
        reverse("duplicates:choose", args=["organisation", kept.pk]),
        reverse("duplicates:confirm", args=["organisation", kept.pk, merged.pk]),
    ]
    for address in addresses:
        assert (client.get(address).status_code == 200) is allowed
    client.post(addresses[-1])
    assert Organisation.objects.filter(pk=merged.pk).exists() is not allowed


def test_what_does_not_exist_is_404(admin_client, kept):
    for args in (["country", 1, 2], ["organisation", kept.pk, kept.pk], ["organisation", kept.pk, 999999]):
        assert admin_client.post(reverse("duplicates:confirm", args=args), follow=True).status_code == 404


def test_the_screens_name_what_will_move(admin_client, kept, merged):
    page = quoting(merged)
    shown = admin_client.get(reverse("duplicates:confirm", args=["organisation", kept.pk, merged.pk])).content.decode()
    assert page.title in shown
    assert "MDR" in shown
    found = admin_client.get(
        reverse("duplicates:choose", args=["organisation", kept.pk]) + "?q=mairie"
    ).content.decode()
    assert str(merged) in found
    listed = admin_client.get(reverse("wagtailsnippets_directory_organisation:list")).content.decode()
    assert reverse("duplicates:choose", args=["organisation", kept.pk]) in listed
