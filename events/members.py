"""Member territories: who is a member today, and what a visitor learns who asks about theirs."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from directory.about import references_inside
from directory.addresses import url_of
from directory.enums import OrganisationKind, TerritoryLevel
from directory.models import Membership, Organisation, Territory
from directory.references import named_codes
from directory.region_map import Place
from directory.services import membership_for, membership_of
from events.enums import FeeAudience
from events.models import Occurrence, PriceList
from events.named_holders import Holder, candidates, names_of, suggested
from events.typed_names import holds_whole, words_of
from portal.dates import written
from portal.words import folded
from search.enums import FacetName

# Nobody reads further, and the next letters typed narrow the list.
MOST_CHOICES = 12
LONGEST_QUESTION = 100
LEVELS = {
    TerritoryLevel.REGION: _("Regions"),
    TerritoryLevel.DEPARTEMENT: _("Départements"),
    TerritoryLevel.INTERCOMMUNALITY: _("Intercommunalities"),
    TerritoryLevel.COMMUNE: _("Communes"),
    TerritoryLevel.NEIGHBOURHOOD: _("Priority neighbourhoods"),
}


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


@dataclass(frozen=True)
class Choice:
    """Somebody the visitor may mean. `key` names it in an address."""

    holder: Holder

    @property
    def key(self) -> str:
        """«territory-12», «organisation-3»."""
        return f"{self.holder._meta.model_name}-{self.holder.pk}"

    @property
    def kind(self) -> str:
        """What it is, in words: many an intercommunality is both a territory and an organisation of the same name."""
        if isinstance(self.holder, Territory):
            return str(self.holder.get_level_display())
        return gettext("Organisation: %(kind)s") % {"kind": self.holder.get_kind_display()}


@dataclass(frozen=True)
class Answer:
    """Whether somebody is a member today, and on what ground."""

    choice: Choice
    membership: Membership | None
    # True where a commune's intercommunality is not known: it may be a member, and the commune with it.
    is_unsure: bool = False

    @property
    def through(self) -> Holder | None:
        """The territory whose membership counts, where it is not the holder's own."""
        if self.membership is None:
            return None
        holder = self.membership.organisation or self.membership.territory
        return None if words_of(holder.name) == words_of(self.choice.holder.name) else holder


@dataclass(frozen=True)
class Reply:
    """What is told to who asked: an answer, or choices, or neither when nobody has this name."""

    answer: Answer | None = None
    choices: list[Choice] = field(default_factory=list)
    has_more: bool = False
    # True when nobody has the name, and the choices are those nearest to it.
    is_guess: bool = False


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


def reply_to(question: str, chosen: str, today: datetime.date) -> Reply:
    """Return what is known of a question: a name, a code, a postcode, a SIREN or a SIRET. `chosen` is a choice's key.

    A name that is exactly one row's is answered at once; several are offered as choices; where nobody has it, those
    whose names are nearest are suggested.
    """
    found = _by_key(chosen)
    if found is not None:
        return Reply(answer=_answer(found, today))
    text = question[:LONGEST_QUESTION].replace("\x00", "").strip()
    holders, asked = candidates(text)
    choices = [Choice(holder) for holder in holders]
    if len(choices) == 1:
        is_meant = not asked or holds_whole(names_of(holders[0]), asked)
        return Reply(answer=_answer(choices[0], today)) if is_meant else Reply(choices=choices, is_guess=True)
    if not choices:
        nearest_first = [Choice(holder) for holder in suggested(text, today)]
        return Reply(choices=nearest_first[:MOST_CHOICES], is_guess=True)
    same = [choice for choice in choices if words_of(choice.holder.name) == asked]
    if len(same) == 1:
        others = [choice for choice in choices if choice is not same[0]]
        return Reply(_answer(same[0], today), others[:MOST_CHOICES], len(others) > MOST_CHOICES)
    return Reply(None, choices[:MOST_CHOICES], len(choices) > MOST_CHOICES)


def _by_key(key: str) -> Choice | None:
    match = re.fullmatch(r"(territory|organisation)-(\d{1,9})", key, re.ASCII)
    if match is None:
        return None
    model = Territory if match[1] == "territory" else Organisation
    holder = model.objects.filter(pk=match[2]).first()
    return Choice(holder) if holder else None


def _answer(choice: Choice, today: datetime.date) -> Answer:
    """Return whether a choice is a member: a territory also by the organisation of the same name that stands for it."""
    holder = choice.holder
    found = membership_for(holder, today) if isinstance(holder, Organisation) else membership_of(holder, today)
    if found is None and isinstance(holder, Territory):
        name = words_of(holder.name)
        twins = (row for row in Organisation.objects.filter(territory=holder) if words_of(row.name) == name)
        found = next(filter(None, (membership_for(row, today) for row in twins)), None)
    return Answer(choice, found, found is None and _lacks_intercommunality(holder))


def _lacks_intercommunality(holder: Holder) -> bool:
    """Tell whether somebody is a French commune, or lies in one, whose intercommunality the directory does not hold."""
    is_city = isinstance(holder, Organisation) and holder.kind == OrganisationKind.CITY
    place = holder if isinstance(holder, Territory) else holder.territory
    if place is None:
        return is_city and (holder.country is None or holder.country.code.upper() == "FR")
    is_local = place.level in (TerritoryLevel.COMMUNE, TerritoryLevel.NEIGHBOURHOOD)
    return is_local and not place.get_ancestors().filter(level=TerritoryLevel.INTERCOMMUNALITY).exists()


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
