"""Kept runs: what has come of each setting so far, so that one that was looked at a moment ago is there at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from sim.live.run_values import RunValues
from sim.live.wish import Wish
from sim.live.worker_messages import Begun, RunDone

_KEPT = 16
"""Settings that are kept beside those that are held."""


@dataclass
class SettingRuns:
    """What has come of one setting.

    Attributes
    ----------
    wish : Wish
        The setting, with one replication: how many are wanted is not part of it.
    begun : Begun, optional
        Title, calendar and policies; None until the first run is done.
    runs : dict of int to RunDone
        By replication.
    failures : dict of int to str
        Replication -> the error that ended it.
    """

    wish: Wish
    begun: Begun | None = None
    runs: dict[int, RunDone] = field(default_factory=dict)
    failures: dict[int, str] = field(default_factory=dict)

    def missing(self, replications: int) -> list[int]:
        """Replications that are neither done nor failed."""
        return [r for r in range(replications) if r not in self.runs and r not in self.failures]

    def values(self, replications: int) -> RunValues | None:
        """Outcomes of the first replications, as far as they are done; None where none is."""
        done = sorted(r for r in self.runs if r < replications)
        if not done or self.begun is None:
            return None
        runs = [self.runs[r] for r in done]
        values = np.stack([run.values for run in runs])
        return RunValues(self.begun.start, tuple(done), tuple(run.seed for run in runs), values)


class KeptRuns:
    """The newest settings with their runs."""

    def __init__(self) -> None:
        self._settings: OrderedDict[int, SettingRuns] = OrderedDict()
        self._next = 0

    def of(self, wish: Wish, held: Iterable[Wish] = ()) -> SettingRuns:
        """What has come of a wish; a new entry where nothing has.

        Parameters
        ----------
        wish : Wish
            Which; its number of replications does not matter.
        held : iterable of Wish
            Settings that must not be dropped.
        """
        key = replace(wish, replications=1)
        for number, setting in self._settings.items():
            if setting.wish == key:
                self._settings.move_to_end(number)
                return setting
        self._next += 1
        found = self._settings[self._next] = SettingRuns(key)
        kept = [replace(one, replications=1) for one in held]
        spare = [number for number, setting in self._settings.items() if setting.wish not in kept]
        for number in spare[: max(0, len(spare) - _KEPT)]:
            del self._settings[number]
        return found

    def forget(self, scenario: str) -> None:
        """Drop what has come of settings of a scenario."""
        self._settings = OrderedDict((n, one) for n, one in self._settings.items() if one.wish.scenario != scenario)
