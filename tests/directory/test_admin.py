"""The directory in the admin: lists and choosers find rows, the territory tree is kept."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Country, Membership, Network, Organisation, Person, Programme, Territory, Theme, Venue
from tests.factories.directory import (
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    ThemeFactory,
    VenueFactory,
    make_territory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, admin_user):
    client.force_login(admin_user)
    return client


@pytest.mark.parametrize("query", ["Métropole Lille", "lille métropole", "MEL", "metropole EUROPEENNE"])
def test_a_list_finds_a_row_by_words_in_any_order_and_by_acronym(admin, query):
    OrganisationFactory(name="Métropole européenne de Lille", acronym="MEL")
    OrganisationFactory(name="Ville de Creil")
    url = reverse(Organisation.snippet_viewset.get_url_name("list"))
    html = admin.get(url, {"q": query}).content.decode()
    assert "européenne de Lille" in html
    assert "Ville de Creil" not in html


@pytest.mark.parametrize("query", ['"', "   ", "\x00", "%", "a" * 3000, "' OR 1=1 --", "é" * 10])
def test_whatever_is_typed_in_a_list_or_a_chooser_is_answered(admin, query):
    OrganisationFactory()
    for url in (
        reverse(Organisation.snippet_viewset.get_url_name("list")),
        reverse(Organisation.snippet_viewset.chooser_viewset.get_url_name("choose_results")),
    ):
        assert admin.get(url, {"q": query}).status_code == 200


@pytest.mark.parametrize(
    ("factory", "fields", "query"),
    [
        (OrganisationFactory, {"name": "Réseau DSU"}, "dsu réseau"),
        (PersonFactory, {"last_name": "Vasseur"}, "vass"),
        (VenueFactory, {"name": "Quai de l'innovation"}, "innovation amiens"),
    ],
)
def test_a_chooser_searches(admin, factory, fields, query):
    found, other = factory(**fields), factory()
    viewset = type(found).snippet_viewset.chooser_viewset
    html = admin.get(reverse(viewset.get_url_name("choose_results")), {"q": query}).content.decode()
    assert str(found).replace("'", "&#x27;") in html
    assert str(other) not in html


def test_a_word_of_a_vocabulary_takes_its_code_from_its_french_name_unless_it_has_one(admin):
    add = reverse(Theme.snippet_viewset.get_url_name("add"))
    for code in ("", "", "chosen"):
        assert admin.post(add, {"label_fr": "Santé mentale", "label_en": "", "code": code}).status_code == 302
    assert set(Theme.objects.values_list("code", flat=True)) == {"sante-mentale", "sante-mentale-2", "chosen"}


def test_a_code_already_taken_is_refused_at_its_field(admin):
    ThemeFactory(code="sante")
    response = admin.post(reverse(Theme.snippet_viewset.get_url_name("add")), {"label_fr": "Santé", "code": "sante"})
    assert "code" in response.context["form"].errors
    assert Theme.objects.count() == 1


def test_a_territory_is_created_in_another_and_moved(admin):
    region = make_territory("Hauts-de-France", "32")
    other = make_territory("Grand Est", "44")
    add = reverse(Territory.snippet_viewset.get_url_name("add"))
    data = {"level": "departement", "name": "Aisne", "insee_code": "02", "parent": region.pk}
    assert admin.post(add, data).status_code == 302
    aisne = Territory.objects.get(insee_code="02")
    assert aisne.get_parent() == region
    edit = reverse(Territory.snippet_viewset.get_url_name("edit"), args=[aisne.pk])
    assert admin.post(edit, {**data, "name": "L'Aisne", "parent": other.pk}).status_code == 302
    aisne.refresh_from_db()
    assert (aisne.name, aisne.get_parent()) == ("L'Aisne", other)
    assert admin.post(edit, {**data, "parent": ""}).status_code == 302
    aisne.refresh_from_db()
    assert aisne.is_root()
    assert Territory.find_problems() == ([], [], [], [], [])


def test_a_territory_keeps_where_it_stands_on_maps(admin):
    data = {"level": "region", "name": "Hauts-de-France", "insee_code": "32", "parent": ""}
    add = reverse(Territory.snippet_viewset.get_url_name("add"))
    assert admin.post(add, {**data, "latitude": "49.92", "longitude": "2.703"}).status_code == 302
    region = Territory.objects.get(insee_code="32")
    assert (region.latitude, region.longitude) == (Decimal("49.92"), Decimal("2.703"))


def test_a_territory_cannot_be_put_inside_itself(admin):
    region = make_territory("Hauts-de-France", "32")
    town = make_territory("Amiens", "80021", inside=region)
    edit = reverse(Territory.snippet_viewset.get_url_name("edit"), args=[region.pk])
    data = {"level": "region", "name": "Hauts-de-France", "insee_code": "32", "parent": town.pk}
    assert "parent" in admin.post(edit, data).context["form"].errors
    assert Territory.objects.get(pk=region.pk).is_root()


def test_a_region_does_not_lie_in_a_commune(admin):
    town = make_territory("Amiens", "80021", inside=make_territory("Hauts-de-France", "32"))
    add = reverse(Territory.snippet_viewset.get_url_name("add"))
    response = admin.post(add, {"level": "region", "name": "Bretagne", "insee_code": "53", "parent": town.pk})
    assert "parent" in response.context["form"].errors
    assert not Territory.objects.filter(name="Bretagne").exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"starts": "2026-01-01"}, "organisation"),
        ({"starts": "2026-01-01", "organisation": "O", "territory": "T"}, "territory"),
        ({"starts": "2026-01-01", "ends": "2025-01-01", "organisation": "O"}, "ends"),
    ],
)
def test_a_membership_has_one_holder_and_ends_after_it_starts(admin, data, field):
    holders = {"O": OrganisationFactory().pk, "T": make_territory("Oise", "60").pk}
    typed = {name: holders.get(value, value) for name, value in data.items()}
    response = admin.post(reverse(Membership.snippet_viewset.get_url_name("add")), typed)
    assert set(response.context["form"].errors) == {field}
    assert not Membership.objects.exists()


def test_a_siret_is_checked_and_may_be_typed_with_spaces(admin):
    add = reverse(Organisation.snippet_viewset.get_url_name("add"))
    wrong = admin.post(add, {"name": "Ville", "kind": "city", "siret": "73282932000075"})
    assert "siret" in wrong.context["form"].errors
    assert admin.post(add, {"name": "Ville", "kind": "city", "siret": "732 829 320 00074"}).status_code == 302
    assert Organisation.objects.get().siret == "73282932000074"


def test_a_membership_covers_its_last_day_and_not_the_next():
    membership = MembershipFactory(organisation=OrganisationFactory(), starts="2026-01-01", ends="2026-12-31")
    assert list(Membership.objects.valid_on("2026-12-31")) == [membership]
    assert not Membership.objects.valid_on("2027-01-01").exists()
    assert not Membership.objects.valid_on("2025-12-31").exists()


@pytest.mark.parametrize("model", [Network, Organisation, Person, Membership, Venue])
def test_a_list_costs_the_same_at_two_sizes(admin, model):
    def queries_for(count: int) -> int:
        for number in range(count):
            programme = Programme.objects.create(code=f"programme-{count}-{number}", label_fr="Programme")
            Network.objects.create(code=f"network-{count}-{number}", label_fr="Réseau", programme=programme)
            organisation = OrganisationFactory(territory=make_territory("Amiens", f"{count}{number}"))
            PersonFactory(organisation=organisation)
            MembershipFactory(organisation=organisation)
            VenueFactory()
        address = reverse(model.snippet_viewset.get_url_name("list"))
        admin.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(address).status_code == 200
        return len(queries)

    assert queries_for(2) == queries_for(7)


@pytest.mark.parametrize("code", ["É", "F1", "F", "F-"])
def test_the_code_of_a_country_is_two_letters(code):
    with pytest.raises(ValidationError, match="code") as error:
        Country(code=code, label_fr="Pays").full_clean()
    assert set(error.value.error_dict) == {"code"}


@pytest.mark.parametrize(("latitude", "longitude"), [("500", "3"), ("-90.1", "3"), ("50", "180.1"), ("50", "-999")])
def test_a_place_lies_on_the_earth(admin, latitude, longitude):
    place = {"name": "Quai", "town": "Amiens", "latitude": latitude, "longitude": longitude}
    response = admin.post(reverse(Venue.snippet_viewset.get_url_name("add")), place)
    assert len(response.context["form"].errors) == 1
    assert not Venue.objects.exists()


def test_the_year_of_a_call_is_a_year():
    with pytest.raises(ValidationError, match="call_year"):
        Network(code="n", label_fr="Réseau", call_year=20).full_clean()


def test_the_choosers_of_a_form_speak_the_language_of_the_admin(admin):
    form = admin.get(reverse(Person.snippet_viewset.get_url_name("add"))).content.decode()
    assert "Choisir…" in form
    assert not re.search(r"\bChoose\b", form)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_without_export_writes_no_empty_lines(admin_client, form):
    OrganisationFactory()
    address = reverse("wagtailsnippets_directory_organisation:list")
    assert admin_client.get(address, {"export": form}).url == address
