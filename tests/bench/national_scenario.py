"""Seconds, most agencies, memory and cost per agency and quarter of `national`; a process of its own.

Run by `make bench`.  The last number is the cost against that of Beijing, measured in the same process.
"""

from __future__ import annotations

import resource
import time

from sim import CompiledScenario, load_scenario, simulate
from sim.run import RunResult


def cost(name: str, times: int) -> tuple[float, float, float]:
    """Seconds and most agencies of the fastest run, and its microseconds per agency and quarter; series only."""
    compiled = CompiledScenario.of(load_scenario(name).scenario)
    runs = []
    record: RunResult | None = None
    for seed in range(times):
        began = time.perf_counter()
        record = simulate(compiled, seed, reuse=record, detailed=False)
        seconds = time.perf_counter() - began
        agencies = record.world.sector["agencies"]
        runs.append((seconds, float(agencies.max()), seconds / float(agencies.sum()) * 1e6))
    return min(runs, key=lambda run: run[2])


if __name__ == "__main__":
    city = cost("beijing-2010", 50)
    # Both are the fastest of several runs, in memory that an earlier one has had: other work on a machine slows some.
    country = cost("national", 5)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(country[0], country[1], memory, country[2], country[2] / city[2])
