"""Rebuilding the search while editors write."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from home.models import StandardPage
from search import patience, sync
from search.checking import Report
from search.management.commands import search_check
from search.models import SearchEntry, SearchTerm
from tests.factories.pages import make_page
from tests.search.locking import write_lock_held


@pytest.mark.sqlite
def test_a_rebuild_waits_for_who_writes_longer_than_the_database_does(transactional_db, monkeypatch):
    monkeypatch.setattr(patience, "PAUSES", (0.2,) * 30)
    page = make_page(StandardPage, "Le guichet")
    SearchEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    lines: list[str] = []
    with write_lock_held(2), translation.override("fr"):
        sync.rebuild(lines.append)
    assert SearchEntry.objects.filter(title="Le guichet", source_key=str(page.pk)).exists()
    assert SearchTerm.objects.filter(form="guichet").exists()
    assert "terms: 0, done" in lines


@pytest.mark.sqlite
def test_another_error_than_a_lock_is_not_tried_again(db):
    with pytest.raises(Exception, match="no such table"), connection.cursor() as cursor:
        patience.patiently(cursor.execute, "SELECT * FROM nothing_of_the_sort")


@pytest.mark.sqlite
def test_what_was_written_since_the_first_reading_makes_a_step_begin_again(transactional_db, monkeypatch):
    monkeypatch.setattr(patience, "PAUSES", (0.01,) * 3)
    SearchTerm.objects.bulk_create(SearchTerm(language="fr", form=f"mot{n}", stem="", shown="") for n in range(300))
    tries = []

    def step() -> None:
        rows = SearchTerm.objects.iterator(chunk_size=10)
        next(rows)
        tries.append("")
        if len(tries) == 1:
            other = threading.Thread(target=write_elsewhere)
            other.start()
            other.join()
        SearchTerm.objects.filter(form="mot0").update(count=2)

    patience.patiently(step)
    assert len(tries) == 2
    assert SearchTerm.objects.get(form="mot0").count == 2


def write_elsewhere() -> None:
    try:
        SearchTerm.objects.create(language="en", form="word", stem="", shown="")
    finally:
        connection.close()


def test_a_dry_run_with_an_engine_away_says_that_it_could_not_compare(db, monkeypatch):
    for report, told in (
        (Report(engines={"elasticsearch": None, "embedded": 0}), "could not be compared.$"),
        (Report(stale=["page 1"], engines={"elasticsearch": None}), "What else differs is mended"),
        (Report(engines={"embedded": 1}), "Something differs"),
    ):
        monkeypatch.setattr(search_check, "check", lambda mends, report=report: report)
        with pytest.raises(CommandError, match=told):
            call_command("search_check", dry_run=True)
