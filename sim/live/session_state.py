"""Session state: a held setting, and how far the newest wish is."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declarations.input_issues import Problem
from sim.live.wish import Wish


@dataclass(frozen=True)
class Held:
    """A setting that is kept to compare others with."""

    name: str
    wish: Wish


@dataclass(frozen=True)
class Progress:
    """How far the newest wish is.

    Attributes
    ----------
    done, failed, wanted : int
        Replications.
    problems : tuple of Problem
        Why the wish cannot be run; the runs of the wish before it are still there.
    failures : tuple of str
        What ended replications, each error once.
    is_ready, is_compiling : bool
        Whether there is a worker, and whether the rules are being compiled for it.
    lost : str
        Why there will be none, in words.
    """

    done: int
    failed: int
    wanted: int
    problems: tuple[Problem, ...]
    failures: tuple[str, ...]
    is_ready: bool
    is_compiling: bool
    lost: str

    @property
    def is_complete(self) -> bool:
        """Whether nothing more will come of the wish."""
        return bool(self.problems or self.lost) or self.done + self.failed >= self.wanted
