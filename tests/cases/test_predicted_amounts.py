"""Amounts that checks predict are those that runs plan, whatever policies meet, dates before the start among them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise
from sim.scenario import Scenario, make_scenario
from sim.scenario.checks.amount_checks import planned_budget, price_amounts
from sim.scenario.checks.grown_amount import year_starts
from sim.scenario.checks.lever_timeline import lever_timeline
from sim.scenario.checks.purchasing_channel_checks import purchasers
from tests.support.busy_town import BUSY
from tests.support.policy_strategies import consistent, entries
from tests.support.value_strategies import DISTRICT_LEVERS, Values

QUARTERS = 20
BEFORE = 10
"""Quarters before the start in which policies may have dates."""
KEYS = (
    "procurement.budget",
    "procurement.budget_factor",
    "procurement.growth",
    "contract.value",
    "contract.price_growth",
    "contract.term",
)
PLACES = (None, "cities", "districts", "East", "West", "Anping", ["East", "Anping"])
ORDER = {"Anping": 0, "East": 1, "West": 2}
"""Rows of the governments."""
TOWN = {name: value for name, value in BUSY.items() if name not in ("agencies", "generated", "sponsors")}


def a_value(leaf: Any) -> st.SearchStrategy[Any]:
    """Values far enough within the bounds that nothing grows too large."""
    low, high = {
        "procurement.budget": (0, 50_000_000),
        "procurement.budget_factor": (0, 3),
        "procurement.growth": (-0.5, 0.5),
        "contract.value": (50_000, 500_000),
        "contract.price_growth": (-0.2, 0.3),
        "contract.term": (1, 40),
    }[leaf.key]
    return st.integers(low, high) if leaf.key in ("procurement.budget", "contract.term") else st.floats(low, high)


def planned(scenario: Scenario) -> list[Any]:
    """Governments in every quarter of a run."""
    compiled = CompiledScenario.of(scenario, QUARTERS)
    record = RunResult(compiled, 1, initialise(compiled, 1))
    found = []
    for quarter in range(1, QUARTERS + 1):
        record.run_to(quarter)
        found.append(record.world.governments.copy())
    return found


def check(scenario: Scenario) -> None:
    """Compare every prediction with the run."""
    found = planned(scenario)
    years = year_starts(scenario.start, QUARTERS)
    for purchasing in purchasers(scenario):
        rows = [rows[ORDER[purchasing.name.split("/")[-1]]] for rows in found]
        budgets = np.array(planned_budget(scenario, purchasing, QUARTERS).amounts)
        real = np.array([row.grown_budget * row.procurement_budget_factor / 100 for row in rows])
        assert np.allclose(budgets[years], real[years], rtol=1e-9, atol=1e-6), purchasing.name
        amount = next(one for one in price_amounts(scenario, purchasing, QUARTERS) if "contract.value" in one.words)
        prices = np.array([row.contract_value * row.price_index / 100 for row in rows])
        assert np.allclose(amount.amounts, prices, rtol=1e-9), purchasing.name
        terms = np.array(lever_timeline(scenario, purchasing, "contract.term", QUARTERS).values)
        assert np.abs(terms - [row.contract_term for row in rows]).max() <= 0.5  # ramps of whole numbers are rounded


@settings(max_examples=60)
@given(st.data())
def test_predicted_amounts_are_those_of_runs(data):
    season = data.draw(st.integers(1, 4))
    start = Quarter(2010, season)
    known = {key: DISTRICT_LEVERS[key] for key in KEYS}
    one = entries(known, a_value, (start, -BEFORE, QUARTERS - 1), triggers=False)
    drawn: list[Values] = []
    for policy in data.draw(st.lists(one, min_size=1, max_size=7)):
        place = data.draw(st.sampled_from(PLACES))
        drawn.append(policy | ({} if place is None else {"in": place}))
    values = TOWN | {"start": str(start), "quarters": QUARTERS, "dates_outside_run": True}
    check(make_scenario(values | {"policies": consistent(drawn, start, QUARTERS)}))
