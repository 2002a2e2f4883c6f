"""What visitors of the demonstration searched, what the team recommends, and what it asked to be written."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Page

from demo.loader.content import searches_file
from demo.loader.pages import Pages
from search.analysis import analyse
from search.desk.enums import Decision
from search.desk.log import REVEALED_FROM
from search.desk.stems import stem_of
from search.desk.trying import tried
from search.models import AskedQuery, FailedQuery, Promotion


def create_searches(pages: Pages) -> int:
    """Create the rows of the desk, or bring them to what the file says; return how many searches there are."""
    told = searches_file()
    this_month = pages.calendar.today.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    for row in told["asked"]:
        for month, count in ((this_month, row["this"]), (last_month, row["last"])):
            if count:
                _count(month, count, row)
    for row in told["promotions"]:
        page = Page.objects.get(pk=pages.ids[row["page"]])
        Promotion.objects.update_or_create(title=row["title"], defaults={**row, "page": page})
    for row in told["requested"]:
        FailedQuery.objects.update_or_create(
            language=row["language"],
            stem=stem_of(row["search"], row["language"]),
            defaults={
                "shown": row["search"],
                "note": row["note"],
                "decision": Decision.WANTED,
                "decided_by": User.objects.filter(username=row["by"]).first(),
                "decided_at": timezone.now(),
            },
        )
    return len(told["asked"])


def count_results() -> None:
    """Note what each search finds now that everything is indexed, where it found something."""
    found: dict[tuple[str, str], int] = {}
    for row in AskedQuery.objects.exclude(shown=""):
        asked = (row.shown, row.language)
        if asked not in found:
            found[asked] = tried(*asked).finds
        row.found = found[asked]
        row.save(update_fields=["found"])


def _count(month: date, count: int, row: dict) -> None:
    text, language = row["search"], row["language"]
    counters = {name: round(row.get(name, 0) * count / row["this"]) for name in ("narrowed", "failed", "partial")}
    AskedQuery.objects.update_or_create(
        month=month,
        language=language,
        form=" ".join(token.form for token in analyse(text, language)),
        defaults={
            "stem": stem_of(text, language),
            "shown": text,
            "days": min(count, REVEALED_FROM),
            "count": count,
            **counters,
        },
    )
