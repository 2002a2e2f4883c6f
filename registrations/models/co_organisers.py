"""`CoOrganiser`: somebody of another organisation who sees who comes to one session; and the lists that they took."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from events.models import Occurrence
from registrations.models.appointed import AppointedRow

# How long after the last date of a page its list is still needed: to thank, to count, to close the accounts.
DAYS_AFTER = 30


class CoOrganiser(AppointedRow):
    """An account that sees the participants of a page's dates, until a day. One row holds for both languages."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="co_organiser_rows"
    )
    page = models.ForeignKey(
        Page, verbose_name=_("session or event"), on_delete=models.CASCADE, related_name="co_organiser_rows"
    )
    until = models.DateField(
        _("access until"), blank=True, help_text=_("This day included. Empty: 30 days after the last date.")
    )

    class Meta:
        ordering = ["-until", "pk"]
        verbose_name = _("access of a co-organiser")
        verbose_name_plural = _("accesses of co-organisers")
        permissions = [("view_own_sessions", _("Can see the participants of the sessions that they co-organise"))]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page"],
                name="co_organiser_once_per_page",
                violation_error_message=_("This account co-organises this session already."),
            )
        ]

    def clean(self) -> None:
        """Let the access end some weeks after the last date, where nobody said when."""
        if self.until is None and self.page_id:
            last = Occurrence.objects.for_page(self.page).aggregate(last=Max("day"))["last"]
            if last is None:
                raise ValidationError({"until": _("This page has no day yet: say until when.")})
            self.until = last + datetime.timedelta(days=DAYS_AFTER)


class CoOrganiserExport(models.Model):
    """A list that a co-organiser asked for: an address of its own, for them alone, that soon ends.

    The list itself is not kept: it is written at each download, by the registrations of that moment.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    rows = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("list of a co-organiser")
        verbose_name_plural = _("lists of co-organisers")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_over(self) -> bool:
        """True once its address hands nothing out any more."""
        return self.expires_at <= timezone.now()
