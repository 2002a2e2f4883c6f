"""What the chosen dates ask of each participant: a step of its own, without script and without session."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from registrations.enums import QuestionKind
from registrations.form.fields import LineField, line_input
from registrations.models import Question
from registrations.models.questions import LONGEST_ANSWER
from registrations.questions import asked_of, fingerprint_of, questions_of
from registrations.services import BookingRequest, GivenAnswer, Person

# answers-<number of the participant>-q<question>, and beside them whose they are.
FIELD = re.compile(r"answers-\d{1,2}-(?:for|q\d{1,18})", re.ASCII)
LONGEST_KEY = 254


def answers_typed(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the answers that a request carries, unchecked, for the other pages of the form to carry on."""
    return [
        (name, str(data.get(name, ""))[: LONGEST_ANSWER * 2].replace("\0", ""))
        for name in data
        if FIELD.fullmatch(name)
    ]


@dataclass(frozen=True)
class PageQuestions:
    """A page, in the language of the reader where it exists in it, and what it asks."""

    page: Page
    questions: list[Question]


@dataclass(frozen=True)
class AskedField:
    """A question in a form. `follows` is the field that it depends on, in the page; `condition` says so in words."""

    field: forms.BoundField
    question: Question
    follows: str = ""
    condition: str = ""


def in_its_language(text: str, language: str) -> str:
    """Return a text of ours marked with its language, where that is not the one of the page."""
    return format_html('<span lang="{}">{}</span>', language, text) if language and text else text


class AnswersForm(forms.Form):
    """What one participant is asked about one page."""

    def __init__(self, *args: Any, told: PageQuestions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = told
        for question in told.questions:
            self.fields[f"q{question.pk}"] = _field(question)

    def clean(self) -> dict[str, Any]:
        """Keep what is asked, and require what must be answered: a condition that does not hold asks nothing."""
        cleaned = super().clean()
        values = {question.pk: cleaned.get(f"q{question.pk}", "") for question in self.told.questions}
        asked = {question.pk for question in asked_of(self.told.questions, values)}
        for question in self.told.questions:
            name = f"q{question.pk}"
            if question.pk not in asked:
                cleaned[name] = ""
                self.errors.pop(name, None)
            elif question.required and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, gettext("Answer this question."))
        return cleaned

    def answers(self, person_key: str = "") -> list[GivenAnswer]:
        """Return what was answered, of a valid form."""
        return [
            GivenAnswer.to(question, value, person_key)
            for question in self.told.questions
            if (value := self.cleaned_data[f"q{question.pk}"])
        ]

    @property
    def asked_fields(self) -> list[AskedField]:
        """The questions in order, each with its condition."""
        names = {question.pk: self.add_prefix(f"q{question.pk}") for question in self.told.questions}
        return [
            AskedField(
                self[f"q{question.pk}"],
                question,
                names.get(question.only_if_id, "") if question.only_if_id else "",
                condition_of(question),
            )
            for question in self.told.questions
            # A condition on a question that is retired holds for nobody.
            if not question.only_if_id or question.only_if_id in names
        ]


def condition_of(question: Question) -> str:
    """Return when a question is asked, as somebody reads it who sees all of them; empty for always."""
    earlier = question.only_if
    if earlier is None:
        return ""
    languages = _languages(earlier)
    answer = in_its_language(earlier.label_of(question.only_if_answer), languages.get(question.only_if_answer, ""))
    return format_html(
        gettext("If you answered “{answer}” to “{question}”:"),
        answer=answer,
        question=in_its_language(earlier.wording, earlier.wording_language),
    )


def _field(question: Question) -> forms.Field:
    """Return the field of a question; what is required is checked by the form, which knows the conditions."""
    told: dict[str, Any] = {
        "label": in_its_language(question.wording, question.wording_language),
        "help_text": in_its_language(question.help, "" if question.help_en else question.wording_language),
        "required": False,
    }
    if question.kind == QuestionKind.TEXT:
        return LineField(max_length=LONGEST_ANSWER, widget=line_input("off"), **told)
    languages = _languages(question)
    choices = [(key, in_its_language(label, languages.get(key, ""))) for key, label in question.options]
    if not question.required:
        choices.append(("", pgettext("answer", "No answer")))
    return forms.ChoiceField(
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
        **told,
    )


