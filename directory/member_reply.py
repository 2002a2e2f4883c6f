"""«Is mine a member?»: what a visitor learns who asks about a territory or an organisation."""

import datetime
import re
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext

from directory.enums import OrganisationKind, TerritoryLevel
from directory.models import Membership, Organisation, Territory
from directory.named_holders import LOCAL_AUTHORITIES, Holder, found_by, names_of, suggested
from directory.official_territories import SIREN, OfficialTerritory, official_named, official_territory
from directory.services import membership_for, membership_of, official_place
from directory.typed_names import attempts, holds_whole, words_of

# Nobody reads further, and the next letters typed narrow the list.
MOST_CHOICES = 12
LONGEST_QUESTION = 100


@dataclass(frozen=True)
class Choice:
    """Somebody the visitor may mean. `key` names it in an address."""

    holder: Holder

    @property
    def key(self) -> str:
        """«territory-12», «organisation-3», «commune-59009»."""
        if isinstance(self.holder, OfficialTerritory):
            return "-".join(self.holder.key)
        return f"{self.holder._meta.model_name}-{self.holder.pk}"

    @property
    def kind(self) -> str:
        """What it is, in words: many an intercommunality is both a territory and an organisation of the same name."""
        if isinstance(self.holder, Organisation):
            return gettext("Organisation: %(kind)s") % {"kind": self.holder.get_kind_display()}
        place = _official(self.holder)
        return ", ".join([str(self.holder.get_level_display()), *(place.whereabouts if place else [])])


@dataclass(frozen=True)
class Answer:
    """Whether somebody is a member today, and on what ground."""

    choice: Choice
    membership: Membership | None
    # True where a commune's intercommunality is not known: it may be a member, and the commune with it.
    is_unsure: bool = False

    @property
    def through(self) -> Territory | Organisation | None:
        """The holder of the membership that counts, where it is not the asked one's own."""
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


def reply_to(question: str, chosen: str, today: datetime.date) -> Reply:
    """Return what is known of a question: a name, a code, a postcode, a SIREN or a SIRET. `chosen` is a choice's key.

    A name that is exactly one's is answered at once, of namesakes the one near the members; several are offered as
    choices; where nobody has it, those whose names are nearest are suggested.
    """
    holder = _by_key(chosen)
    if holder is not None:
        return Reply(answer=_answer(holder, today))
    text = question[:LONGEST_QUESTION].replace("\x00", "").strip()
    found = found_by(text, today)
    meant = found.meant
    if len(found.holders) == 1 and holds_whole(names_of(found.holders[0]), found.asked):
        meant = found.holders
    others = found.holders
    answer = None
    if len(meant) == 1:
        answer = _answer(meant[0], today)
        others = [row for row in others if row is not meant[0]]
    is_guess = answer is None and len(others) < 2
    if not found.holders:
        others = suggested(text, today)[:MOST_CHOICES]
    return Reply(answer, [Choice(row) for row in others[:MOST_CHOICES]], len(others) > MOST_CHOICES, is_guess)


def _by_key(key: str) -> Holder | None:
    if match := re.fullmatch(r"(territory|organisation)-(\d{1,9})", key, re.ASCII):
        return (Territory if match[1] == "territory" else Organisation).objects.filter(pk=match[2]).first()
    level, _dash, code = key.partition("-")
    return official_territory(level, code) if re.fullmatch(r"\w{2,9}", code, re.ASCII) else None


def _answer(holder: Holder, today: datetime.date) -> Answer:
    """Return whether somebody is a member: a territory also by the authority that stands for it."""
    if isinstance(holder, Organisation):
        found = membership_for(holder, today)
    else:
        authorities = (membership_for(row, today) for row in _authorities_of(holder))
        found = membership_of(holder, today) or next(filter(None, authorities), None)
    return Answer(Choice(holder), found, found is None and _lacks_intercommunality(holder))


def _authorities_of(place: Territory | OfficialTerritory) -> list[Organisation]:
    """Return the organisations that are the authority of a place: «Ville de Creil» is Creil's.

    One without territory is known by its SIRET, else by the name of the place where only one place in France has it.
    """
    official, words = _official(place), words_of(place.name)
    own = [code for code in official.codes if SIREN.fullmatch(code)] if official else []
    is_alone = len(official_named(words)) < 2
    placed = Q() if isinstance(place, OfficialTerritory) else Q(territory=place)
    rows = Organisation.objects.filter(placed | Q(territory=None, kind__in=LOCAL_AUTHORITIES))
    return [
        row
        for row in rows
        if row.siret[:9] in own or ((row.territory_id or is_alone) and words in attempts(words_of(row.name)))
    ]


def _official(place: Territory | OfficialTerritory) -> OfficialTerritory | None:
    return place if isinstance(place, OfficialTerritory) else official_territory(place.level, place.insee_code)


def _lacks_intercommunality(holder: Holder) -> bool:
    """Tell whether somebody is a French commune, or lies in one, whose intercommunality nobody knows."""
    if isinstance(holder, OfficialTerritory):
        return False
    place = holder if isinstance(holder, Territory) else holder.territory
    if place is None:
        is_city = isinstance(holder, Organisation) and holder.kind == OrganisationKind.CITY
        return is_city and (holder.country is None or holder.country.code.upper() == "FR")
    is_local = place.level in (TerritoryLevel.COMMUNE, TerritoryLevel.NEIGHBOURHOOD)
    is_known = official_place(place) or place.get_ancestors().filter(level=TerritoryLevel.INTERCOMMUNALITY).exists()
    return is_local and not is_known
