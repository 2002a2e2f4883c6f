"""What the directory answers: who is a member, and on what ground."""

import datetime

from django.db.models import Q

from directory.models import Membership, Organisation


def membership_for(organisation: Organisation | None, on: datetime.date) -> Membership | None:
    """Return the membership that makes an organisation a member on a day, or None.

    Its own membership comes first; else that of its territory or of a territory that holds it (nearest first): the
    agents of a member territory are members. Source: the centre's price rule, «free for agents of member territories».
    """
    if organisation is None:
        return None
    holder = Q(organisation=organisation)
    nearest_first: list[int] = []
    if organisation.territory is not None:
        ancestors = organisation.territory.get_ancestors().values_list("pk", flat=True)
        nearest_first = [organisation.territory.pk, *reversed(ancestors)]
        holder |= Q(territory__in=nearest_first)
    memberships = Membership.objects.valid_on(on).filter(holder).select_related("organisation", "territory")
    return min(
        memberships,
        key=lambda row: -1 if row.organisation_id else nearest_first.index(row.territory_id),
        default=None,
    )
