"""The confirmed subscriptions as a CSV file, for the program that sends the newsletter."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from newsletter.enums import SubscriptionState
from newsletter.messages import private_path
from newsletter.models import Subscription
from portal.csv_files import csv_file
from registrations.messages.addresses import absolute


def confirmed_csv() -> tuple[bytes, int]:
    """Return the file, and how many addresses it holds. Each row has the link to leave."""
    rows = Subscription.objects.filter(state=SubscriptionState.CONFIRMED).order_by("pk")
    site = absolute("")
    lines = [(_("E-mail"), _("Language"), _("Confirmed on"), _("Link to unsubscribe"))]
    for row in rows:
        day = date_format(timezone.localtime(row.confirmed_at), "SHORT_DATE_FORMAT") if row.confirmed_at else ""
        lines.append((row.email, row.language, day, f"{site}{private_path(row, 'unsubscribe')}"))
    return csv_file(lines), len(rows)
