"""Rebuilding the search while editors write."""

import threading

import pytest
from django.db import connection
from django.utils import translation

from home.models import StandardPage
from search import patience, sync
from search.models import SearchEntry, SearchTerm
from tests.factories.pages import make_page


@pytest.mark.sqlite
def test_a_rebuild_waits_for_who_writes_longer_than_the_database_does(transactional_db, monkeypatch):
    monkeypatch.setattr(patience, "PAUSES", (0.2,) * 30)
    page = make_page(StandardPage, "Le guichet")
    SearchEntry.objects.all().delete()
    locked = threading.Event()
    done = threading.Event()

    def hold() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                locked.set()
                done.wait(2)
                cursor.execute("ROLLBACK")
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert locked.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    lines: list[str] = []
    with translation.override("fr"):
        sync.rebuild(lines.append)
    thread.join()
    assert SearchEntry.objects.filter(title="Le guichet", source_key=str(page.pk)).exists()
    assert SearchTerm.objects.filter(form="guichet").exists()
    assert "terms: 0, done" in lines


@pytest.mark.sqlite
def test_another_error_than_a_lock_is_not_tried_again(db):
    with pytest.raises(Exception, match="no such table"), connection.cursor() as cursor:
        patience.patiently(cursor.execute, "SELECT * FROM nothing_of_the_sort")
