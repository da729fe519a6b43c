"""Every table of a run is the one that the oracle makes: words, names, amounts, persons and parties, cell by cell.

`test_oracle` compares state; this compares what users read, with names and ids made from the scenario's entries alone.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sim.scenario import make_scenario
from tests.oracle.table_comparison import compare_tables
from tests.support.extreme_scenarios import EDGES, extreme_scenarios
from tests.support.oracle_town import town_scenario
from tests.support.oracle_variants import VARIANTS
from tests.support.scenario_strategies import scenarios, seeds

RICH = ("all channels", "graded, barred and handed over", "when it comes to that", "dormant and revived")
"""Towns in which most events, kinds of money and triggers occur."""

UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.parametrize("name", EDGES)
def test_tables_at_the_edges(name: str):
    compare_tables(town_scenario(EDGES[name]), seed=11)


@pytest.mark.parametrize("name", RICH)
def test_tables_of_rich_towns(name: str):
    compare_tables(town_scenario({**VARIANTS[name], "quarters": 10}), seed=7)


# Shrinking would take longer than the whole test; the campaign below shrinks what it finds.
@settings(max_examples=25, derandomize=True, suppress_health_check=UNHURRIED, phases=(Phase.explicit, Phase.generate))
@given(extreme_scenarios(), seeds)
def test_tables_of_extreme_worlds(values: dict[str, Any], seed: int):
    compare_tables(make_scenario(values), seed)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=300, suppress_health_check=UNHURRIED)
@given(extreme_scenarios() | scenarios(quarters=(2, 12)), seeds)
def test_tables_of_many_worlds(values: dict[str, Any], seed: int):
    compare_tables(make_scenario(values), seed)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", VARIANTS)
def test_tables_of_all_variants(name: str):
    compare_tables(town_scenario(VARIANTS[name]), seed=3)
