"""What the dates do by themselves."""

import datetime

from django.utils import timezone
from wagtail.models import Page

from events.models import BookablePage, Occurrence
from portal.due import job
from search import services

# Longer than any rest of the machine: a page refreshed twice costs little.
LOOK_BACK = datetime.timedelta(days=7)


@job(every=datetime.timedelta(hours=1))
def find_what_was_held() -> None:
    """Let the search read again the pages with a date held of late: a report written before its day shows from then."""
    today = timezone.localdate()
    dates = Occurrence.objects.filter(day__gte=today - LOOK_BACK, day__lte=today)
    keys = dates.values("page__translation_key")
    for page in Page.objects.live().filter(translation_key__in=keys).specific():
        if isinstance(page, BookablePage) and page.shows_report:
            services.refresh(page)
