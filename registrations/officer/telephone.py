"""Registering somebody who telephones: the fields of the public form, without its window and its traps."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_http_methods

from events.enums import BOOKABLE_STATES
from events.models import Occurrence
from registrations.form import ConsentForm, retention_notice
from registrations.form.questions import Questionnaire
from registrations.form.showing import outlook_of
from registrations.form.submission import PASTED, Submission
from registrations.models import Registration
from registrations.officer.access import CHANGE, VIEW, requires
from registrations.services import (
    AlreadyRegistered,
    BookingRequest,
    NotBookable,
    OneOfThem,
    PriceChanged,
    QuestionsChanged,
    TooBusy,
    book,
    fingerprint,
    priced_lines,
    total_of,
)
from registrations.services.booking import CLOSED_TO_VISITORS

TAKEN_BY_OFFICER = BOOKABLE_STATES | CLOSED_TO_VISITORS


class TelephoneConsentForm(ConsentForm):
    """The agreement, given by word of mouth."""

    agreed = forms.BooleanField(
        label=gettext_lazy(
            "The person on the telephone agrees to this information being used to organise the session."
        ),
        error_messages={
            "required": gettext_lazy("Read them what becomes of the information, and ask whether they agree.")
        },
    )


class TelephoneSubmission(Submission):
    """The form as the officer fills it in."""

    consent_form = TelephoneConsentForm

    def taken_by(self, user: User, dates: "DatesForm", shown_prices: str | None) -> BookingRequest:
        """Return what a valid form asks for, its agreement recorded as given by telephone to the officer."""
        language = dates.cleaned_data["language"]
        with override(language):
            agreement = _("Agreement given by telephone to %(user)s.") % {"user": user.get_full_name() or user.username}
            wording = f"{agreement} {retention_notice()}"
        asked = self.request(dates.ids, language, shown_prices)
        return replace(asked, user=user, consent_wording=wording)


class DatesForm(forms.Form):
    """Which dates, and in which language to write."""

    dates = forms.MultipleChoiceField(
        label=gettext_lazy("Dates"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one date.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the messages"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, offered: list[Occurrence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dates"].choices = [(str(row.pk), f"{row} ({row.state_label})") for row in offered]

    @property
    def ids(self) -> tuple[int, ...]:
        """The keys of the chosen dates, of a valid form."""
        return tuple(int(pk) for pk in self.cleaned_data["dates"])

    @classmethod
    def unchecked(cls, data: Mapping[str, Any], offered: list[Occurrence]) -> "DatesForm":
        """Return what was chosen so far, without reproach."""
        chosen = data.getlist("dates") if hasattr(data, "getlist") else []
        return cls(initial={"dates": chosen, "language": data.get("language")}, offered=offered)


def dates_offered(shown: Occurrence) -> list[Occurrence]:
    """Return the dates that may be booked in one go: those of the page, and of the pages beside it in its cycle."""
    pages = shown.page.get_siblings(inclusive=True) if shown.page.specific.is_part_of_parent else [shown.page]
    dates = Occurrence.objects.published().filter(page__in=pages).with_details().in_order()
    return [row for row in dates if row.state in TAKEN_BY_OFFICER]


@requires(VIEW, CHANGE)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form; check it (`continue`), ask what the dates ask, show what it does and costs; book (`confirm`)."""
    shown = get_object_or_404(Occurrence.objects.with_details(), pk=pk)
    offered = dates_offered(shown)
    if shown.pk not in {row.pk for row in offered}:
        messages.warning(request, _("This date takes no registration: it is past, called off, or not published."))
        return redirect("registrations_admin:occurrence", pk)
    action = request.POST.get("action", "") if request.method == "POST" else "open"
    if action not in ("continue", "questions", "answer", "confirm") or "remove" in request.POST:
        submission = TelephoneSubmission.unchecked(request.POST) if request.POST else TelephoneSubmission.blank()
        dates = DatesForm.unchecked(request.POST, offered) if request.POST else _first_dates(shown, offered)
        return _show(request, shown, submission, dates)
    submission, dates = TelephoneSubmission(request.POST), DatesForm(request.POST, offered=offered)
    if not all([submission.is_valid(), dates.is_valid()]):
        return _show(request, shown, submission, dates)
    questions = _questions(request, submission, dates, offered)
    if questions and action in ("continue", "questions"):
        return _show_questions(request, shown, submission, dates, questions)
    is_as_shown = action != "confirm" or questions.is_as_shown()
    if not questions.is_valid() or not is_as_shown:
        if not is_as_shown:
            messages.warning(request, _("The questions have changed meanwhile: look at them again."))
        return _show_questions(request, shown, submission, dates, questions)
    if action == "confirm" and _carry_out(request, submission, dates, questions):
        return redirect("registrations_admin:occurrence", pk)
    return _show_summary(request, shown, submission, dates, questions)


