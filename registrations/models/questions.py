"""`Question`: what a session or an event asks of each participant; `Answer`: what they said, as they were asked."""

import secrets
from typing import Any

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Page

from directory.models.labelled import LabelledRow, foreign, in_active_language
from registrations.enums import QuestionKind
from registrations.models.bookings import Participant

YES_NO = {"yes": pgettext_lazy("answer", "Yes"), "no": pgettext_lazy("answer", "No")}
KEY_LENGTH = 16
LONGEST_ANSWER = 500
# What the column of the order holds.
MOST_QUESTIONS = 32767


def new_key() -> str:
    """Return what names an answer among those of its question: its words may change, and be copied, under it."""
    return secrets.token_hex(KEY_LENGTH // 2)


class Question(ClusterableModel):
    """Something that a page asks of whoever registers for one of its dates.

    Like a date it is a plain row of the French page, which every language of it reads. A condition names an earlier
    question of the page, so that conditions follow each other and never turn in a circle (`registrations.questions`).
    """

    page = models.ForeignKey(
        Page, verbose_name=_("session or event"), on_delete=models.CASCADE, related_name="registration_questions"
    )
    order = models.PositiveSmallIntegerField(
        _("order"), blank=True, help_text=_("Questions are asked by this number. Empty: after the others.")
    )
    wording_fr = models.CharField(_("question in French"), max_length=300)
    wording_en = models.CharField(_("question in English"), max_length=300, blank=True)
    help_fr = models.CharField(_("explanation in French"), max_length=300, blank=True)
    help_en = models.CharField(_("explanation in English"), max_length=300, blank=True)
    kind = models.CharField(
        _("kind of answer"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.YES_NO
    )
    required = models.BooleanField(
        _("answer required"), default=False, help_text=_("Nobody registers without an answer, where it is asked.")
    )
    only_if = models.ForeignKey(
        "self",
        verbose_name=_("asked only after"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="followers",
    )
    only_if_answer = models.CharField(_("and only if the answer is"), max_length=KEY_LENGTH, blank=True)
    is_retired = models.BooleanField(
        _("no longer asked"), default=False, help_text=_("The answers given so far stay readable.")
    )

    class Meta:
        ordering = ["page__path", "order", "pk"]
        verbose_name = _("question of a session")
        verbose_name_plural = _("questions of sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(only_if__isnull=True, only_if_answer="") | Q(only_if__isnull=False) & ~Q(only_if_answer=""),
                name="question_condition_whole",
            )
        ]

    def __str__(self) -> str:
        return self.wording

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; without an order it stands after the others of its page."""
        if self.order is None:
            last = Question.objects.filter(page_id=self.page_id).aggregate(last=Max("order"))["last"]
            self.order = min((last or 0) + 1, MOST_QUESTIONS)
        super().save(*args, **kwargs)

    @property
    def wording(self) -> str:
        """The question in the active language, else in French."""
        return in_active_language(self, "wording")

    @property
    def wording_language(self) -> str:
        """The language of the question where it is not the active one, else an empty string."""
        return "" if self.wording_en else foreign("fr")

    @property
    def help(self) -> str:
        """The explanation in the active language, else in French."""
        return in_active_language(self, "help")

    @property
    def options(self) -> list[tuple[str, str]]:
        """The answers to choose from, by key, in the active language; empty for a line of text."""
        if self.kind == QuestionKind.YES_NO:
            return [(key, str(label)) for key, label in YES_NO.items()]
        if self.kind == QuestionKind.CHOICE:
            return [(row.key, row.label) for row in self.choices.all()]
        return []

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among those of its page."""
        return self.order, self.pk

    def label_of(self, value: str) -> str:
        """Return an answer in words; a key that is none of ours any longer as it is."""
        return dict(self.options).get(value, value)


class QuestionChoice(Orderable, LabelledRow):
    """An answer to choose. Its key stays whatever becomes of its words, also in the copy of a cycle."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    key = models.CharField(max_length=KEY_LENGTH, default=new_key, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("answer to choose")
        verbose_name_plural = _("answers to choose")
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="choice_key_once_per_question")]


class Answer(models.Model):
    """What one participant answered, once for all the dates of the page that they come to.

    `asked` and `answered` are the words that they read: they stay when the question is put otherwise.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.RESTRICT, related_name="answers")
    value = models.CharField(max_length=LONGEST_ANSWER)
    asked = models.CharField(max_length=300)
    answered = models.CharField(max_length=LONGEST_ANSWER)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["question__order", "question_id"]
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        # The form writes them, and whoever sees registrations reads them: nobody edits them in the admin.
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["participant", "question"], name="one_answer_per_participant")]

    def __str__(self) -> str:
        # No name, and not what they said: see `Booking`.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def wording(self) -> str:
        """The question in the active language or, where it has changed since, as it was asked."""
        question = self.question
        return question.wording if self.asked in (question.wording_fr, question.wording_en) else self.asked

    @property
    def text(self) -> str:
        """The answer in the active language or, where the words of that choice have changed since, as it was given."""
        if self.question.kind == QuestionKind.YES_NO:
            return str(YES_NO.get(self.value, self.answered))
        for choice in self.question.choices.all() if self.question.kind == QuestionKind.CHOICE else []:
            if choice.key == self.value and self.answered in (choice.label_fr, choice.label_en):
                return choice.label
        return self.answered
