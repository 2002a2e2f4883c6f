"""Member territories: who is a member today, and what a day costs members and others."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from directory.about import references_inside
from directory.addresses import url_of
from directory.enums import TerritoryLevel
from directory.models import Membership, Organisation, Territory
from directory.references import named_codes
from directory.region_map import Place
from events.enums import FeeAudience
from events.models import Occurrence, PriceList
from portal.dates import written
from portal.words import folded
from search.enums import FacetName

LEVELS = {
    TerritoryLevel.REGION: _("Regions"),
    TerritoryLevel.DEPARTEMENT: _("Départements"),
    TerritoryLevel.INTERCOMMUNALITY: _("Intercommunalities"),
    TerritoryLevel.COMMUNE: _("Communes"),
    TerritoryLevel.NEIGHBOURHOOD: _("Priority neighbourhoods"),
}

# Whose a membership is.
Holder = Territory | Organisation


@dataclass(frozen=True)
class MemberGroup:
    """The members of one level, under its name."""

    label: str
    places: list[Place]


@dataclass(frozen=True)
class DayPrice:
    """What a day costs one participant under a price list: as a member, and otherwise. None: no fee is set."""

    label: str
    member: Decimal | None
    non_member: Decimal | None
    currency: str


def member_groups(today: datetime.date) -> list[MemberGroup]:
    """Return who is a member on a day: territories from the widest level down, then organisations, each once."""
    memberships = Membership.objects.valid_on(today).select_related("territory", "organisation__territory")
    by_holder: dict[Holder, Membership] = {}
    for membership in memberships:
        holder = membership.organisation or membership.territory
        by_holder[holder] = _lasting_longer(by_holder.get(holder), membership)
    told = _told(by_holder)
    territories = [holder for holder in by_holder if isinstance(holder, Territory)]
    groups = [
        MemberGroup(str(label), _places((row for row in territories if row.level == level), by_holder, told))
        for level, label in LEVELS.items()
    ]
    organisations = (holder for holder in by_holder if isinstance(holder, Organisation))
    groups.append(MemberGroup(gettext("Organisations"), _places(organisations, by_holder, told)))
    return [group for group in groups if group.places]


def _lasting_longer(known: Membership | None, other: Membership) -> Membership:
    if known is None or other.ends is None:
        return other
    return known if known.ends is None or known.ends >= other.ends else other


def _told(holders: Iterable[Holder]) -> set[Holder]:
    """Return the holders that something public is about: the page of another would be empty, or not there."""
    named = set(named_codes(FacetName.ORGANISATION))
    inside = references_inside((get_language() or "fr")[:2])
    return {
        holder
        for holder in holders
        if (holder.path in inside if isinstance(holder, Territory) else str(holder.pk) in named)
    }


def _places(holders: Iterable[Holder], memberships: dict[Holder, Membership], told: set[Holder]) -> list[Place]:
    return [
        Place(
            str(holder),
            holder if isinstance(holder, Territory) else holder.territory,
            _until(memberships[holder]),
            url_of(holder) if holder in told else "",
        )
        for holder in sorted(holders, key=lambda holder: folded(str(holder)))
    ]


def _until(membership: Membership) -> str:
    if membership.ends is None:
        return ""
    return gettext("until %(day)s") % {"day": written(membership.ends)}


def day_prices(today: datetime.date) -> list[DayPrice]:
    """Return what a day costs today under each price list that a date ahead uses (all lists where none does).

    Lists that ask the same amounts are told once.
    """
    lists = PriceList.objects.prefetch_related("fees")
    used = Occurrence.objects.published().upcoming().order_by().values("price_list")
    prices: dict[tuple[object, ...], DayPrice] = {}
    for row in list(lists.filter(pk__in=used)) or list(lists):
        fees = {fee.audience: fee for fee in row.fees_on(today)}
        member, non_member = fees.get(FeeAudience.MEMBER), fees.get(FeeAudience.NON_MEMBER)
        currency = next((fee.currency for fee in fees.values()), "EUR")
        amounts = (member and member.amount, non_member and non_member.amount, currency)
        if fees:
            prices.setdefault(amounts, DayPrice(row.label, *amounts))
    return list(prices.values())
