"""Counts what visitors ask, once they have their answer: by month, without anybody.

Neither address, nor account, nor session is kept. What might name somebody is forgotten at once
(`search.desk.personal`); a word that nobody has said publicly is kept under a keyed hash, without any text, until it
was asked on several days (`search.desk.known`). A count that cannot be written at once is lost: no visitor waits.
"""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.analysis import analyse
from search.criteria import Criteria
from search.desk.enums import Decision
from search.desk.known import Keeping, keeping
from search.desk.models import AskedQuery, FailedQuery
from search.desk.personal import is_personal
from search.desk.stems import stem_of
from search.enums import Sort
from search.results import SearchResults

logger = logging.getLogger(__name__)

MAX_FORM, MAX_SHOWN = 160, 100
# What one process writes at most: a robot that passes for a browser fills nothing.
A_MINUTE, DIFFERENT_A_DAY = 60, 500
# How long SQLite may wait for somebody else's write, in milliseconds.
PATIENCE = 50
BROWSER = re.compile(r"Mozilla/\d")
ROBOT = re.compile(
    r"bot|crawl|spider|slurp|headless|preview|monitor|scan|fetch|http|python|curl|wget|lighthouse", re.IGNORECASE
)
# On how many different days the hash of a search was asked before its text is kept; then days are no longer counted.
REVEALED_FROM = 3
ASKED_AGAIN = "search_askedquery.days + CASE WHEN search_askedquery.last_day < excluded.last_day THEN 1 ELSE 0 END"
ADDED = ", ".join(
    f"{name} = search_askedquery.{name} + excluded.{name}"
    for name in ("count", "narrowed", "failed", "partial", "reduced")
)
# No value is written into the statement but our own names and numbers.
UPSERT = f"""
INSERT INTO search_askedquery
    (month, language, form, stem, shown, days, last_day, count, narrowed, failed, partial, reduced, found)
VALUES (%s, %s, %s, %s, %s, 1, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (month, language, form) DO UPDATE SET
    {ADDED},
    found = CASE WHEN excluded.count > 0 THEN excluded.found ELSE search_askedquery.found END,
    days = {ASKED_AGAIN},
    last_day = CASE WHEN {ASKED_AGAIN} >= {REVEALED_FROM} THEN NULL ELSE excluded.last_day END,
    stem = CASE WHEN {ASKED_AGAIN} >= {REVEALED_FROM} THEN %s ELSE search_askedquery.stem END,
    shown = CASE WHEN search_askedquery.shown = '' AND {ASKED_AGAIN} >= {REVEALED_FROM} THEN %s
        ELSE search_askedquery.shown END
"""  # noqa: S608


@dataclass
class Allowance:
    """How much this process may still write: so many rows a minute, so many different searches a day."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _minute: int = 0
    _written: int = 0
    _day: date | None = None
    _known: set[int] = field(default_factory=set)

    def takes(self, form: str) -> bool:
        """Tell whether a search may be written now, and count it."""
        now = timezone.now()
        minute = int(now.timestamp()) // 60
        with self._lock:
            if minute != self._minute:
                self._minute, self._written = minute, 0
            if now.date() != self._day:
                self._day, self._known = now.date(), set()
            key = hash(form)
            if self._written >= A_MINUTE or (key not in self._known and len(self._known) >= DIFFERENT_A_DAY):
                return False
            self._written += 1
            self._known.add(key)
            return True


allowance = Allowance()


def count_search(request: HttpRequest, response: HttpResponse, criteria: Criteria, results: SearchResults) -> None:
    """Count a search when the visitor has the answer, if a person asked it in a browser and it names nobody."""
    if not is_asked_by_a_visitor(request, criteria) or not results.query.clauses:
        return
    row = read(criteria, results)
    if row is not None:
        # Django closes an answer when all of it has left.
        response._resource_closers.append(partial(write, row))  # type: ignore[attr-defined]


def is_asked_by_a_visitor(request: HttpRequest, criteria: Criteria) -> bool:
    """Tell whether somebody looks at the first page of results: no robot, no script, nobody of the team."""
    agent = request.headers.get("User-Agent", "")
    if request.method != "GET" or not BROWSER.match(agent) or ROBOT.search(agent):
        return False
    if criteria.page not in (None, "", "1") or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", "") or "prefetch" in request.headers.get("Purpose", ""):
        return False
    # Without a session there is no account to look up.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


def read(criteria: Criteria, results: SearchResults) -> AskedQuery | None:
    """Return what is counted of a search, or None when it might tell of somebody."""
    query = results.query
    tokens = analyse(query.text, query.language)
    if not tokens or is_personal(query.text, tokens):
        return None
    form = " ".join(token.form for token in tokens) + "".join(f" -{' '.join(out.forms)}" for out in query.excluded)
    is_narrowed = criteria.is_filtered or criteria.sort is not Sort.RELEVANCE
    found = 0 if results.relaxed else results.total or results.unfiltered
    return AskedQuery(
        month=timezone.localdate().replace(day=1),
        language=query.language,
        form=form[:MAX_FORM],
        stem=stem_of(query.text, query.language),
        shown=query.text[:MAX_SHOWN],
        count=int(not is_narrowed),
        narrowed=int(is_narrowed),
        failed=int(not is_narrowed and not found and not results.total),
        partial=int(not is_narrowed and results.relaxed and results.total > 0),
        reduced=int(results.reduced),
        found=min(found, 1_000_000),
    )


def write(row: AskedQuery) -> None:
    """Add to the counters of a month, in one statement; whatever prevents it is logged, without what was asked."""
    if not allowance.takes(f"{row.language} {row.form}"):
        return
    try:
        with impatient():
            kept = keeping(row.shown, row.language)
            if kept is not Keeping.NOTHING:
                _add(row, has_text=kept is Keeping.TEXT)
    except DatabaseError as error:
        logger.info("A search was not counted: %s", type(error).__name__)


def _add(row: AskedQuery, *, has_text: bool) -> None:
    named = (row.form, row.stem, row.shown) if has_text else (hash_of(row), "", "")
    counted = (row.count, row.narrowed, row.failed, row.partial, row.reduced, row.found)
    with transaction.atomic(), connection.cursor() as cursor:
        values: list[Any] = [row.month, row.language, *named, timezone.localdate(), *counted, row.stem, row.shown]
        cursor.execute(UPSERT, values)


def hash_of(row: AskedQuery) -> str:
    """Return what stands for a search without telling it, to those who do not hold the key; another each month."""
    said = f"{row.month:%Y-%m} {row.language} {row.form}"
    return "hmac:" + salted_hmac("search.desk.log", said, algorithm="sha256").hexdigest()


@contextmanager
def impatient() -> Iterator[None]:
    """Wait hardly at all for the lock of SQLite, within a transaction too."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def forget_old(today: date) -> int:
    """Keep this month and the twelve before, of the past ones only what is shown; return how many rows went.

    The last day on which something was asked is forgotten with the month.
    """
    this_month = today.replace(day=1)
    oldest = this_month.replace(year=this_month.year - 1)
    past = AskedQuery.objects.filter(month__lt=this_month)
    hidden = past.exclude(pk__in=AskedQuery.objects.shown())
    decided = FailedQuery.objects.exclude(decision=Decision.WANTED).filter(decided_at__date__lt=oldest)
    gone = sum(rows.delete()[0] for rows in (past.filter(month__lt=oldest), hidden, decided))
    past.exclude(last_day=None).update(last_day=None)
    return gone
