"""Member territories: who is a member today, and what a visitor learns who asks about theirs."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.addresses import url_of
from directory.enums import TerritoryLevel
from directory.models import Membership, Organisation, Territory, Venue
from directory.references import named_codes
from directory.region_map import Place
from directory.services import membership_for, membership_of
from events.enums import FeeAudience
from events.models import Occurrence, PriceList
from events.typed_names import asked_words, holds, nearest, words_of
from portal.dates import written
from portal.words import folded
from search.enums import FacetName

# Nobody reads further, and the next letters typed narrow the list.
MOST_CHOICES = 12
LONGEST_QUESTION = 100
# An organisation has a SIREN of 9 digits, and a SIRET of 14 that begins with it; fewer digits name a territory.
SIREN_LENGTH = 9
LEVELS = {
    TerritoryLevel.REGION: _("Regions"),
    TerritoryLevel.DEPARTEMENT: _("Départements"),
    TerritoryLevel.INTERCOMMUNALITY: _("Intercommunalities"),
    TerritoryLevel.COMMUNE: _("Communes"),
    TerritoryLevel.NEIGHBOURHOOD: _("Priority neighbourhoods"),
}

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
    territories = [holder for holder in by_holder if isinstance(holder, Territory)]
    groups = [
        MemberGroup(str(label), _places((row for row in territories if row.level == level), by_holder))
        for level, label in LEVELS.items()
    ]
    organisations = (holder for holder in by_holder if isinstance(holder, Organisation))
    groups.append(MemberGroup(gettext("Organisations"), _places(organisations, by_holder)))
    return [group for group in groups if group.places]


def _lasting_longer(known: Membership | None, other: Membership) -> Membership:
    if known is None or other.ends is None:
        return other
    return known if known.ends is None or known.ends >= other.ends else other


def _places(holders: Iterable[Holder], memberships: dict[Holder, Membership]) -> list[Place]:
    # An organisation has a page only once something public names it.
    named = set(named_codes(FacetName.ORGANISATION))
    return [
        Place(
            str(holder),
            holder if isinstance(holder, Territory) else holder.territory,
            _until(memberships[holder]),
            url_of(holder) if isinstance(holder, Territory) or str(holder.pk) in named else "",
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
    choices = [Choice(holder) for holder in _candidates(text)]
    if len(choices) == 1:
        return Reply(answer=_answer(choices[0], today))
    if not choices:
        nearest_first = [Choice(holder) for holder in _suggested(text)]
        return Reply(choices=nearest_first[:MOST_CHOICES], is_guess=True)
    asked = asked_words(text)
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


def _candidates(text: str) -> list[Holder]:
    """Return who may be meant, those whose name begins with the text first."""
    code = re.sub(r"[\s.]", "", text).upper()
    asked = asked_words(text)
    if not asked:
        return []
    found: list[Holder] = list(Territory.objects.filter(insee_code__iexact=code))
    if not re.fullmatch(r"\d+", code, re.ASCII):
        found += [holder for holder, names in _named_holders() if holds(names, asked)]
    elif len(code) >= SIREN_LENGTH:
        found += Organisation.objects.filter(siret__startswith=code).select_related("territory")
    elif not found:
        venues = Venue.objects.filter(postcode=code, territory__isnull=False).select_related("territory")
        found += [venue.territory for venue in venues]
    widest_first = list(TerritoryLevel.values)
    return sorted(
        _each_once(found),
        key=lambda row: (
            words_of(row.name)[: len(asked)] != asked,
            widest_first.index(row.level) if isinstance(row, Territory) else len(widest_first),
            folded(row.name),
        ),
    )


def _suggested(text: str) -> list[Holder]:
    """Return whose names look most like the text, the likest first."""
    asked = asked_words(text)
    if not asked or all(word.isdigit() for word in asked):
        return []
    return _each_once(nearest(_named_holders(), asked))


def _named_holders() -> list[tuple[Holder, str]]:
    """Return every territory and organisation with the names by which it goes."""
    organisations = Organisation.objects.select_related("territory")
    return [
        *((row, row.name) for row in Territory.objects.all()),
        *((row, f"{row.name} {row.name_en} {row.acronym}") for row in organisations),
    ]


def _each_once(holders: Iterable[Holder]) -> list[Holder]:
    """Return holders without the organisations that bear the name of a territory found beside them."""
    rows = list(dict.fromkeys(holders))
    territories = {tuple(words_of(row.name)) for row in rows if isinstance(row, Territory)}
    return [row for row in rows if isinstance(row, Territory) or tuple(words_of(row.name)) not in territories]


def _answer(choice: Choice, today: datetime.date) -> Answer:
    """Return whether a choice is a member: a territory also by the organisation of the same name that stands for it."""
    holder = choice.holder
    if isinstance(holder, Organisation):
        return Answer(choice, membership_for(holder, today))
    found = membership_of(holder, today)
    if found is None:
        name = words_of(holder.name)
        twins = (row for row in Organisation.objects.filter(territory=holder) if words_of(row.name) == name)
        found = next(filter(None, (membership_for(row, today) for row in twins)), None)
    return Answer(choice, found)


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
