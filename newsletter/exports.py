"""The confirmed subscriptions as a CSV file, for the program that sends the newsletter."""

import io

from defusedcsv import csv
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from newsletter.enums import SubscriptionState
from newsletter.messages import private_path
from newsletter.models import Subscription
from registrations.messages.addresses import absolute


def confirmed_csv() -> tuple[bytes, int]:
    """Return the file, and how many addresses it holds: semicolons and a byte order mark, as a French Excel expects.

    A cell that a spreadsheet would take for a formula is written as text (defusedcsv). Each row has the link to leave.
    """
    rows = Subscription.objects.filter(state=SubscriptionState.CONFIRMED).order_by("pk")
    site = absolute("")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_("E-mail"), _("Language"), _("Confirmed on"), _("Link to unsubscribe")])
    for row in rows:
        day = date_format(timezone.localtime(row.confirmed_at), "SHORT_DATE_FORMAT") if row.confirmed_at else ""
        writer.writerow([row.email, row.language, day, f"{site}{private_path(row, 'unsubscribe')}"])
    return text.getvalue().encode("utf-8-sig"), len(rows)
