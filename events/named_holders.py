"""Whom a visitor may mean who asks about a membership: the territories and organisations that bear the name."""

import datetime
import re
from collections.abc import Iterable

from directory.enums import OrganisationKind, TerritoryLevel
from directory.models import Membership, Organisation, Territory, Venue
from events.typed_names import AUTHORITIES, INTERCOMMUNAL, asked_words, attempts, holds, nearest, words_of
from portal.words import folded

# An organisation has a SIREN of 9 digits, and a SIRET of 14 that begins with it; fewer digits name a territory.
SIREN_LENGTH = 9
LOCAL_AUTHORITIES = (OrganisationKind.CITY, OrganisationKind.INTERCOMMUNALITY, OrganisationKind.DEPARTMENT)

Holder = Territory | Organisation


def candidates(text: str) -> tuple[list[Holder], list[str]]:
    """Return who may be meant, those whose name begins with the text first, and the words that found them.

    No word found them where a code did.
    """
    code = re.sub(r"[\s.]", "", text).upper()
    if not asked_words(text):
        return [], []
    found: list[Holder] = list(Territory.objects.filter(insee_code__iexact=code))
    asked: list[str] = []
    if not re.fullmatch(r"\d+", code, re.ASCII):
        named, asked = _named(asked_words(text))
        found += named
    elif len(code) >= SIREN_LENGTH:
        found += Organisation.objects.filter(siret__startswith=code).select_related("territory")
    elif not found:
        venues = Venue.objects.filter(postcode=code, territory__isnull=False).select_related("territory")
        found += [venue.territory for venue in venues]
    widest_first = list(TerritoryLevel.values)
    by_likeness = sorted(
        _each_once(found),
        key=lambda row: (
            words_of(row.name)[: len(asked)] != asked,
            widest_first.index(row.level) if isinstance(row, Territory) else len(widest_first),
            folded(row.name),
        ),
    )
    return by_likeness, asked


def _named(asked: list[str]) -> tuple[list[Holder], list[str]]:
    """Return who bears the words or the place that they name, and those of the words that found somebody.

    Names that begin so come before names that only hold the words: «région Hauts-de-France» is not its prefecture.
    """
    holders = _holders()
    held: tuple[list[Holder], list[str]] = [], asked
    for words in attempts(asked):
        found = [holder for holder in holders if holds(names_of(holder), words)]
        if INTERCOMMUNAL & (set(asked) - set(words)):
            found = [holder for holder in found if _is_intercommunal(holder)] or found
        if any(words_of(holder.name)[: len(words)] == words for holder in found):
            return found, words
        held = held if held[0] else (found, words)
    return held


def _is_intercommunal(holder: Holder) -> bool:
    if isinstance(holder, Territory):
        return holder.level == TerritoryLevel.INTERCOMMUNALITY
    return holder.kind == OrganisationKind.INTERCOMMUNALITY


def suggested(text: str, today: datetime.date) -> list[Holder]:
    """Return whose names look most like the text, the likest first: of the widest territories that members lie in.

    Organisations of no known place too, unless they are authorities or the text asks for one.
    """
    asked = asked_words(text)
    if not asked or all(word.isdigit() for word in asked):
        return []
    members = Membership.objects.valid_on(today).values_list("territory__path", "organisation__territory__path")
    widest = {path[: Territory.steplen] for paths in members for path in paths if path}
    is_anywhere = not AUTHORITIES & set(asked)

    def is_likely(holder: Holder) -> bool:
        place = holder if isinstance(holder, Territory) else holder.territory
        if place is None:
            return is_anywhere and holder.kind not in LOCAL_AUTHORITIES
        return not widest or place.path[: Territory.steplen] in widest

    return _each_once(nearest(((row, names_of(row)) for row in _holders() if is_likely(row)), asked))


def _holders() -> list[Holder]:
    return [*Territory.objects.all(), *Organisation.objects.select_related("territory")]


def names_of(holder: Holder) -> str:
    """Return all the names by which somebody goes."""
    return holder.name if isinstance(holder, Territory) else f"{holder.name} {holder.name_en} {holder.acronym}"


def _each_once(holders: Iterable[Holder]) -> list[Holder]:
    """Return holders without the organisations that bear the name of a territory found beside them."""
    rows = list(dict.fromkeys(holders))
    territories = {tuple(words_of(row.name)) for row in rows if isinstance(row, Territory)}
    return [row for row in rows if isinstance(row, Territory) or tuple(words_of(row.name)) not in territories]
