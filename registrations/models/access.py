"""The private space of a person: the link that opens it, where it is open, and the address of its calendar.

A person is the key of their e-mail (`registrations.people.person_key`). Of secrets that open something only a hash is
kept; the calendar's address has to be shown again, and shows less.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.models.bookings import new_token


class AccessLink(models.Model):
    """A link sent to a mailbox: it opens the space of whoever reads it, once, until it expires."""

    person_key = models.CharField(max_length=254, db_index=True, blank=True)
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("link to a private space")
        verbose_name_plural = _("links to private spaces")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class OpenSpace(models.Model):
    """A space that somebody has opened in one browser, until it expires or is closed."""

    person_key = models.CharField(max_length=254, db_index=True)
    hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("open private space")
        verbose_name_plural = _("open private spaces")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class CalendarFeed(models.Model):
    """The secret address where a person's calendar program reads their dates."""

    person_key = models.CharField(max_length=254, unique=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("calendar of a private space")
        verbose_name_plural = _("calendars of private spaces")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
