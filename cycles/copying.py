"""Copy a cycle for another year: pages as drafts with their questions, dates shifted by whole weeks, nothing booked."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from cycles.draft_copies import copy_as_draft
from cycles.models import SessionPage, TrainingCyclePage
from cycles.translation_copies import copy_translations
from events.enums import CALLED_OFF
from events.models import Occurrence
from events.services import create_occurrences
from portal.dates import same_hour
from portal.holidays import why_free
from registrations.services import copy_questions

WEEK = datetime.timedelta(weeks=1)
# A year of weeks: the weekday stays.
DEFAULT_WEEKS = 52
# What a date keeps for itself. Whoever took part last year still has the video link.
OF_THE_OLD_DATE = ["pk", "id", "calendar_sequence", "video_link"]
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class DatePlan:
    """What becomes of one date. Without `day` its day is still unknown; `is_left_out`: it was called off."""

    source: Occurrence
    day: datetime.date | None
    is_left_out: bool = False

    @property
    def remarks(self) -> list[str]:
        """What the officer should know, in the active language."""
        if self.is_left_out:
            return [gettext("not copied: it was cancelled or postponed")]
        found = [why_free(self.day)] if self.day else []
        if self.source.video_link:
            found.append(gettext("the video link is not copied"))
        return [remark for remark in found if remark]

    @property
    def is_free_day(self) -> bool:
        """True when it would fall on a weekend or a public holiday."""
        return not self.is_left_out and self.day is not None and bool(why_free(self.day))


@dataclass(frozen=True)
class SessionPlan:
    """A session that will be copied, with its dates."""

    page: SessionPage
    dates: list[DatePlan] = field(default_factory=list)


@dataclass(frozen=True)
class CopyPlan:
    """A cycle and what its copy will hold, `weeks` later."""

    cycle: TrainingCyclePage
    weeks: int
    sessions: list[SessionPlan]

    @property
    def years(self) -> int:
        """By how many years the first date moves: the period of the cycle moves with it."""
        first = next(((date.source.day, date.day) for date in self._dates() if date.source.day and date.day), None)
        return first[1].year - first[0].year if first else round(self.weeks / DEFAULT_WEEKS)

    def _dates(self) -> Iterator[DatePlan]:
        return iter(sorted((date for row in self.sessions for date in row.dates), key=_by_day))


def _by_day(date: DatePlan) -> tuple[bool, datetime.date]:
    return date.source.day is None, date.source.day or datetime.date.max


def plan_copy(cycle: TrainingCyclePage, weeks: int) -> CopyPlan:
    """Return what a copy of a cycle will hold, its dates so many weeks later. Nothing is written."""
    pages = list(SessionPage.objects.child_of(cycle).order_by("path"))
    dates = Occurrence.objects.by_page(pages)
    sessions = [SessionPlan(page, [_plan_date(date, weeks) for date in dates[page.translation_key]]) for page in pages]
    return CopyPlan(cycle, weeks, sessions)


def _plan_date(source: Occurrence, weeks: int) -> DatePlan:
    return DatePlan(source, source.day and source.day + weeks * WEEK, is_left_out=source.status in CALLED_OFF)


def first_day(cycle: TrainingCyclePage) -> datetime.date | None:
    """Return the day of the first date of a cycle that will be copied; None while no day is known."""
    pages = SessionPage.objects.child_of(cycle).values("translation_key")
    dates = Occurrence.objects.filter(page__translation_key__in=pages, day__isnull=False)
    return dates.exclude(status__in=CALLED_OFF).order_by("day").values_list("day", flat=True).first()


def weeks_between(old: datetime.date, wanted: datetime.date) -> int:
    """Return the whole weeks that bring a day nearest to the one wanted."""
    return round((wanted - old).days / 7)


def copy_cycle(plan: CopyPlan, titles: dict[str, str], user: AbstractBaseUser | None = None) -> TrainingCyclePage:
    """Copy a cycle as planned and return the new one: its pages as drafts, in each language that they exist in.

    `titles` is its new title by language code. Slugs are made unique. All of it is written, or nothing; raises
    RuntimeError inside another transaction.
    """
    copies: list[TrainingCyclePage] = []

    def make() -> list[Occurrence]:
        copies.append(copy_as_draft(plan.cycle, plan.cycle.get_parent(), _cycle_fields(plan, titles), user))
        copy_translations(plan.cycle, copies[0], _words(plan, titles), user)
        return [date for session in plan.sessions for date in _copy_session(session, copies[0], user)]

    create_occurrences(make, user)
    return copies[0]


def _cycle_fields(plan: CopyPlan, titles: dict[str, str]) -> dict[str, object]:
    title = titles[settings.LANGUAGE_CODE]
    slug = find_available_slug(plan.cycle.get_parent(), slugify(title) or plan.cycle.slug)
    return {"title": title, "draft_title": title, "slug": slug, "period": shifted_years(plan.cycle.period, plan.years)}


def _words(plan: CopyPlan, titles: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return by language the texts of the new cycle that are not those of the old one's translation."""
    words = {}
    for page in plan.cycle.get_translations().specific():
        language = page.locale.language_code
        title = titles.get(language) or page.title
        words[language] = {
            "title": title,
            "slug": slugify(title) or page.slug,
            "period": shifted_years(page.period, plan.years),
        }
    return words


def shifted_years(text: str, years: int) -> str:
    """Return a text whose years are so many later: «2026-2027» becomes «2027-2028»."""
    return YEAR.sub(lambda found: str(int(found[0]) + years), text)


def _copy_session(plan: SessionPlan, cycle: Page, user: AbstractBaseUser | None) -> list[Occurrence]:
    copied = copy_as_draft(plan.page, cycle, {"slug": find_available_slug(cycle, plan.page.slug)}, user)
    copy_translations(plan.page, copied, {}, user)
    copy_questions(plan.page, copied)
    return [_copy_date(date, copied) for date in plan.dates if not date.is_left_out]


def _copy_date(plan: DatePlan, page: Page) -> Occurrence:
    """Return the new date, unsaved, with its half-days and co-organisers, its window as far from the day as before."""
    source = plan.source
    copied, _children = source.copy_cluster(exclude_fields=OF_THE_OLD_DATE)
    copied.page = page
    copied.day = plan.day
    if source.day and plan.day:
        days = (plan.day - source.day).days
        copied.registration_opens = same_hour(source.registration_opens, days)
        copied.registration_closes = same_hour(source.registration_closes, days)
    return copied