def _languages(question: Question) -> dict[str, str]:
    """Return by key the language of each answer to choose, where it is not the active one."""
    rows = question.choices.all() if question.kind == QuestionKind.CHOICE else []
    return {row.key: row.label_language for row in rows}


@dataclass(frozen=True)
class PersonAnswers:
    """A participant with a form for each page that asks something."""

    person: Person
    prefix: str
    forms: list[AnswersForm]

    @property
    def given(self) -> list[GivenAnswer]:
        """What they answered, of valid forms."""
        return [answer for form in self.forms for answer in form.answers(self.person.key)]


class Questionnaire:
    """The questions of the pages of some dates, put to each participant once, whichever of its dates they come to.

    Answers stand in the page beside the address of whose they are: a line added or removed mixes nobody up.
    """

    def __init__(self, pages: Iterable[tuple[int, Page]], people: Iterable[Person], data: Mapping[str, Any]) -> None:
        """`pages`: by the key of the French one, as the reader sees them. Two queries, however many."""
        by_key = dict(pages)
        found = questions_of(by_key)
        self.data = data
        self.told = [PageQuestions(page, found[key]) for key, page in by_key.items() if key in found]
        self.people = list(people) if self.told else []
        self.groups = self._groups(is_bound=False)

    def __bool__(self) -> bool:
        return bool(self.told)

    @property
    def is_about_several_pages(self) -> bool:
        """True when a heading has to say which session asks."""
        return len(self.told) > 1

    @property
    def fingerprint(self) -> str:
        """What tells whether the questions are still those that were shown."""
        return fingerprint_of(question for told in self.told for question in told.questions)

    @property
    def has_errors(self) -> bool:
        """True when something checked needs correcting."""
        return any(form.errors for group in self.groups for form in group.forms)

    @property
    def given(self) -> list[GivenAnswer]:
        """What everybody answered, once checked."""
        return [answer for group in self.groups for answer in group.given]

    def is_valid(self) -> bool:
        """Check everything, so that every fault shows at once."""
        self.groups = self._groups(is_bound=True)
        return not [form for group in self.groups for form in group.forms if not form.is_valid()]

    def repeat_first(self) -> None:
        """Show everybody with what was typed for the first participant, for whoever registers a team."""
        told = [form.initial for form in self.groups[0].forms] if self.groups else []
        self.groups = [
            replace(
                group,
                forms=[
                    AnswersForm(initial=initial, prefix=group.prefix, told=form.told)
                    for form, initial in zip(group.forms, told, strict=True)
                ],
            )
            for group in self.groups
        ]

    def is_as_shown(self) -> bool:
        """Tell whether these are the questions that the request was answered to; nothing asked now is nothing new."""
        return not self or self.data.get("shown_questions", "") == self.fingerprint

    def added_to(self, asked: BookingRequest) -> BookingRequest:
        """Return a request with the answers, once checked."""
        return replace(asked, answers=tuple(self.given), shown_questions=self.fingerprint)

    def hidden_values(self) -> list[tuple[str, str]]:
        """Return what the summary carries: whose answers, those that count, and which questions were shown."""
        carried = [("shown_questions", self.fingerprint)] if self else []
        for group in self.groups:
            carried.append((f"{group.prefix}-for", group.person.key))
            carried += [(f"{group.prefix}-q{answer.question_id}", answer.value) for answer in group.given]
        return carried

    def _groups(self, *, is_bound: bool) -> list[PersonAnswers]:
        typed = dict(answers_typed(self.data))
        whose = {
            value[:LONGEST_KEY]: name.removesuffix("-for") for name, value in typed.items() if name.endswith("-for")
        }
        groups = []
        for number, person in enumerate(self.people):
            prefix, old = f"answers-{number}", whose.get(person.key)
            mine = {
                f"{prefix}-{name.rpartition('-')[2]}": value
                for name, value in typed.items()
                if old and name.rpartition("-")[0] == old
            }
            groups.append(
                PersonAnswers(person, prefix, [self._form(told, mine, prefix, is_bound) for told in self.told])
            )
        return groups

    @staticmethod
    def _form(told: PageQuestions, typed: dict[str, str], prefix: str, is_bound: bool) -> AnswersForm:
        if is_bound:
            return AnswersForm(typed, prefix=prefix, told=told)
        initial = {name.removeprefix(f"{prefix}-"): value for name, value in typed.items()}
        return AnswersForm(initial=initial, prefix=prefix, told=told)
