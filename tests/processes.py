"""Work in a process of its own."""

import os
from collections.abc import Callable


def fork(work: Callable[[], object]) -> int:
    """Run `work` in a forked process and return its number; whoever calls closes the database's connections first."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child
