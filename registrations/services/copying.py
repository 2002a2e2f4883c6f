"""The questions of a page, given to the page that was copied from it."""

from wagtail.models import Page

from registrations.models import Question


def copy_questions(source: Page, copied: Page) -> list[Question]:
    """Copy what a French page still asks, each with its condition and the keys of its answers; nothing is answered."""
    rows = Question.objects.filter(page=source, is_retired=False).order_by("order", "pk")
    new: dict[int, Question] = {}
    for row in rows.prefetch_related("choices"):
        if row.only_if_id and row.only_if_id not in new:
            # Asked after one that is retired: it was asked of nobody.
            continue
        question, _children = row.copy_cluster(exclude_fields=["pk", "id"])
        question.page = copied
        question.only_if = new.get(row.only_if_id) if row.only_if_id else None
        question.save()
        new[row.pk] = question
    return list(new.values())
