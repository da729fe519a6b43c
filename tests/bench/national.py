"""Seconds, most agencies, memory and cost per agency and quarter of `national`; a process of its own.

Run by `make bench`.  The last number is the cost against that of Beijing, measured in the same process.
"""

from __future__ import annotations

import resource
import time

from sim import Blueprint, load_scenario, simulate
from sim.record import Record


def cost(name: str, times: int) -> tuple[float, float, float]:
    """Seconds of the fastest run, most agencies, microseconds per agency and quarter; series only."""
    blueprint = Blueprint.of(load_scenario(name).scenario)
    best = float("inf")
    record: Record | None = None
    for seed in range(times):
        began = time.perf_counter()
        record = simulate(blueprint, seed, reuse=record, detailed=False)
        best = min(best, time.perf_counter() - began)
    assert record is not None
    agencies = record.world.sector["agencies"]
    return best, float(agencies.max()), best / float(agencies.sum()) * 1e6


if __name__ == "__main__":
    city = cost("beijing-2010", 50)
    # The first run would load the compiled code; Beijing has.
    country = cost("national", 1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(country[0], country[1], memory, country[2], country[2] / city[2])