def _questions(
    request: HttpRequest, submission: Submission, dates: DatesForm, offered: list[Occurrence]
) -> Questionnaire:
    pages = {row.page_id: row.page for row in offered if row.pk in dates.ids}
    return Questionnaire(pages.items(), submission.people.people(submission.contact.contact()), request.POST)


def _carried(submission: Submission, dates: DatesForm) -> list[tuple[str, str]]:
    """Return what travels in the pages after the form."""
    return [
        *submission.hidden_values(),
        ("key", str(submission.key)),
        ("opened", submission.opened),
        *(("dates", str(key)) for key in dates.ids),
        ("language", dates.cleaned_data["language"]),
    ]


def _show_questions(
    request: HttpRequest, shown: Occurrence, submission: Submission, dates: DatesForm, questions: Questionnaire
) -> HttpResponse:
    context = {
        "occurrence": shown,
        "questions": questions,
        "hidden_values": _carried(submission, dates),
        "header_title": _("Register somebody"),
    }
    return render(request, "admin/registrations/register_questions.html", context)


def _first_dates(shown: Occurrence, offered: list[Occurrence]) -> DatesForm:
    return DatesForm(initial={"dates": [str(shown.pk)], "language": settings.LANGUAGE_CODE}, offered=offered)


def _ask_the_officer(submission: Submission) -> None:
    """Put to the officer what the public form asks visitors about themselves."""
    submission.organisation.fields["query"].label = _("Organisation")
    submission.organisation.fields["choice"].choices[-1] = ("other", _("The organisation is not in this list"))
    submission.people.forms[0].fields["is_contact"].label = _("It is the contact: use their name and e-mail")


def _show(request: HttpRequest, shown: Occurrence, submission: Submission, dates: DatesForm) -> HttpResponse:
    _ask_the_officer(submission)
    context = {
        "occurrence": shown,
        "submission": submission,
        "dates": dates,
        "pasted_field": PASTED,
        "retention": retention_notice(),
        "header_title": _("Register somebody"),
    }
    return render(request, "admin/registrations/register.html", context)


def _show_summary(
    request: HttpRequest,
    shown: Occurrence,
    submission: TelephoneSubmission,
    dates: DatesForm,
    questions: Questionnaire,
) -> HttpResponse:
    asked = submission.taken_by(request.user, dates, None)
    rows = list(Occurrence.objects.filter(pk__in=dates.ids).with_details().in_order())
    lines = priced_lines(asked, rows).lines
    context = {
        "occurrence": shown,
        "asked": asked,
        "outlooks": [outlook_of(row, lines, len(asked.people)) for row in rows],
        "total": total_of(lines),
        "shown_prices": fingerprint(lines),
        "questions": questions,
        "hidden_values": [*_carried(submission, dates), *questions.hidden_values()],
        "header_title": _("Register somebody"),
    }
    return render(request, "admin/registrations/register_summary.html", context)


def _carry_out(
    request: HttpRequest, submission: TelephoneSubmission, dates: DatesForm, questions: Questionnaire
) -> bool:
    """Book, and say what came of it. False when the officer has something to look at again."""
    asked = submission.taken_by(request.user, dates, request.POST.get("shown_prices", ""))
    try:
        result = book(questions.added_to(asked))
    except PriceChanged:
        messages.warning(request, _("A price has changed meanwhile: look at it again, then confirm."))
    except QuestionsChanged:
        messages.warning(request, _("The questions have changed meanwhile: look at them again."))
    except AlreadyRegistered as error:
        names = ", ".join(f"{person.first_name} {person.last_name}" for person in error.people)
        messages.error(request, _("Nobody was registered: %(names)s already registered.") % {"names": names})
    except OneOfThem:
        messages.error(request, _("Nobody was registered: choose one of the dates of each session."))
    except NotBookable:
        messages.error(request, _("Nobody was registered: one of the dates takes no registration any longer."))
    except TooBusy:
        messages.error(request, _("The site is very busy: nothing was done. Try again in a minute."))
    else:
        rows = Registration.objects.filter(participant__booking=result.booking)
        words = ngettext("%(count)d registration was recorded.", "%(count)d registrations were recorded.", rows.count())
        messages.success(request, words % {"count": rows.count()})
        return True
    return False
