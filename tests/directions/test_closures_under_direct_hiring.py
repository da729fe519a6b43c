"""Closures under direct hiring: small agencies that depend on one source close first."""

from __future__ import annotations

import numpy as np

from sim.declarations.state_codes import Stage
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise
from tests.directions.directions_town import CHANGE, START, town
from tests.directions.paired_runs import quarters_between

SEEDS = 40


def gone_by_group(levers: dict[str, object]) -> tuple[float, float]:
    """Share of agencies closed three years after the change: of the small with one source, and of the others."""
    compiled = CompiledScenario.of(town({}, levers, {}))
    change = quarters_between(START, CHANGE)
    gone: tuple[list[bool], list[bool]] = ([], [])
    for seed in range(SEEDS):
        record = RunResult(compiled, seed, initialise(compiled, seed))
        record.run_to(change)
        used = int(record.world.clock[0].agencies)
        before = record.world.agencies[:used].copy()
        record.run_to(change + 12)
        active = before.stage == Stage.ACTIVE
        small = (before.staff <= np.median(before.staff[active])) & (before.sources <= 1)
        closed = record.world.agencies.stage[:used] != Stage.ACTIVE
        gone[0].extend(closed[active & small])
        gone[1].extend(closed[active & ~small])
    return float(np.mean(gone[0])), float(np.mean(gone[1]))


def test_small_agencies_with_one_source_close_first():
    small, others = gone_by_group({"procurement.shares.direct_hiring": 0.6})
    small_before, others_before = gone_by_group({})
    assert small > small_before
    assert small > 1.5 * others
    assert small - small_before > others - others_before
