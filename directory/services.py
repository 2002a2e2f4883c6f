"""What the directory answers: who is a member, and on what ground."""

import datetime

from django.db.models import Q

from directory.models import Membership, Organisation, Territory


def membership_for(organisation: Organisation | None, on: datetime.date) -> Membership | None:
    """Return the membership that makes an organisation a member on a day, or None.

    Its own membership comes first; else that of its territory or of a territory that holds it (nearest first): the
    agents of a member territory are members. Source: the centre's price rule, «free for agents of member territories».
    """
    if organisation is None:
        return None
    return _nearest(Q(organisation=organisation), organisation.territory, on)


def membership_of(territory: Territory, on: datetime.date) -> Membership | None:
    """Return the membership that makes a territory a member on a day, by the same rule, or None."""
    return _nearest(Q(), territory, on)


def _nearest(holder: Q, territory: Territory | None, on: datetime.date) -> Membership | None:
    nearest_first: list[int] = []
    if territory is not None:
        nearest_first = [territory.pk, *reversed(territory.get_ancestors().values_list("pk", flat=True))]
        holder |= Q(territory__in=nearest_first)
    memberships = Membership.objects.valid_on(on).filter(holder).select_related("organisation", "territory")
    return min(
        memberships,
        key=lambda row: -1 if row.organisation_id else nearest_first.index(row.territory_id),
        default=None,
    )
