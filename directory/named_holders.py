"""Whom somebody may mean who asks about a membership: the territories and organisations that bear the name."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.enums import OrganisationKind, TerritoryLevel
from directory.models import Membership, Organisation, Territory, Venue
from directory.official_territories import (
    SIREN_LENGTH,
    OfficialTerritory,
    official_by_code,
    official_holding,
    official_named,
    official_within,
)
from directory.typed_names import AUTHORITIES, INTERCOMMUNAL, asked_words, attempts, holds, initials, nearest, words_of
from portal.words import folded

LOCAL_AUTHORITIES = (OrganisationKind.CITY, OrganisationKind.INTERCOMMUNALITY, OrganisationKind.DEPARTMENT)
# Two letters are the initials of too many.
SHORTEST_ACRONYM = 3
WIDEST_FIRST = list(TerritoryLevel.values)

# An official territory is one that the directory does not hold.
Holder = Territory | Organisation | OfficialTerritory


@dataclass(frozen=True)
class Found:
    """Who may be meant, the likeliest first, and the words that found them: none where a code did.

    `meant`: those whose very name or code was given; of namesakes, those near the members, and in the directory.
    """

    holders: list[Holder]
    asked: list[str] = field(default_factory=list)
    meant: list[Holder] = field(default_factory=list)


def found_by(text: str, today: datetime.date) -> Found:
    """Return who may be meant by a name, a code, a postcode, a SIREN or a SIRET."""
    code = re.sub(r"[\s.]", "", text).upper()
    if not asked_words(text):
        return Found([])
    names, around = Names(), _around(today)
    found, asked = names.by_code(code), []
    meant = list(found)
    if not re.fullmatch(r"\d+", code, re.ASCII):
        named, asked = names.holding(asked_words(text))
        meant += names.bearing(asked, named)
        found += named
        if found and not any(_is_near(row, around) for row in found):
            # «Villeneuve» is a commune far away, and the beginning of some near the members.
            found += [row for row in names.with_official([], asked) if _is_near(row, around)]
    by_likeness = sorted(
        _each_once(found),
        key=lambda row: (
            row not in meant or not _is_near(row, around),
            not _is_near(row, around),
            words_of(row.name)[: len(asked)] != asked,
            len(WIDEST_FIRST) if isinstance(row, Organisation) else WIDEST_FIRST.index(row.level),
            folded(row.name),
        ),
    )
    likely = [row for row in by_likeness if row in meant]
    likely = [row for row in likely if _is_near(row, around)] or likely
    return Found(by_likeness, asked, [row for row in likely if not isinstance(row, OfficialTerritory)] or likely)


class Names:
    """The names and codes of the directory, read once for a question, and those of the official territories."""

    def __init__(self) -> None:
        self.territories = list(Territory.objects.all())
        self.organisations = list(Organisation.objects.select_related("territory"))
        self.by_key = {(row.level, row.insee_code): row for row in self.territories}

    def known(self, official: Iterable[OfficialTerritory]) -> list[Territory | OfficialTerritory]:
        """Return official territories, each as the directory holds it where it does."""
        return [self.by_key.get(row.key, row) for row in official]

    def by_code(self, code: str) -> list[Holder]:
        """Return who has a code: fewer digits than a SIREN name a territory."""
        found: list[Holder] = [row for row in self.territories if row.insee_code.upper() == code]
        found += self.known(official_by_code(code))
        if re.fullmatch(r"\d+", code, re.ASCII) and len(code) >= SIREN_LENGTH:
            found += [row for row in self.organisations if row.siret.startswith(code)]
        elif not found:
            # Of an organisation with a postcode of its own (CEDEX), which is no commune's.
            venues = Venue.objects.filter(postcode=code, territory__isnull=False).select_related("territory")
            found += [venue.territory for venue in venues]
        return found

    def holding(self, asked: list[str]) -> tuple[list[Holder], list[str]]:
        """Return who bears the words or the place that they name, and those of the words that found somebody.

        Names that begin so come before names that only hold the words: «région Hauts-de-France» is not its prefecture.
        """
        loosely: list[tuple[list[Holder], list[str]]] = []
        for words in attempts(asked):
            official = self.known(official_named(words))
            rows = [row for row in (*self.territories, *self.organisations) if holds(names_of(row), words)]
            found: list[Holder] = list(dict.fromkeys([*self._short_for(words), *rows, *official]))
            if INTERCOMMUNAL & (set(asked) - set(words)):
                found = [row for row in self.with_official(found, words) if _is_intercommunal(row)] or found
            if official or any(_begins(row, words) for row in found):
                return found, words
            loosely.append((self.with_official(found, words), words))
        return next((held for held in loosely if held[0]), ([], asked))

    def _short_for(self, words: list[str]) -> list[Holder]:
        return [row for row in (*self.territories, *self.organisations) if _is_short_for(words, row)]

    def with_official(self, found: list[Holder], words: list[str]) -> list[Holder]:
        """Return those found, then the territories of the State's list that hold the words."""
        return found if AUTHORITIES.issuperset(words) else [*found, *self.known(official_holding(words))]

    def bearing(self, words: list[str], found: list[Holder]) -> list[Holder]:
        """Return whose whole name the words are; else the intercommunalities that have but their kind before them."""
        official = self.known(official_named(words))
        whole: list[Holder] = [row for row in found if words_of(row.name) == words or _is_short_for(words, row)]
        whole += [row for row in official if not _is_intercommunal(row)]
        return whole or list(official)


