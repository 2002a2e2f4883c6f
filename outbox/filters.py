"""How the list of messages is narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from outbox.kinds import kind_choices
from outbox.models import Message
from outbox.resending import failed, stuck

FAILED, STUCK, REFUSED = "failed", "stuck", "refused"
ATTENTION = [
    (FAILED, _("could not be sent")),
    (STUCK, _("should have left by now")),
    (REFUSED, _("to a refused address")),
]


class MessageFilterSet(WagtailFilterSet):
    """By what needs somebody, kind, state and language."""

    attention = django_filters.ChoiceFilter(label=_("To look at"), choices=ATTENTION, method="filter_attention")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices)

    class Meta:
        model = Message
        fields = ["attention", "kind", "state", "language"]

    def filter_attention(self, messages: QuerySet, name: str, value: Any) -> QuerySet:
        """Keep what was given up, what should have left, or what goes to an address that is refused."""
        if value == REFUSED:
            return messages.filter(is_refused=True)
        chosen = failed() if value == FAILED else stuck()
        return messages.filter(pk__in=chosen.values("pk"))
