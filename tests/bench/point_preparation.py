"""Milliseconds to make a point of a sweep ready to run: the quick way of points that change numbers, and the full way.

    python -m tests.bench.point_preparation

Times are of the processor, medians, so that other work on the machine counts little.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

AXES: dict[str, tuple[str, dict[str, object]]] = {
    "a parameter of the rules": ("beijing-2010", {"path": "rules.strategy.drive", "values": [0, 0.5, 1]}),
    "a lever of all governments": ("beijing-2010", {"lever": "contract.term", "values": [2, 3, 4]}),
    "the date of a policy": ("beijing-2010", {"path": "policies.0.at", "values": ["2011-Q1", "2012-Q1", "2012-Q3"]}),
    "what a policy sets": ("beijing-2010", {"path": "policies.1.set.procurement.growth", "values": [0.0, 0.1]}),
    "what one of many policies sets": ("blind-panels", {"path": "policies.2.set.contract.term", "values": [2, 12]}),
    "a number of a city": ("beijing-2010", {"path": "cities.*.donors.pool", "values": [1_000_000, 2_000_000]}),
    "a number of all districts": ("beijing-2010", {"path": "cities.*.districts.*.wealth", "values": [0.5, 0.7]}),
    "a number of all colleges": ("beijing-2010", {"path": "colleges.*.supervision", "values": [2, 5]}),
    "a number of all agencies": ("beijing-2010", {"path": "agencies.*.cash", "values": [50_000, 90_000]}),
}
"""Scenario and axis of each kind of point."""


def milliseconds(make: Callable[[], object], times: int) -> float:
    """Median processor time of a call."""
    found = []
    for _ in range(times):
        began = time.process_time()
        make()
        found.append(time.process_time() - began)
    return statistics.median(found) * 1e3


def point_costs(scenario: str, axis: dict[str, object]) -> tuple[float, float]:
    """Milliseconds of a point made ready the quick way, and the full way."""
    from sim.experiment.design.checked_design import checked
    from sim.experiment.design.experiment_loading import experiment_from_values
    from sim.model.setup.compiled_scenario import CompiledScenario

    values = {"title": "Bench", "scenarios": [scenario], "axes": {"axis": axis}, "replications": 1}
    design = experiment_from_values(values)
    row = design.row(design.table(), 1)
    design.compiled(row)
    full = milliseconds(lambda: CompiledScenario.of(checked(design.values(row))[0]), 60)
    return milliseconds(lambda: design.compiled(row), 300), full


def main() -> None:
    """Print one line a kind of axis."""
    for what, (scenario, axis) in AXES.items():
        quick, full = point_costs(scenario, axis)
        aim = f"at most 1 ms; the full way {full:.2f} ms"
        print(f"{f'a point ready, {what}':<58} {f'{quick:.2f} ms':>16}   {aim}", flush=True)


if __name__ == "__main__":
    main()
