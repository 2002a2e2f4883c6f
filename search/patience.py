"""Work that may find the database busy with somebody else's write: on SQLite, one writes at a time."""

import logging
import time
from collections.abc import Callable
from traceback import clear_frames
from typing import ParamSpec, TypeVar

from django.db import OperationalError

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
# Seconds before each other try. A try waits by itself, except where somebody wrote since its first reading.
PAUSES = (0.5, 1, 2, 4, 8, 15, 30)


def patiently(work: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Do what may be done twice, again while the database is locked; raises what other errors it raises."""
    for pause in PAUSES:
        try:
            return work(*arguments, **named)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            logger.info("The database is busy: another try in %s s", pause)
            # A reading that was interrupted would keep the connection in the past: every other try would fail at once.
            clear_frames(error.__traceback__)
            time.sleep(pause)
    return work(*arguments, **named)
