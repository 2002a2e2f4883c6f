"""Answering the questions of the sessions that a participant is registered for, or changing what was answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from portal.languages import versions_in
from portal.throttling import is_throttled
from registrations.form.questions import AnswersForm, PageQuestions
from registrations.messages.descriptions import DateLines
from registrations.models import Participant, Question, Registration
from registrations.questions import Given, given_by, questions_of, values_of
from registrations.services import GivenAnswer, TooBusy, save_answers
from registrations.space.access import Access, of_booking, with_form

HOUR = 3600
CHANGES_PER_BOOKING = 30


@dataclass(frozen=True)
class ShownAnswers:
    """What one participant answered, page by page. `may_change`: a date of one that asks something is to come."""

    participant: Participant
    pages: list[tuple[Page, Given]]
    may_change: bool

    @property
    def are_lacking(self) -> bool:
        """True when an answer is owed, and may still be given."""
        return self.may_change and any(given.lacking for _page, given in self.pages)


def until_it_begins(row: Registration) -> bool:
    """Tell whether those of a booking may still answer for a registration, as they may hand its place over."""
    return row.may_be_handed_over


def answers_shown(
    rows: list[Registration], dates: list[DateLines], may_answer: Callable[[Registration], bool] = until_it_begins
) -> list[ShownAnswers]:
    """Return what those of some registrations answered; nobody is there who was asked nothing."""
    found = given_by(rows)
    pages = {date.occurrence.page_id: date.page for date in dates}
    ahead = {(row.participant_id, row.occurrence.page_id) for row in rows if may_answer(row)}
    people = {row.participant_id: row.participant for row in rows}
    return [
        ShownAnswers(
            person,
            [(pages[given.page_id], given) for given in found[pk]],
            any(given.is_asking and (pk, given.page_id) in ahead for given in found[pk]),
        )
        for pk, person in people.items()
        if pk in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@of_booking
def answer_questions(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show and take what a participant of this booking is asked, until their last date of a page begins.

    Whoever does not manage the booking answers for themself alone: 404 for anybody else. Errors answer 422, too many
    changes 429, a locked database 503: what was typed is kept.
    """
    rows = [row for row in access.registrations() if row.participant_id == pk]
    if not rows:
        raise Http404
    participant = rows[0].participant
    forms = forms_for([row for row in rows if until_it_begins(row)], request.POST if request.method == "POST" else None)
    if not forms:
        return redirect(_back(access))
    context = {"access": access, "participant": participant, "forms": forms}
    if request.method != "POST":
        return _show(request, context)
    if [form for form in forms if not form.is_valid()]:
        return _show(request, {**context, "has_errors": True}, 422)
    if is_throttled(request, "answers", CHANGES_PER_BOOKING, HOUR, who=f"booking {access.booking.pk}"):
        notice = _("Too many changes were made within an hour. Nothing is lost: try again later.")
        return _show(request, {**context, "notice": notice}, 429)
    try:
        save_answers(participant, *given_in(forms))
    except TooBusy:
        notice = _("Many people are using the site at this moment. Nothing has changed: try again in a minute.")
        return _show(request, {**context, "notice": notice}, 503)
    return redirect(f"{_back(access)}?answered")


def forms_for(rows: list[Registration], data: Mapping[str, Any] | None) -> list[AnswersForm]:
    """Return a form for each page of one participant's registrations that asks something."""
    pages = {row.occurrence.page_id: row.occurrence.page for row in rows}
    questions = questions_of(pages)
    shown = dict(zip(pages, versions_in(pages.values(), get_language() or "fr"), strict=True))
    who = {row.participant_id for row in rows}
    initial = {f"q{key}": value for values in values_of(who).values() for key, value in values.items()}
    return [
        AnswersForm(data, initial=initial, prefix="answers", told=PageQuestions(page, questions[key]))
        for key, page in shown.items()
        if key in questions
    ]


def given_in(forms: list[AnswersForm]) -> tuple[list[GivenAnswer], list[Question]]:
    """Return what valid forms were answered, and the questions that they put."""
    given = [answer for form in forms for answer in form.answers()]
    return given, [question for form in forms for question in form.told.questions]


def _show(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return with_form(render(request, "registrations/answers.html", context, status=status))


def _back(access: Access) -> str:
    return reverse("registrations:booking", args=[access.key])
