"""`Alert`: a search whose news an address asked for, and the proof that its holder agreed."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alerts.enums import Frequency
from portal.private import new_token
from search.criteria import FILTERS, Criteria

MAX_QUERY = 2000


class AlertQuerySet(models.QuerySet):
    """Alerts as the jobs and the admin ask for them."""

    def confirmed(self) -> "AlertQuerySet":
        """Return those that are written to."""
        return self.filter(confirmed_at__isnull=False)

    def of(self, email: str) -> "AlertQuerySet":
        """Return those of an address, whatever its case."""
        return self.filter(email__iexact=email)

    def by_search(self) -> models.QuerySet:
        """Return how many confirmed alerts each search has, the most first, without any address.

        What nobody has confirmed yet may be anything that was typed.
        """
        counted = self.filter(confirmed_at__isnull=False).order_by().values("query", "language")
        numbers = {name: Count("pk", filter=Q(frequency=name)) for name in Frequency.values}
        counted = counted.annotate(number=Count("pk"), **numbers)
        return counted.order_by("-number", "query", "language")


class Alert(models.Model):
    """One search of one address. It is written to once its holder has pressed the button behind the link sent there."""

    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    # What is asked, as an address of the search says it: words and filters, in one order (see `stored_query`).
    query = models.CharField(_("search"), max_length=MAX_QUERY)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    # The words that stood at the button, and when it was pressed: the proof of the agreement.
    consent_wording = models.TextField(_("agreement"))
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    # Somebody else may type an address again and again: its holder gets one message an hour at most.
    written_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What appeared until then was told, or was there before; and when to look again.
    told_until = models.DateTimeField(null=True, blank=True, editable=False)
    next_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)

    objects = AlertQuerySet.as_manager()

    # An address is no reference, and nobody's to look up.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("search alert")
        verbose_name_plural = _("search alerts")
        # Nobody asks, sees or changes one in the place of somebody else.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Lower("email"), "query", "language", name="one_alert_per_address_and_search")
        ]

    def __str__(self) -> str:
        # No address: this text may reach a history.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def criteria(self) -> Criteria:
        """What is asked, read as it stands now."""
        return Criteria.read(QueryDict(self.query), self.language)


def stored_query(criteria: Criteria) -> str:
    """Return what is asked as it is kept: the same for the same words and filters, in whatever order they were chosen.

    A day that cannot be read, the order of the list and its page ask for nothing.
    """
    chosen = {name: sorted(value.code for value in values) for name, values in criteria.facets.items()}
    days = {
        name: day.day.isoformat() if day.day else "" for name, day in (("from", criteria.first), ("to", criteria.last))
    }
    return criteria.query(kind=sorted(criteria.kinds), sort="", **chosen, **days)


def asks_for_what_is_gone(query: str, criteria: Criteria) -> bool:
    """Tell whether a filter of a stored query has no value left that anything has: it then finds nothing.

    A page leaves out what it does not know, and would find more: nobody asked to be written that.
    """
    asked = QueryDict(query)
    return any(asked.getlist(name) and name not in criteria.facets for name in FILTERS)
