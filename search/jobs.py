"""What the search does by the clock."""

import logging
from datetime import timedelta

from django.utils import timezone
from elasticsearch import ApiError, TransportError

from portal.due import job
from search import spelling
from search.checking import check
from search.desk.log import forget_old
from search.engines import breaker, unsent
from search.engines.elastic.client import is_built, is_configured
from search.engines.elastic.rebuilding import rebuild

logger = logging.getLogger(__name__)


@job(every=timedelta(minutes=1))
def send_changes() -> None:
    """Tell Elasticsearch what it missed while it was away; everything, when it is new and knows nothing."""
    if is_configured():
        try:
            is_new = not is_built()
        except (ApiError, TransportError) as error:
            breaker.opened(error)
            return
        if is_new:
            rebuild()
        unsent.send()


@job(every=timedelta(days=1))
def mend_search() -> None:
    """Compare everything public with the search, and mend what differs: it should be nothing."""
    report = check(mends=True)
    if not report.is_right:
        logger.warning(
            "The search was mended: %d stale, %d gone, by engine %s",
            len(report.stale),
            len(report.orphans),
            report.engines,
        )


@job(every=timedelta(days=1))
def count_words() -> None:
    """Count how many entries say each word, for what is proposed to those who mistype."""
    spelling.recount()


@job(every=timedelta(days=1))
def forget_old_searches() -> None:
    """Forget what was asked more than thirteen months ago, and what was asked once alone."""
    forget_old(timezone.localdate())
