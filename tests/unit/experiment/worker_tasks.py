"""Tasks for worker processes, which import them by name."""

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.execute.chunk_job import load_rules


class UnportableError(Exception):
    """Cannot be rebuilt from its arguments, so it does not survive pickling."""

    def __init__(self, first, second):
        super().__init__("lost on the way")


def square(number):
    return number * number


def who(_):
    time.sleep(0.05)
    return os.getpid()


def fail(number):
    if number == 2:
        raise ValueError("two is not allowed")
    return number


def fail_unportably(_):
    raise UnportableError(1, 2)


@dataclass(frozen=True)
class Killer:
    """Dies of chunk 3: always, or only as long as `folder` holds fewer than `times` marks."""

    folder: Path
    times: int

    def __call__(self, number):
        marks = len(list(self.folder.iterdir()))
        if number == 3 and marks < self.times:
            (self.folder / str(marks)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number


def note_and_sleep(folder):
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


def readiness(_):
    """Whether this process was born with the rules, and with pandas."""
    return load_rules.cache_info().currsize == 1, "pandas" in sys.modules
