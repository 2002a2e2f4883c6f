"""The pages of the public form, as they are shown."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.enums import ChorusNeed
from events.amounts import Price
from events.enums import RegistrationMode
from events.models import Occurrence
from portal.languages import version_in, versions_in
from registrations.enums import RegistrationState
from registrations.form import retention_notice
from registrations.form.choosing import DateChoice, elsewhere
from registrations.form.questions import Questionnaire
from registrations.form.submission import PASTED, TRAP, Submission
from registrations.models import Registration
from registrations.needs import RETENTION_DAYS
from registrations.questions import questions_of
from registrations.services import (
    BookingRequest,
    PriceLine,
    fingerprint,
    has_domain,
    lacking,
    need_of,
    outcome_for,
    priced_lines,
    total_of,
)


@dataclass(frozen=True)
class Outlook:
    """What confirming would do about one date, and what it costs."""

    occurrence: Occurrence
    outcome: RegistrationState
    waiting: int
    lines: list[PriceLine]
    # Where one would wait: the same session on other dates, with a place.
    elsewhere: list[Occurrence] = field(default_factory=list)

    @property
    def is_held(self) -> bool:
        """True when a request keeps its place until the team decides."""
        return self.occurrence.registration_mode == RegistrationMode.BY_APPROVAL_HELD

    @property
    def size(self) -> int:
        """How many people ask for it."""
        return len(self.lines)

    @property
    def is_waiting(self) -> bool:
        """True when one would only wait for it."""
        return self.outcome == RegistrationState.WAITLISTED


def show_form(request: HttpRequest, choice: DateChoice, submission: Submission, status: int = 200) -> HttpResponse:
    """Answer the first step."""
    context = {
        **_context(choice, submission, step=1, has_questions=_will_ask(choice)),
        "retention": retention_notice(),
        "has_errors": submission.has_errors or choice.has_errors,
        "added": request.POST.get("action") == "add",
        "pasted_field": PASTED,
        "needs_days": RETENTION_DAYS,
        "elsewhere": elsewhere(choice.only) if choice.only and choice.only.is_full else [],
    }
    return render(request, "registrations/register.html", context, status=status)


def _will_ask(choice: DateChoice) -> bool:
    """Tell whether a step with questions follows; before a date is chosen, whether it may."""
    return bool(questions_of(choice.pages() or choice.pages(chosen=False)))


def show_questions(
    request: HttpRequest,
    choice: DateChoice,
    submission: Submission,
    questions: Questionnaire,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer the step between the form and the summary: what each participant is asked."""
    context = {
        **_context(choice, submission, step=2, has_questions=True),
        "questions": questions,
        "hidden_values": [*choice.hidden_values(), *submission.hidden_values()],
        "notice": notice,
    }
    return render(request, "registrations/questions.html", context, status=status)


def show_summary(
    request: HttpRequest,
    choice: DateChoice,
    submission: Submission,
    questions: Questionnaire,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer the last step, for a valid form: each line with its price, the total, and what confirming will do."""
    asked = submission.request(choice.ids, _language(), None)
    occurrences = list(Occurrence.objects.filter(pk__in=choice.ids).with_details().in_order())
    pages = versions_in((occurrence.page for occurrence in occurrences), _language())
    for occurrence, page in zip(occurrences, pages, strict=True):
        occurrence.localized_page = page
    priced = priced_lines(asked, occurrences)
    lines = priced.lines
    outlooks = [outlook_of(occurrence, lines, len(asked.people)) for occurrence in occurrences]
    everything = total_of(lines)
    context = {
        **_context(choice, submission, step=3 if questions else 2, has_questions=bool(questions)),
        "questions": questions,
        "asked": asked,
        "outlooks": outlooks,
        "outcomes": {outlook.outcome for outlook in outlooks},
        "total": total_without_waiting(outlooks),
        "waits_for_a_part": len({outlook.is_waiting for outlook in outlooks}) > 1,
        "may_cost": everything.may_cost,
        "is_price_known": everything.is_known,
        "proof": _proof_ways(asked, lines),
        "shown_prices": fingerprint(lines),
        "hidden_values": [*choice.hidden_values(), *submission.hidden_values(), *questions.hidden_values()],
        "lacking": _lacking(asked, lines),
        "code_refused": asked.membership_code and not priced.proof and everything.may_cost,
        "notice": notice,
    }
    return render(request, "registrations/summary.html", context, status=status)


def _proof_ways(asked: BookingRequest, lines: list[PriceLine]) -> dict[str, bool]:
    """Return how the membership that prices wait for may be proven: a link to the contact's address, a code.

    Without either, the team alone can tell.
    """
    waiting = [line.quote.membership for line in lines if line.quote.membership and not line.quote.price.is_known]
    return {
        "has_link": has_domain(asked.employer.organisation, asked.contact.email),
        "has_code": any(membership.code for membership in waiting),
    }


def _lacking(asked: BookingRequest, lines: list[PriceLine]) -> str:
    """Return in words what the invoice will still lack."""
    if not total_of(lines).may_cost:
        return ""
    lacks = lacking(need_of(asked.employer), asked.billing)
    return str(ChorusNeed(lacks).label) if lacks else ""


def outlook_of(occurrence: Occurrence, lines: list[PriceLine], size: int) -> Outlook:
    """Return what confirming would do about a date for a group, and what it costs."""
    outcome = outcome_for(occurrence, size)
    waiting = Registration.objects.filter(occurrence=occurrence).waiting().count()
    own = [line for line in lines if line.occurrence.pk == occurrence.pk]
    others = elsewhere(occurrence) if outcome == RegistrationState.WAITLISTED else []
    return Outlook(occurrence, outcome, waiting, own, others)


def total_without_waiting(outlooks: list[Outlook]) -> Price:
    """Return what is taken at once costs; where all of it is waited for, what that would cost."""
    held = [outlook for outlook in outlooks if not outlook.is_waiting]
    return total_of(line for outlook in held or outlooks for line in outlook.lines)


def closed(request: HttpRequest, choice: DateChoice, status: int = 200) -> HttpResponse:
    """Say why no registration is taken, with the other dates of the same page that take some."""
    occurrence = choice.only
    others = []
    if occurrence:
        occurrence.localized_page = choice.page
        others = list(
            Occurrence.objects.published().for_page(occurrence.page).upcoming().exclude(pk=occurrence.pk).with_details()
        )
    context = {
        "choice": choice,
        "occurrence": occurrence,
        "state": occurrence.state if occurrence else "",
        "others": [other for other in others if other.is_open_for_registration()],
    }
    return render(request, "registrations/closed.html", context, status=status)


def _context(choice: DateChoice, submission: Submission, step: int, *, has_questions: bool) -> dict[str, Any]:
    occurrence = choice.only
    if occurrence:
        occurrence.localized_page = version_in(occurrence.page, _language())
    return {
        "choice": choice,
        "occurrence": occurrence,
        "submission": submission,
        "steps": [_("Participants"), *([_("Questions")] if has_questions else []), _("Summary and confirmation")],
        "step": step,
        "trap": TRAP,
    }


def _language() -> str:
    return get_language() or "fr"
