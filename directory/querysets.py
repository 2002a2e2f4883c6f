"""Questions asked of the directory."""

import datetime

from django.db.models import Q, QuerySet

from portal.words import with_words


class OrganisationQuerySet(QuerySet):
    """Organisations as people look for them."""

    def search(self, text: str) -> "OrganisationQuerySet":
        """Return those whose names or acronym hold every word of `text`, or whose SIRET begins with it."""
        digits = text.replace(" ", "").replace(".", "")
        if digits.isdigit():
            return self.filter(Q(siret__startswith=digits) | Q(name__icontains=text.strip()))
        return with_words(self, text, ["name", "name_en", "acronym"])


class MembershipQuerySet(QuerySet):
    """Memberships as fees ask about them."""

    def valid_on(self, day: datetime.date) -> "MembershipQuerySet":
        """Return the memberships that cover a day; one without an end has not ended."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)
