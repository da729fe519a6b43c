"""The compiled rules against the same model as plain Mesa objects: time of a run, and the ratio.

Both run the shipped base scenario, with the same seeds; `tests/oracle/test_oracle.py` checks that they do the same
work.  The compiled rules also watch the whole sector and keep every agency's record each quarter, which the oracle
does not.  Oracle and rules take turns, so that a busy machine slows both.

Run with ``python -m tests.bench.oracle_ratio``.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import load_scenario
from tests.oracle.oracle_model import Sector

SCENARIO = "beijing-2010"
QUARTERS = 60
SEEDS = range(1, 8)
REPEATS = 5
"""Compiled runs of each seed, of which the median counts; one takes but milliseconds."""


def seconds(work: Callable[[], object]) -> float:
    """Time that some work takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def run_oracle(compiled: CompiledScenario, seed: int) -> Sector:
    """One run of the plain model."""
    sector = Sector(compiled, seed)
    for _ in range(compiled.quarters):
        sector.step()
    return sector


def main() -> None:
    """Print median time per run of both, and the median ratio."""
    compiled = CompiledScenario.of(load_scenario(SCENARIO).scenario, QUARTERS)
    record: RunResult = simulate(compiled, seed=0)  # compiles the rules, and gives the arrays that are used again
    plain, fast_times, agencies = [], [], []
    for seed in SEEDS:
        fast_times.append(median(seconds(lambda s=seed: simulate(compiled, s, reuse=record)) for _ in range(REPEATS)))
        plain.append(seconds(lambda s=seed: agencies.append(len(run_oracle(compiled, s).agencies))))
    ratio = median(slow / fast for slow, fast in zip(plain, fast_times, strict=True))
    print(f"{SCENARIO}, {QUARTERS} quarters, {median(agencies):.0f} agencies over a run, {len(SEEDS)} seeds")
    print(f"{'plain Mesa objects':<22}{median(plain) * 1e3:>10.1f} ms")
    print(f"{'compiled rules':<22}{median(fast_times) * 1e3:>10.1f} ms")
    print(f"{'ratio':<22}{ratio:>10.0f} times")


if __name__ == "__main__":
    main()
