"""Figures: `sim plot` on a sweep of ten thousand runs, and what pictures add to a comparison.

    python -m tests.bench.figure_speed [RUNS]

The sweep is computed once, short runs of one year each; figures are then drawn in processes of their own, as a user
draws them, with the most memory that a process had, and processor time beside wall time: a busy machine changes that
little.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
SIM = [sys.executable, "-m", "sim"]
SWEEP = {
    "title": "Bench",
    "scenarios": ["beijing-2010"],
    "quarters": 4,
    "axes": {
        "drive": {"path": "rules.strategy.drive", "low": 0.0, "high": 1.0},
        "delay": {"lever": "payment.delay", "low": 0.0, "high": 4.0},
    },
    "replications": 1,
    "outcomes": ["agencies", "closures"],
    "keep": {"series": ["agencies", "closures"]},
}
ONE_DRAWN = ("scenarios", "differences")
"""Kinds that show a few points of a sweep."""
COMPARED = ["beijing-2010", "late-payment", "open-calls", "--replications", "20"]


def say(what: str, figure: str, aim: str = "") -> None:
    """Print one line of the report."""
    print(f"{what:<68} {figure:>16}   {aim}", flush=True)


class Spent(NamedTuple):
    """What a command took: seconds by the clock, seconds of processors, and the memory in MB of its largest process."""

    wall: float
    processor: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.processor:.1f})"


def spent(command: list[str]) -> Spent:
    """Run a command."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3)


def bench_large_sweep(folder: Path, runs: int) -> None:
    """The usual figures of a large sweep, and those of a few of its points."""
    file, out = folder / "sweep.yaml", folder / "sweep"
    # What is written as JSON is YAML too.
    file.write_text(json.dumps(SWEEP | {"design": {"kind": "latin-hypercube", "points": runs}}))
    spent([*SIM, "sweep", str(file), "--out", str(out)])
    plot = [*SIM, "plot", str(out), "--overwrite", "--out", str(folder / "figures")]
    used = spent(plot)
    say(f"sim plot, a sweep of {runs:,} runs (processor)", str(used), f"under 5 s; {used.memory:.0f} MB")
    points = [part for point in (0, 1, runs - 1) for part in ("--point", str(point))]
    for kind in ONE_DRAWN:
        used = spent([*plot, "--kind", kind, *points])
        say(f"sim plot --kind {kind}, three points of it", str(used), f"under 5 s; {used.memory:.0f} MB")


def bench_comparison(folder: Path) -> None:
    """What pictures add to a comparison: the same command again, with nothing left to run, against its table alone."""
    out = folder / "comparison"
    whole, again = (spent([*SIM, "compare", *COMPARED, "--out", str(out)]) for _ in range(2))
    shown = spent([*SIM, "results", str(out)])
    say("sim compare, three scenarios and 20 replications (processor)", str(whole))
    figures = f"{again.wall - shown.wall:.1f} s ({again.processor - shown.processor:.1f})"
    say("the same with nothing left to run, beyond its table", figures, "at most 4 s")


def main(runs: int = 10_000) -> None:
    """Print how long figures take."""
    folder = Path(tempfile.mkdtemp())
    try:
        bench_comparison(folder)
        bench_large_sweep(folder, runs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
