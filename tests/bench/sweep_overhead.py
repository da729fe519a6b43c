"""Sweeps: what a run costs more than itself, what a second worker brings, memory, plans, and what pairing saves."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

GRID = {
    "title": "Bench",
    "scenarios": ["beijing-2010"],
    "axes": {"drive": {"path": "rules.strategy.drive", "low": 0.0, "high": 1.0, "steps": 10}},
}
POINTS = 4
"""Points in a chunk; each costs a scenario and a compiled scenario."""
TIMED = """
import resource, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from sim import Experiment

if __name__ == "__main__":
    experiment = Experiment.of({values!r}, "bench")
    began = time.perf_counter()
    experiment.run(Path(sys.argv[1]), workers=int(sys.argv[2]))
    spent = time.perf_counter() - began
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
"""


def say(what: str, figure: str, aim: str = "") -> None:
    """Print one line of the report."""
    print(f"{what:<68} {figure:>16}   {aim}", flush=True)


def timed(folder: Path, replications: int, workers: int) -> tuple[float, float]:
    """Seconds of a sweep of ten points, and megabytes of the process that conducts it."""
    script, out = folder / "timed.py", folder / f"{replications}-{workers}-{time.monotonic_ns()}"
    script.write_text(TIMED.format(root=str(ROOT), values=GRID | {"replications": replications}))
    command = [sys.executable, str(script), str(out), str(workers)]
    row = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
    shutil.rmtree(out)
    return float(row[0]), float(row[1])


class Clocked:
    """A function whose time is taken; all times together are in `spent`."""

    spent = 0.0

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def __call__(self, *args: object, **named: object) -> Any:
        """Call it."""
        began = time.perf_counter()
        try:
            return self.function(*args, **named)
        finally:
            Clocked.spent += time.perf_counter() - began


def bench_overhead(folder: Path) -> None:
    """What a chunk, as sweeps of ten thousand runs have them, does beside beginning its runs and running them.

    The runs' own time is taken inside the chunk: beside that of the same runs elsewhere, the noise of a machine is
    many times as much as what is sought.
    """

    from sim import run as record
    from sim.experiment.design.experiment_loading import experiment_from_values
    from sim.experiment.execute.chunk_job import Assignment, Job
    from sim.experiment.execute.pilot_estimate import USUAL_WORK
    from sim.experiment.store.batches import Chunk, chunk_size
    from sim.experiment.store.results_folder import ResultsFolder

    design = experiment_from_values(GRID | {"replications": 1000})
    points = design.table()
    job = Job(design, ResultsFolder(folder / "overhead"))
    each = chunk_size(10_000, USUAL_WORK) // POINTS
    runs = tuple((point, r) for point in range(POINTS) for r in range(each))
    begin, run_to = Clocked(record.initialise), Clocked(record.RunResult.run_to)
    more = []
    with (
        mock.patch.object(record, "initialise", begin),
        mock.patch.object(record.RunResult, "run_to", lambda self, end: run_to(self, end)),
    ):
        for number in range(11):
            given = Assignment.of(Chunk(number, runs), points)
            Clocked.spent = 0.0
            began = time.perf_counter()
            job(given)
            more.append((time.perf_counter() - began - Clocked.spent) / len(runs))
    say(
        f"sweep, a run above the run itself ({len(runs)} in a chunk)",
        f"{statistics.median(more) * 1e3:.2f} ms",
        "at most 0.3 ms",
    )


def bench_workers(folder: Path) -> None:
    """One worker and two in turn; then ten thousand runs."""
    ratios = []
    for _ in range(3):
        one, two = timed(folder, 100, 1)[0], timed(folder, 100, 2)[0]
        ratios.append(one / two)
    say("sweep of 1 000 runs, one worker over two", f"{statistics.median(ratios):.2f} times", "at least 1.7")
    few = timed(folder, 10, 2)[1]
    spent, memory = timed(folder, 1000, 2)
    say("sweep of 10 000 runs of beijing-2010, 2 workers", f"{spent:.1f} s", "under 90 s")
    say("... memory of its parent, and of that of 100 runs", f"{memory:.0f} and {few:.0f} MB", "under 400 MB")


def bench_plan() -> None:
    """The plan of a million runs, start of the program included."""
    values = GRID | {
        "axes": {
            "drive": {"path": "rules.strategy.drive", "low": 0.0, "high": 1.0},
            "imitation": {"path": "rules.strategy.imitation", "low": 0.0, "high": 1.0},
        },
        "design": {"kind": "latin-hypercube", "points": 50_000},
        "replications": 20,
    }
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom sim import Experiment\n"
        f"if __name__ == '__main__': print(Experiment.of({values!r}).plan(2).runs)"
    )
    folder = Path(tempfile.mkdtemp())
    (folder / "plan.py").write_text(script)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, str(folder / "plan.py")], check=True, capture_output=True, cwd=ROOT)
        times.append(time.perf_counter() - began)
    shutil.rmtree(folder)
    say("plan of 1 000 000 runs", f"{statistics.median(times):.1f} s", "under 5 s")


def bench_pairing(folder: Path) -> None:
    """How many times fewer runs pairs need than independent seeds, for the effect of third-party assessment.

    Two runs with common random numbers diverge slowly, so the saving depends on how long after the policy's start
    (2013) one looks: the first ten years, and all fifteen.
    """
    from sim import Experiment
    from sim.experiment.results.comparison_results import Comparison

    for quarters in (40, 60):
        experiment = Experiment.comparison(
            "beijing-2010", ["third-party-assessment"], replications=1000, quarters=quarters
        )
        results = experiment.run(folder / f"pairs-{quarters}", workers=2)
        for measure, words in (("mean", "mean of"), ("year", "last of")):
            compared = Comparison.of(results, ["for_profit_share"], measure).table().iloc[0]
            half = (compared["ci_high"] - compared["ci_low"]) / 2
            say(
                f"pairs save, third party on for-profit share, {words} {quarters // 4} years",
                f"{compared['saving']:.1f} times",
                f"at least 10; effect {compared['difference']:+.4f} ± {half:.4f}",
            )


def main() -> None:
    """Run every benchmark of sweeps."""
    folder = Path(tempfile.mkdtemp())
    try:
        bench_overhead(folder)
        bench_workers(folder)
        bench_plan()
        bench_pairing(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