def _begins(holder: Holder, words: list[str]) -> bool:
    return words_of(holder.name)[: len(words)] == words or _is_short_for(words, holder)


def _is_short_for(words: list[str], holder: Holder) -> bool:
    """Tell whether words are the acronym of a row of the directory: «DDETS 02», «MEL», «CUD»."""
    if isinstance(holder, OfficialTerritory):
        return False
    own = words_of(holder.acronym) if isinstance(holder, Organisation) else []
    return words in ([own] if own else []) or (
        len(words) == 1 and len(words[0]) >= SHORTEST_ACRONYM and (words[0] in (initials(holder.name), "".join(own)))
    )


def _is_intercommunal(holder: Holder) -> bool:
    if isinstance(holder, Organisation):
        return holder.kind == OrganisationKind.INTERCOMMUNALITY
    return holder.level == TerritoryLevel.INTERCOMMUNALITY


def _around(today: datetime.date) -> list[Territory]:
    """Return the widest territories that members lie in."""
    members = Membership.objects.valid_on(today).values_list("territory__path", "organisation__territory__path")
    widest = {path[: Territory.steplen] for paths in members for path in paths if path}
    return list(Territory.objects.filter(path__in=widest))


def _is_near(holder: Holder, around: list[Territory]) -> bool:
    """Tell whether somebody is where the members are: everywhere, as long as there are none."""
    if isinstance(holder, OfficialTerritory):
        keys = {holder.key, *holder.lies_in}
        return not around or any((row.level, row.insee_code) in keys for row in around)
    place = holder if isinstance(holder, Territory) else holder.territory
    return not around or place is None or any(place.path.startswith(row.path) for row in around)


def suggested(text: str, today: datetime.date) -> list[Holder]:
    """Return whose names look most like the text, the likest first: of where the members are.

    Organisations of no known place too, unless they are authorities or the text asks for one.
    """
    asked = asked_words(text)
    if not asked or all(word.isdigit() for word in asked):
        return []
    around = _around(today)
    is_anywhere = not AUTHORITIES & set(asked)

    def is_likely(holder: Territory | Organisation) -> bool:
        if isinstance(holder, Organisation) and holder.territory is None:
            return is_anywhere and holder.kind not in LOCAL_AUTHORITIES
        return _is_near(holder, around)

    names = Names()
    official = official_within((row.level, row.insee_code) for row in around)
    rows = (*names.territories, *names.organisations)
    likely = [*(row for row in rows if is_likely(row)), *(row for row in official if row.key not in names.by_key)]
    return _each_once(nearest(((row, names_of(row)) for row in likely), asked))


def names_of(holder: Holder) -> str:
    """Return all the names by which somebody goes."""
    if isinstance(holder, Organisation):
        return f"{holder.name} {holder.name_en} {holder.acronym}"
    return holder.name


def _each_once(holders: Iterable[Holder]) -> list[Holder]:
    """Return holders without the organisations that bear the name of a territory found beside them."""
    rows = list(dict.fromkeys(holders))
    territories = {tuple(words_of(row.name)) for row in rows if not isinstance(row, Organisation)}
    return [row for row in rows if not isinstance(row, Organisation) or tuple(words_of(row.name)) not in territories]
