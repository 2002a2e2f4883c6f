"""What sessions of the demonstration ask of their participants."""

from typing import Any

from wagtail.models import Page

from demo.loader.content import page_files
from registrations.models import Question, QuestionChoice

SHARED = ("kind", "required")


def create_questions(page: Page, key: str) -> dict[str, Question]:
    """Make the questions of a page that has none yet, in the order of its file; return them by key."""
    if Question.objects.filter(page_id=page.pk).exists():
        return {}
    made: dict[str, Question] = {}
    for row in page_files()[key].get("questions", []):
        question = Question(page_id=page.pk, **_words(row), **{name: row[name] for name in SHARED if name in row})
        for earlier, answer in row.get("only_if", {}).items():
            question.only_if, question.only_if_answer = made[earlier], answer
        question.choices = [QuestionChoice(key=choice["key"], **_words(choice)) for choice in row.get("choices", [])]
        question.full_clean(exclude=["order"])
        question.save()
        made[row["key"]] = question
    return made


def _words(row: dict[str, Any]) -> dict[str, str]:
    return {
        f"{name}_{language}": text
        for name in ("wording", "help", "label")
        for language, text in row.get(name, {}).items()
    }
