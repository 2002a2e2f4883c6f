"""What a session costs an organisation, and why."""

import datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from directory.enums import TerritoryLevel
from directory.official_territories import official_territory
from events.amounts import Price
from events.enums import FeeAudience, PriceRule
from events.models import Fee, Occurrence
from events.services import quote
from tests.factories.directory import MembershipFactory, OrganisationFactory, make_territory
from tests.factories.events import in_days, make_occurrence, make_price_list
from tests.factories.pages import make_session

pytestmark = pytest.mark.django_db


def make_paid_occurrence(**fields):
    return make_occurrence(make_session(), price_list=make_price_list(), **fields)


def test_a_session_without_a_price_list_is_free_for_everyone():
    asked = quote(make_occurrence(make_session()), None)
    assert (asked.amount, asked.rule) == (Decimal(0), PriceRule.FREE_SESSION)


def test_a_member_organisation_pays_the_members_fee():
    organisation = OrganisationFactory()
    membership = MembershipFactory(organisation=organisation)
    asked = quote(make_paid_occurrence(), organisation)
    assert (asked.amount, asked.rule, asked.membership) == (Decimal(0), PriceRule.MEMBER, membership)


def test_the_agents_of_a_member_territory_are_members_through_the_nearest_one():
    region = make_territory("Hauts-de-France", "32")
    town = make_territory("Amiens", "80021", inside=region)
    MembershipFactory(territory=region)
    nearest = MembershipFactory(territory=town)
    asked = quote(make_paid_occurrence(), OrganisationFactory(territory=town))
    assert asked.membership == nearest


def test_others_pay_the_fee_of_a_day():
    asked = quote(make_paid_occurrence(), OrganisationFactory())
    assert (asked.price, asked.rule) == (Price.of(150, "EUR"), PriceRule.NON_MEMBER)
    assert quote(make_paid_occurrence(), None).amount == Decimal(150)


def test_a_membership_that_ends_before_the_session_prices_it_and_flags_it():
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation, ends=in_days(10))
    asked = quote(make_paid_occurrence(days=30), organisation)
    assert (asked.rule, asked.flagged) == (PriceRule.MEMBER, True)


def test_a_membership_that_ended_gives_nothing():
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation, ends=in_days(-1))
    assert quote(make_paid_occurrence(days=30), organisation).rule == PriceRule.NON_MEMBER


def test_the_fee_is_the_one_in_force_on_the_day_of_the_session():
    prices = make_price_list()
    Fee.objects.create(price_list=prices, audience=FeeAudience.NON_MEMBER, amount=Decimal(180), valid_from=in_days(20))
    before = make_occurrence(make_session(), days=10, price_list=prices)
    after = make_occurrence(make_session("Autre"), days=30, price_list=prices)
    assert [quote(row, None).amount for row in (before, after)] == [Decimal(150), Decimal(180)]


def test_a_fee_that_is_not_yet_in_force_is_not_asked():
    prices = make_price_list(valid_from=datetime.date(2020, 1, 1))
    Fee.objects.create(price_list=prices, audience=FeeAudience.MEMBER, amount=Decimal(99), valid_from=in_days(400))
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation)
    row = make_occurrence(make_session(), price_list=prices)
    assert quote(row, organisation).amount == Decimal(0)


def test_a_membership_that_is_not_proven_leaves_both_amounts():
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation)
    asked = quote(make_paid_occurrence(), organisation, is_proven=False)
    assert (asked.rule, asked.amount) == (PriceRule.TO_BE_CONFIRMED, None)
    assert (asked.price.least, asked.price.most) == (0, 150)


def test_where_members_and_others_pay_the_same_nothing_is_to_be_proven():
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation)
    row = make_occurrence(make_session(), price_list=make_price_list(member=150, non_member=150))
    assert quote(row, organisation, is_proven=False).rule == PriceRule.MEMBER


def test_elected_officials_pay_their_own_fee_where_the_list_has_one():
    row = make_paid_occurrence()
    assert quote(row, None, is_elected=True).rule == PriceRule.NON_MEMBER
    Fee.objects.create(
        price_list=row.price_list, audience=FeeAudience.ELECTED_OFFICIAL, amount=60, valid_from=in_days(-10)
    )
    row = Occurrence.objects.with_details().get(pk=row.pk)
    assert (quote(row, None, is_elected=True).amount, quote(row, None).amount) == (60, 150)


def test_an_organisation_that_the_directory_does_not_know_is_a_member_by_its_commune():
    region = make_territory("Hauts-de-France", "32")
    metropolis = region.add_child(name="MEL", insee_code="200093201", level=TerritoryLevel.INTERCOMMUNALITY)
    MembershipFactory(territory=metropolis)
    row = make_paid_occurrence()
    assert quote(row, None, place=official_territory("commune", "59009")).rule == PriceRule.MEMBER
    assert quote(row, None, place=official_territory("commune", "02408")).rule == PriceRule.NON_MEMBER


@pytest.mark.parametrize(
    ("price", "french", "english"),
    [
        (Price.of(0), "gratuit", "free"),
        (Price.of(150), "150\xa0€", "€150"),
        (Price(Decimal(0), Decimal(150)), "à confirmer\xa0: gratuit ou 150\xa0€", "to be confirmed: free or €150"),
    ],
)
def test_a_price_is_said_in_words(price, french, english):
    with override("fr"):
        assert str(price) == french
    with override("en"):
        assert str(price) == english
