"""Milliseconds to make a point of a sweep ready to run: the quick way of rules, levers and policies, and the full way.

Run as `python tests/bench/point_preparation.py`.  Times are of the processor, medians, so that other work on the
machine counts little.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

AXES = {
    "a parameter of the rules": {"path": "rules.strategy.drive", "values": [0, 0.5, 1]},
    "a lever of all governments": {"lever": "contract.term", "values": [2, 3, 4]},
    "the date of a policy": {"path": "policies.0.at", "values": ["2011-Q1", "2012-Q1", "2012-Q3"]},
}


def milliseconds(make: Callable[[], object], times: int) -> float:
    """Median processor time of a call."""
    found = []
    for _ in range(times):
        began = time.process_time()
        make()
        found.append(time.process_time() - began)
    return statistics.median(found) * 1e3


def point_costs(axis: dict[str, object]) -> tuple[float, float]:
    """Milliseconds of a point of `beijing-2010` made ready the quick way, and the full way."""
    from sim.experiment.design import experiment_from_values
    from sim.experiment.design.checked_design import checked
    from sim.model.setup.compiled_scenario import CompiledScenario

    values = {"title": "Bench", "scenarios": ["beijing-2010"], "axes": {"axis": axis}, "replications": 1}
    design = experiment_from_values(values)
    row = design.row(design.table(), 1)
    design.compiled(row)
    full = milliseconds(lambda: CompiledScenario.of(checked(design.values(row))[0]), 60)
    return milliseconds(lambda: design.compiled(row), 300), full


def main() -> None:
    """Print one line a kind of axis."""
    for what, axis in AXES.items():
        quick, full = point_costs(axis)
        print(f"a point ready, {what:<28} {quick:6.2f} ms   aim 1 ms; the full way {full:.2f} ms", flush=True)


if __name__ == "__main__":
    main()
