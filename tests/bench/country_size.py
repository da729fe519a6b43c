"""Print microseconds per agency and quarter, and peak memory in MB, for a country of so many cities.

Run as ``python country_size.py CITIES DETAILED``; a process of its own, so that the peak is this country's.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generated_countries import country

from sim import CompiledScenario, simulate


def main() -> None:
    """Run one country, with tables where detail is asked for."""
    cities, detailed = int(sys.argv[1]), sys.argv[2] == "1"
    simulate(CompiledScenario.of(country(1, quarters=2)), 1).tables()
    compiled = CompiledScenario.of(country(cities))
    repeats = 10 if cities == 1 else 1
    record = None
    began = time.perf_counter()
    for seed in range(1, 1 + repeats):
        record = simulate(compiled, seed, reuse=record, detailed=detailed)
        simulated = record.sector["agencies"].sum()
        if detailed:
            record.tables()
    spent = (time.perf_counter() - began) / repeats
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent / simulated * 1e6:.3f} {peak:.0f}")


if __name__ == "__main__":
    main()
