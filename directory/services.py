"""What the directory answers: who is a member, and on what ground."""

import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from directory.enums import TerritoryLevel
from directory.models import Membership, Organisation, Territory
from directory.official_territories import Key, OfficialTerritory, official_by_siret, official_territory


def membership_for(organisation: Organisation | None, on: datetime.date) -> Membership | None:
    """Return the membership that makes an organisation a member on a day, or None.

    Its own membership comes first; else that of its territory or of a territory that holds it (nearest first): the
    agents of a member territory are members. Source: the centre's price rule, «free for agents of member territories».
    A city or an intercommunality without territory is placed by its SIRET.
    """
    if organisation is None:
        return None
    return _nearest(Q(organisation=organisation), organisation.territory or official_by_siret(organisation.siret), on)


def membership_of(territory: Territory | OfficialTerritory, on: datetime.date) -> Membership | None:
    """Return the membership that makes a territory a member on a day, by the same rule, or None."""
    return _nearest(Q(), territory, on)


def official_place(territory: Territory) -> OfficialTerritory | None:
    """Return the territory that the State lists for one of the directory: for a neighbourhood, its commune."""
    key = (territory.level, territory.insee_code)
    if territory.level == TerritoryLevel.NEIGHBOURHOOD:
        commune = territory.get_ancestors().filter(level=TerritoryLevel.COMMUNE).first()
        key = (TerritoryLevel.COMMUNE, commune.insee_code if commune else "")
    return official_territory(*key)


def _nearest(holder: Q, territory: Territory | OfficialTerritory | None, on: datetime.date) -> Membership | None:
    nearest_first = [row.pk for row in _lineage(territory)] if territory else []
    memberships = (
        Membership.objects.valid_on(on)
        .filter(holder | Q(territory__in=nearest_first))
        .select_related("organisation", "territory")
    )
    return min(
        memberships,
        key=lambda row: -1 if row.organisation_id else nearest_first.index(row.territory_id),
        default=None,
    )


def _lineage(territory: Territory | OfficialTerritory) -> list[Territory]:
    """Return a territory and those that hold it, the nearest first.

    The tree counts first; what it lacks is completed by the official list, for the directory may hold a commune at the
    top of its tree, or not at all. Where the two disagree about a level, the tree is right.
    """
    if isinstance(territory, OfficialTerritory):
        rows: list[Territory] = []
        keys: tuple[Key, ...] = (territory.key, *territory.lies_in)
    else:
        rows = [territory, *reversed(territory.get_ancestors())]
        official = official_place(territory)
        keys = official.lies_in if official else ()
    held = {(row.level, row.insee_code) for row in rows}
    contradicted = {level for level, _code in held.difference(keys)}
    missing = [key for key in keys if key not in held and key[0] not in contradicted]
    if missing:
        found = Territory.objects.filter(reduce(or_, (Q(level=level, insee_code=code) for level, code in missing)))
        rows += sorted(found, key=lambda row: missing.index((row.level, row.insee_code)))
    widest_first = list(TerritoryLevel.values)
    return sorted(rows, key=lambda row: -widest_first.index(row.level))
