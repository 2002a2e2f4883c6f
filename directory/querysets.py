"""Questions asked of the directory."""

import datetime

from django.db.models import Q, QuerySet


class OrganisationQuerySet(QuerySet):
    """Organisations as people look for them."""

    def search(self, text: str) -> "OrganisationQuerySet":
        """Return those whose name, acronym or SIRET holds every word of `text`, in any order."""
        digits = text.replace(" ", "").replace(".", "")
        if digits.isdigit():
            return self.filter(Q(siret__startswith=digits) | Q(name__icontains=text.strip()))
        found = self
        for word in text.split():
            found = found.filter(Q(name__icontains=word) | Q(acronym__icontains=word))
        return found


class MembershipQuerySet(QuerySet):
    """Memberships as fees ask about them."""

    def valid_on(self, day: datetime.date) -> "MembershipQuerySet":
        """Return the memberships that cover a day; one without an end has not ended."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)
