"""What the pages of some dates ask of each participant: which questions, in which order, and what is still unanswered.

Nothing here writes: `registrations.services.answering` does.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from registrations.enums import ACTIVE
from registrations.models import Answer, Question, Registration

Rows = Iterable[Question]


def questions_of(page_ids: Iterable[int]) -> dict[int, list[Question]]:
    """Return by French page what it asks today, in order, with the answers to choose; pages without are left out."""
    found: dict[int, list[Question]] = {}
    rows = Question.objects.filter(page_id__in=set(page_ids), is_retired=False).select_related("only_if")
    for row in rows.prefetch_related("choices", "only_if__choices").order_by("page_id", "order", "pk"):
        found.setdefault(row.page_id, []).append(row)
    return found


def asked_of(questions: Rows, values: Mapping[int, str]) -> list[Question]:
    """Return the questions of a page, given in order, that somebody who gives these answers is asked.

    A condition holds when its own question is asked and answered so: of a chain that breaks, nothing follows.
    """
    asked: dict[int, Question] = {}
    for row in questions:
        is_free = row.only_if_id is None
        if is_free or (row.only_if_id in asked and values.get(row.only_if_id) == row.only_if_answer):
            asked[row.pk] = row
    return list(asked.values())


def lacking(questions: Rows, values: Mapping[int, str]) -> list[Question]:
    """Return the required questions of a page that somebody is asked and has not answered."""
    return [row for row in asked_of(questions, values) if row.required and not values.get(row.pk)]


def fingerprint_of(questions: Rows) -> str:
    """Return what tells whether questions are those that were shown: empty without any."""
    told = [
        [row.pk, row.order, row.wording_fr, row.wording_en, row.kind, row.required, row.only_if_id, row.only_if_answer]
        + [[choice.key, choice.label_fr, choice.label_en] for choice in row.choices.all()]
        for row in questions
    ]
    return hashlib.sha256(json.dumps(sorted(told)).encode()).hexdigest()[:32] if told else ""


def people_lacking(page_ids: Iterable[int], registrations: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """Map dates of these pages to the number of people who still owe an answer: see `owing`."""
    return dict(Counter(date for date, _who in owing(page_ids, registrations)))


def owing(page_ids: Iterable[int], registrations: Iterable[tuple[int, int, int]]) -> set[tuple[int, int]]:
    """Return the dates of these pages with those who still owe an answer there, as (date, participant).

    `registrations` are (date, page, participant). Three queries, however many dates, and one where nothing is asked:
    they are not even read then.
    """
    questions: dict[int, list[Question]] = {}
    asked = Question.objects.filter(page_id__in=set(page_ids), is_retired=False)
    for question in asked.order_by("order", "pk"):
        questions.setdefault(question.page_id, []).append(question)
    pages = {page for page, rows in questions.items() if any(row.required for row in rows)}
    if not pages:
        return set()
    rows = [row for row in registrations if row[1] in pages]
    values = values_of({who for _date, _page, who in rows})
    return {(date, who) for date, page, who in rows if lacking(questions[page], values.get(who, {}))}


def values_of(participant_ids: Iterable[int]) -> dict[int, dict[int, str]]:
    """Return by participant what they answered, by question."""
    found: dict[int, dict[int, str]] = {}
    rows = Answer.objects.filter(participant_id__in=set(participant_ids)).order_by()
    for participant_id, question_id, value in rows.values_list("participant_id", "question_id", "value"):
        found.setdefault(participant_id, {})[question_id] = value
    return found


@dataclass
class QuestionTable:
    """A question of a date with what was answered: how often each choice, and whose words."""

    question: Question
    answers: dict[int, Answer] = field(default_factory=dict)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How often each answer was given; those that nobody chose are there too. Empty for a line of text."""
        if not self.question.options:
            return []
        counted = Counter(answer.text for answer in self.answers.values())
        offered = dict.fromkeys([label for _key, label in self.question.options], 0)
        return list({**offered, **counted}.items())

    def text_of(self, participant_id: int) -> str:
        """Return what a participant answered, empty where they did not; to other words, beside these."""
        answer = self.answers.get(participant_id)
        if answer is None or answer.wording == self.question.wording:
            return answer.text if answer else ""
        return gettext("%(answer)s (to “%(question)s”)") % {"answer": answer.text, "question": answer.wording}


def tables_of(page_id: int, participant_ids: Iterable[int]) -> list[QuestionTable]:
    """Return each question of a page with the answers of these people; a retired one where it was answered."""
    rows = Question.objects.filter(page_id=page_id).prefetch_related("choices").order_by("order", "pk")
    tables = {row.pk: QuestionTable(row) for row in rows}
    if not tables:
        return []
    for answer in Answer.objects.filter(participant_id__in=set(participant_ids), question_id__in=tables):
        answer.question = tables[answer.question_id].question
        tables[answer.question_id].answers[answer.participant_id] = answer
    return [table for table in tables.values() if table.answers or not table.question.is_retired]


@dataclass
class Given:
    """What one participant was asked about one page: what they answered, and what is lacking."""

    page_id: int
    answers: list[Answer]
    lacking: list[Question]
    # False where the page asks nothing any longer.
    is_asking: bool = True


def given_by(registrations: Iterable[Registration]) -> dict[int, list[Given]]:
    """Return by participant what they answered about the pages of these registrations, while these are active.

    Pages that ask nothing, and were answered nothing, are left out.
    """
    about: dict[int, dict[int, None]] = {}
    for row in registrations:
        if row.state in ACTIVE:
            about.setdefault(row.participant_id, {})[row.occurrence.page_id] = None
    pages = {page_id for page_ids in about.values() for page_id in page_ids}
    questions = questions_of(pages)
    answers = Answer.objects.filter(participant_id__in=about, question__page_id__in=pages)
    rows: dict[tuple[int, int], list[Answer]] = {}
    for answer in answers.select_related("question").prefetch_related("question__choices"):
        rows.setdefault((answer.participant_id, answer.question.page_id), []).append(answer)
    found: dict[int, list[Given]] = {}
    for who, page_ids in about.items():
        for page_id in page_ids:
            given = rows.get((who, page_id), [])
            asked = questions.get(page_id, [])
            if given or asked:
                values = {answer.question_id: answer.value for answer in given}
                found.setdefault(who, []).append(Given(page_id, given, lacking(asked, values), bool(asked)))
    return found
