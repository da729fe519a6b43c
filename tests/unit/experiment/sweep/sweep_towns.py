"""Small experiments for tests, and designs in which some points go wrong; workers import them by name."""

import os
import signal
import time
from dataclasses import dataclass, field

from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_loading import experiment_from_values

ERROR, KILL, HANG, KILL_ONCE = "error", "kill", "hang", "kill once"


def town(points=4, replications=6, quarters=3, **more):
    """An experiment of Beijing over a few quarters: a fraction of a millisecond a run."""
    values = {
        "title": "A little experiment",
        "scenarios": ["beijing-2010"],
        "quarters": quarters,
        "axes": {"drive": {"path": "rules.strategy.drive", "low": 0.0, "high": 1.0, "steps": points}},
        "replications": replications,
        "outcomes": ["agencies", "closures"],
        "keep": {"series": ["agencies", "unmet_need"]},
    }
    return experiment_from_values(values | more)


@dataclass(frozen=True)
class Faulty(Design):
    """A design in which the runs of some points raise an error, kill their process, or never end."""

    faults: dict = field(default_factory=dict)
    marks: str = ""

    def compiled(self, row):
        fault = self.faults.get(row["point"])
        if fault == ERROR:
            raise ZeroDivisionError(f"point {row['point']} cannot be")
        if fault == HANG:
            time.sleep(60)
        if fault == KILL or (fault == KILL_ONCE and self.first_time(row["point"])):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().compiled(row)

    def first_time(self, point):
        mark = os.path.join(self.marks, str(point))
        if os.path.exists(mark):
            return False
        open(mark, "w").close()
        return True


def faulty(design, faults, marks=""):
    return Faulty(design.file, design.bases, design.axes, design.sources, design.notes, faults, str(marks))
