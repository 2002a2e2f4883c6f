"""What must happen by itself: each app registers its jobs here, and `manage.py run_due` runs those that are due.

An app declares its jobs in its module `jobs`, which `run_due` imports:

    @job(every=timedelta(minutes=1))
    def send_waiting_messages() -> None: ...
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from portal.due_runs import DueRun

logger = logging.getLogger(__name__)

JobFunction = TypeVar("JobFunction", bound=Callable[[], object])

# A process killed in the middle of a job leaves its lock behind; after this long another may take the job over.
DEFAULT_LEASE = timedelta(minutes=15)


@dataclass(frozen=True)
class Job:
    """A function called again and again: every `every` at most, and held by one process for `lease` at most."""

    name: str
    function: Callable[[], object]
    every: timedelta
    lease: timedelta = DEFAULT_LEASE


_jobs: dict[str, Job] = {}


def job(*, every: timedelta, lease: timedelta = DEFAULT_LEASE) -> Callable[[JobFunction], JobFunction]:
    """Return a decorator that registers a function without arguments under the name of its module and its own."""

    def register(function: JobFunction) -> JobFunction:
        name = f"{function.__module__}.{function.__qualname__}"
        _jobs[name] = Job(name, function, every, lease)
        return function

    return register


def registered_jobs() -> list[Job]:
    """Return every job of the installed apps, by name."""
    autodiscover_modules("jobs")
    return [_jobs[name] for name in sorted(_jobs)]


def run_due(jobs: Iterable[Job] | None = None) -> list[tuple[str, bool]]:
    """Run what is due among `jobs` (all of them by default) and return (name, went well) for each that ran here.

    A job that fails is logged by name and tried again when next due; the others run all the same.
    """
    ran = []
    for due_job in registered_jobs() if jobs is None else jobs:
        try:
            started = _claim(due_job)
            if started is not None:
                ran.append((due_job.name, _run(due_job, started)))
        except Exception:
            # The database itself may be away: the next turn tries again.
            logger.exception("job %s could not be started or closed", due_job.name)
        # A job may leave a connection that no longer answers. A caller's own transaction is not ours to end.
        if not connection.in_atomic_block:
            close_old_connections()
    return ran


def _claim(due_job: Job) -> datetime | None:
    """Take the job for this process. Returns the instant that identifies the claim, or None: not due, or taken.

    One conditional UPDATE decides, so that two processes asking at the same moment cannot both win.
    """
    now = timezone.now()
    DueRun.objects.get_or_create(name=due_job.name)
    due = Q(last_started=None) | Q(last_started__lte=now - due_job.every)
    free = Q(locked_until=None) | Q(locked_until__lte=now)
    claimed = DueRun.objects.filter(due, free, name=due_job.name).update(
        last_started=now, locked_until=now + due_job.lease
    )
    return now if claimed else None


def _run(due_job: Job, started: datetime) -> bool:
    """Call the job's function and free its lock, unless the lease ran out and another process holds it by now."""
    error = ""
    try:
        due_job.function()
    except Exception as exception:
        logger.exception("job %s failed", due_job.name)
        # The message may hold an address or a name: only the log, which has its own retention, keeps it.
        error = type(exception).__name__
    DueRun.objects.filter(name=due_job.name, last_started=started).update(
        last_finished=timezone.now(), locked_until=None, last_error=error
    )
    return not error
