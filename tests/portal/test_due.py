import logging
import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from portal import due
from portal.due import Job, run_due
from portal.due_runs import DueRun


def made_job(function, *, name="tests.a_job", every=timedelta(minutes=5), lease=due.DEFAULT_LEASE):
    return Job(name, function, every, lease)


@pytest.mark.django_db
def test_a_job_runs_once_and_again_only_when_it_is_due(time_machine):
    time_machine.move_to("2026-03-01T09:00:00+01:00", tick=False)
    calls = []
    job = made_job(lambda: calls.append(1))

    assert run_due([job]) == [("tests.a_job", True)]
    assert run_due([job]) == []
    time_machine.shift(timedelta(minutes=5))
    assert run_due([job]) == [("tests.a_job", True)]
    assert len(calls) == 2


@pytest.mark.django_db
def test_a_job_that_fails_is_logged_by_name_and_does_not_stop_the_others(caplog):
    def fails():
        raise ValueError("somebody@example.org")

    calls = []
    broken, sound = made_job(fails, name="tests.broken"), made_job(lambda: calls.append(1), name="tests.sound")

    with caplog.at_level(logging.ERROR):
        assert run_due([broken, sound]) == [("tests.broken", False), ("tests.sound", True)]

    assert calls == [1]
    assert "tests.broken" in caplog.text
    row = DueRun.objects.get(name="tests.broken")
    assert row.last_error == "ValueError"
    assert row.locked_until is None


@pytest.mark.django_db
def test_a_failure_is_forgotten_once_the_job_succeeds(time_machine):
    time_machine.move_to("2026-03-01T09:00:00+01:00", tick=False)
    outcomes = [ValueError, None]

    def fails_once():
        if error := outcomes.pop(0):
            raise error

    job = made_job(fails_once)
    run_due([job])
    time_machine.shift(timedelta(minutes=5))
    run_due([job])

    assert DueRun.objects.get().last_error == ""


@pytest.mark.django_db
def test_a_job_that_another_process_holds_is_left_to_it_until_its_lease_ends(time_machine):
    time_machine.move_to("2026-03-01T09:00:00+01:00", tick=False)
    now = timezone.now()
    DueRun.objects.create(
        name="tests.a_job", last_started=now - timedelta(hours=1), locked_until=now + timedelta(minutes=1)
    )
    job = made_job(lambda: None)

    assert run_due([job]) == []
    time_machine.shift(timedelta(minutes=1))
    assert run_due([job]) == [("tests.a_job", True)]


@pytest.mark.django_db
def test_a_job_that_outlived_its_lease_does_not_free_the_lock_of_its_successor(time_machine):
    time_machine.move_to("2026-03-01T09:00:00+01:00", tick=False)

    def too_slow():
        time_machine.shift(timedelta(minutes=30))
        later = timezone.now()
        DueRun.objects.update(last_started=later, locked_until=later + timedelta(minutes=15))

    run_due([made_job(too_slow)])

    assert DueRun.objects.get().locked_until is not None


@pytest.mark.django_db(transaction=True)
def test_eight_processes_asking_at_once_run_a_job_once():
    calls = []
    start = threading.Barrier(8)
    job = made_job(lambda: calls.append(1))

    def ask():
        start.wait()
        run_due([job])
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert calls == [1]


@pytest.mark.django_db
def test_the_decorator_names_a_job_after_its_module_and_the_command_runs_it(monkeypatch, capsys):
    # A module registers its jobs when it is first imported, which must not be while the registry is replaced.
    due.registered_jobs()
    monkeypatch.setattr(due, "_jobs", {})

    @due.job(every=timedelta(days=1))
    def nightly() -> None:
        pass

    call_command("run_due")

    assert "test_due" in capsys.readouterr().out
    assert [job.every for job in due.registered_jobs()] == [timedelta(days=1)]


def test_the_loop_ends_when_the_process_that_started_it_is_gone(tmp_path):
    database = f"sqlite:///{tmp_path / 'due.sqlite3'}"
    environment = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "portal.settings.development"}
    loop = subprocess.Popen(
        [sys.executable, "manage.py", "run_due", "--loop", "60", "--until-input-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        env=environment,
    )
    assert loop.poll() is None

    loop.stdin.close()

    assert loop.wait(timeout=30) == 0
