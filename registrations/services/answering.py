"""Writing answers: with a booking, or later by whoever manages it. No seat depends on them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from registrations.enums import HistoryEvent
from registrations.models import Answer, Participant, Question, Registration
from registrations.models.questions import LONGEST_ANSWER
from registrations.services.seats import with_retries
from registrations.services.steps import note


@dataclass(frozen=True)
class GivenAnswer:
    """An answer as it was given: the key that was chosen or the text, beside the words that were read."""

    person_key: str
    question_id: int
    value: str
    asked: str
    answered: str

    @classmethod
    def to(cls, question: Question, value: str, person_key: str = "") -> "GivenAnswer":
        """Return the answer to a question, in the words of the active language."""
        return cls(person_key, question.pk, value, question.wording, question.label_of(value)[:LONGEST_ANSWER])

    def of(self, participant: Participant) -> Answer:
        """Return the row of a participant, not written yet."""
        return Answer(
            participant=participant,
            question_id=self.question_id,
            value=self.value,
            asked=self.asked,
            answered=self.answered,
            at=timezone.now(),
        )


def save_answers(
    participant: Participant,
    given: Iterable[GivenAnswer],
    about: Iterable[Question],
    *,
    user: User | None = None,
    reason: str = "",
) -> None:
    """Write what a participant answers to these questions in the place of what they had answered. Raises TooBusy.

    What is not asked of them any longer goes; answers to other questions, retired ones too, stay. `user`: somebody of
    the team who answers for them; it stands in the history of their registrations.
    """
    rows = [answer.of(participant) for answer in given]
    asked = list(about)
    questions, pages = {question.pk for question in asked}, {question.page_id for question in asked}

    def once() -> None:
        with transaction.atomic():
            Participant.objects.select_for_update().get(pk=participant.pk)
            old = Answer.objects.filter(participant=participant, question__in=questions)
            kept = {
                row.question_id: row for row in old.select_related("question").prefetch_related("question__choices")
            }
            unchanged = {row.question_id for row in rows if _is_same(row, kept.get(row.question_id))}
            old.exclude(question__in=unchanged).delete()
            Answer.objects.bulk_create(row for row in rows if row.question_id not in unchanged)
            if user is not None:
                concerned = Registration.objects.active().filter(participant=participant, occurrence__page__in=pages)
                note(concerned, HistoryEvent.ANSWERED, actor="officer", user=user, reason=reason)

    with_retries(once)


def _is_same(new: Answer, old: Answer | None) -> bool:
    """Tell whether an answer stays as it is: the same, to words that have not changed since it was given."""
    return old is not None and (old.value, old.wording, old.text) == (new.value, new.asked, new.answered)
