"""Which dates a form is about: one, or those chosen among the sessions of a cycle or the dates of a series."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from events.enums import Attend, OccurrenceState
from events.models import BookablePage, Occurrence
from events.querysets import public_pages
from events.validation import source_of
from portal.languages import version_in, versions_in


@dataclass
class DateOption:
    """A date of a stage. `is_bookable`: the form takes it, be it for the waiting list."""

    occurrence: Occurrence
    is_bookable: bool
    is_chosen: bool = False
    # Said at this date: why it could not be booked a moment ago.
    error: str = ""

    @property
    def is_full(self) -> bool:
        """True when one would only wait."""
        return self.occurrence.state == OccurrenceState.FULL


@dataclass
class Stage:
    """A page with its dates ahead. `is_exclusive`: they repeat the same session, of which one attends one."""

    page: Page
    source_id: int
    options: list[DateOption]
    is_exclusive: bool = False
    is_optional: bool = False

    @property
    def name(self) -> str:
        """The name of its fields in the form."""
        return f"stage-{self.source_id}"

    @property
    def has_place_elsewhere(self) -> bool:
        """True when one of its dates is full and another has a place: it is the one to choose."""
        bookable = [option for option in self.options if option.is_bookable]
        return any(option.is_full for option in bookable) and not all(option.is_full for option in bookable)


@dataclass
class DateChoice:
    """The dates of a form.

    `page`: what they are dates of, in the visitor's language; `stages` is empty for one date.
    """

    page: Page
    stages: list[Stage] = field(default_factory=list)
    chosen: list[Occurrence] = field(default_factory=list)
    error: str = ""

    @property
    def only(self) -> Occurrence | None:
        """The date of a form that is about one."""
        return None if self.stages else self.chosen[0]

    @property
    def ids(self) -> tuple[int, ...]:
        """The keys of the chosen dates."""
        return tuple(occurrence.pk for occurrence in self.chosen)

    @property
    def may_cost(self) -> bool:
        """True when one of the dates offered has a price."""
        dates = [self.only] if self.only else [option.occurrence for row in self.stages for option in row.options]
        return any(date.price_list_id for date in dates)

    def pages(self, *, chosen: bool = True) -> dict[int, Page]:
        """Return the pages of the chosen dates, or of all those offered, by the key of the French one."""
        if self.only:
            return {self.only.page_id: self.page}
        rows = [row for row in self.stages if not chosen or any(option.is_chosen for option in row.options)]
        return {row.source_id: row.page for row in rows}

    @property
    def is_open(self) -> bool:
        """True while the form takes at least one of its dates."""
        if self.only:
            return self.only.is_open_for_registration()
        return any(option.is_bookable for stage in self.stages for option in stage.options)

    @property
    def has_lost_dates(self) -> bool:
        """True when a date was chosen that takes no registration any longer."""
        return any(option.error for stage in self.stages for option in stage.options)

    @property
    def has_errors(self) -> bool:
        """True when the choice needs correcting."""
        return bool(self.error) or self.has_lost_dates

    def hidden_values(self) -> list[tuple[str, str]]:
        """Return the choice as fields, for the page of the summary to carry."""
        return [
            (stage.name, str(option.occurrence.pk))
            for stage in self.stages
            for option in stage.options
            if option.is_chosen
        ]

    def is_valid(self) -> bool:
        """Require a date, and one at most of those that repeat the same session."""
        if not self.chosen and not self.has_lost_dates:
            self.error = _("Choose at least one date.")
        for stage in self.stages:
            if stage.is_exclusive and sum(option.is_chosen for option in stage.options) > 1:
                self.error = _("Choose one of the dates of this session: %(title)s") % {"title": stage.page.title}
        return not self.has_errors

    def refuse(self, occurrence_id: int) -> None:
        """Say at a date that it takes no registration any longer, and leave it out of the choice."""
        for stage in self.stages:
            for option in stage.options:
                if option.occurrence.pk == occurrence_id:
                    option.error = gone()
                    option.is_chosen = False
        self.chosen = [occurrence for occurrence in self.chosen if occurrence.pk != occurrence_id]


def gone() -> str:
    """Return what is said at a date that was chosen and has closed since."""
    return _("This date takes no registration any longer.")


def one_date(occurrence: Occurrence, language: str) -> DateChoice:
    """Return the choice of a form that is about one date."""
    return DateChoice(version_in(occurrence.page, language), chosen=[occurrence])


def dates_of(page: Page, language: str, data: Mapping[str, Any] | None = None) -> DateChoice:
    """Return the dates ahead of a public page and of the pages below it, stage by stage, with those that were posted.

    Before anything is posted nothing is chosen, but where there is one date with a place and no other to weigh it
    against: what one comes to is for the visitor to say.
    """
    source = source_of(page)
    below = public_pages().filter(pk__in=source.get_descendants(inclusive=True).values("pk")).order_by("path")
    pages = [row for row in below.specific() if isinstance(row, BookablePage)]
    by_page: dict[int, list[Occurrence]] = {}
    for occurrence in Occurrence.objects.filter(page__in=pages).upcoming().with_details():
        by_page.setdefault(occurrence.page_id, []).append(occurrence)
    told = dict(zip([row.pk for row in pages], versions_in(pages, language), strict=True))
    stages = [_stage(row, told[row.pk], by_page[row.pk], data) for row in pages if row.pk in by_page]
    stages.sort(key=lambda stage: _first_day(stage.options))
    bookable = [option for stage in stages for option in stage.options if option.is_bookable]
    if data is None and len(bookable) == 1:
        bookable[0].is_chosen = not bookable[0].is_full
    chosen = [option.occurrence for stage in stages for option in stage.options if option.is_chosen]
    return DateChoice(version_in(source, language), stages, chosen)


def _stage(page: BookablePage, told: Page, dates: Iterable[Occurrence], data: Mapping[str, Any] | None) -> Stage:
    posted = set(data.getlist(f"stage-{page.pk}")) if data is not None and hasattr(data, "getlist") else set()
    options = [
        DateOption(date, date.is_open_for_registration()) for date in dates if date.is_ahead or str(date.pk) in posted
    ]
    stage = Stage(told, page.pk, options, page.attend == Attend.ONE, getattr(page, "optional", False))
    # Where the same session is held elsewhere with a place left, that comes before a waiting list.
    stage.options.sort(key=lambda option: (not option.is_bookable, option.is_full))
    for option in options:
        if str(option.occurrence.pk) in posted:
            option.is_chosen = option.is_bookable
            # It was open when it was chosen: that it is gone is not passed over in silence.
            option.error = "" if option.is_bookable else gone()
    return stage


def _first_day(options: list[DateOption]) -> tuple[bool, Any]:
    days = [option.occurrence.day for option in options if option.occurrence.day]
    return (not days, min(days, default=None)) if days else (True, 0)


def elsewhere(occurrence: Occurrence) -> list[Occurrence]:
    """Return the other dates of the same session that have a place: what to offer before a waiting list."""
    page = occurrence.page.specific
    if getattr(page, "attend", "") != Attend.ONE:
        return []
    others = Occurrence.objects.published().for_page(page).upcoming().exclude(pk=occurrence.pk).with_details()
    return [other for other in others if other.is_open_for_registration() and not other.is_full]
