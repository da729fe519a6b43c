"""Foundations' calls: an application counts and not size, so that small agencies get more of what is given."""

import numpy as np

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from tests.directions.directions_town import merged, town
from tests.directions.paired_runs import T_95
from tests.directions.reserve_and_lending_directions import donors

SEEDS = 40
SMALL = 5
"""Persons."""


def gifts_to_small(calls, size):
    """Share of donations that small agencies get, over the mean share of small agencies; shape (seeds,)."""
    world = merged(donors(pool=3_000_000), donors(calls=calls))
    compiled = CompiledScenario.of(town(world, {}, {"giving": {"size": size}}))
    found = []
    for seed in range(SEEDS):
        rows = simulate(compiled, seed).tables()["agencies"].to_pandas()
        rows = rows[(rows["quarter"].astype(str) >= "2013-Q1") & (rows["staff"] > 0)]
        small = rows["staff"] < SMALL
        found.append(rows.loc[small, "income_donations"].sum() / rows["income_donations"].sum() / small.mean())
    return np.array(found)


def test_small_agencies_get_more_where_donors_call():
    """Measured where gifts are in proportion to people, so that nothing but the call favours small agencies."""
    gap = gifts_to_small(0.5, 1.0) - gifts_to_small(0.0, 1.0)
    assert gap.mean() > T_95 * gap.std(ddof=1) / np.sqrt(SEEDS)
