"""Levels that pass, or are set again: what follows from levers alone, for every lever.

A pulse on a level leaves nothing behind, neighbouring values give neighbouring results, and a step to the same number
is a step: it starts the growth of a budget anew.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise, simulate
from sim.scenario import Scenario, load_scenario, make_scenario
from sim.scenario.parameters.parameter_spec import value_at
from tests.support.busy_town import BUSY
from tests.support.policy_strategies import consistent, entries
from tests.support.value_strategies import DISTRICT_LEVERS, LEVERS, Values, bounds, values_of

FOLDER = Path(__file__).parent / "passing_levels"
QUARTERS = 24
BUSY_TOWN = make_scenario(BUSY)
RATES = ("procurement.growth", "contract.price_growth")
"""Levers that say how fast others move: what a pulse on them added or withheld stays."""
PRICES = ("contract_value", "contract_hourly_price", "contract_post_price")
NUMBERS = sorted(key for key, leaf in LEVERS.items() if leaf.info.annotation is float)
LEVELS = sorted(LEVERS.keys() - {*RATES})
GROWTH = 1.3
"""Of the budgets of the busy town's districts, a year."""

Series = dict[str, np.ndarray[Any, Any]]


def from_levers(scenario: Scenario) -> Series:
    """Levers, grown budgets and prices by quarter and government: what follows from levers alone."""
    compiled = CompiledScenario.of(scenario)
    record = RunResult(compiled, 1, initialise(compiled, 1))
    quarters = []
    for quarter in range(1, compiled.quarters + 1):
        record.run_to(quarter)
        quarters.append(np.array(record.world.governments.view(np.ndarray)))
    rows = np.stack(quarters)
    names = [*(leaf.name for leaf in LEVERS.values()), "grown_budget"]
    prices = {f"present {name}": rows[name] * rows["price_index"] for name in PRICES}
    return {name: np.ascontiguousarray(rows[name]) for name in names} | prices


@functools.lru_cache(maxsize=16)
def busy_town(policies: str = "[]") -> Series:
    """The busy town under policies in JSON; most comparisons have one side in common."""
    return from_levers(make_scenario(BUSY | {"quarters": QUARTERS, "policies": json.loads(policies)}))


def under(*policies: Values) -> Series:
    return busy_town(json.dumps(policies)) if policies else busy_town()


def place_of(key: str) -> str:
    return "East" if key in DISTRICT_LEVERS else "Anping"


def present_value(key: str) -> Any:
    """What the busy town says at the start, in the unit of files."""
    city = BUSY_TOWN.cities["Anping"]
    levers = city.districts["East"].government if key in DISTRICT_LEVERS else city.government
    return value_at(levers, LEVERS[key].path)


def other_value(key: str) -> Any:
    """A value that differs from the present one."""
    leaf, present = LEVERS[key], present_value(key)
    if leaf.codes is not None:
        return next(member.label for member in leaf.codes if member.label != present)
    if leaf.info.annotation is bool:
        return not present
    low, high = bounds(leaf)
    return present + 1 if present + 1 <= high else max(low, present / 2)


def differing(one: Series, other: Series, from_: int = 0, to: int | None = None) -> list[str]:
    return [name for name in one if not np.array_equal(one[name][from_:to], other[name][from_:to])]


@pytest.mark.parametrize("key", LEVELS)
def test_a_pulse_on_a_level_leaves_nothing_behind(key):
    base = under()
    pulse = {"from": "2011-Q1", "to": "2012-Q4", "in": place_of(key), "set": {key: other_value(key)}}
    found = under(pulse)
    assert LEVERS[key].name in differing(base, found, 4, 12)
    assert not differing(base, found, 12)


@pytest.mark.parametrize("key", LEVELS)
def test_a_trigger_on_a_level_leaves_nothing_behind(key):
    """It is in force in every other quarter, and in none in which a year begins."""
    always = {"outcome": "agencies", "above": -1}
    base = under()
    found = under({"when": always, "until": always, "in": place_of(key), "set": {key: other_value(key)}})
    assert LEVERS[key].name in differing(base, found)
    assert not differing({n: v[::2] for n, v in base.items()}, {n: v[::2] for n, v in found.items()})
    assert np.array_equal(base["grown_budget"], found["grown_budget"])


@settings(max_examples=15)
@given(st.data())
def test_a_pulse_by_name_leaves_nothing_behind_whatever_it_hid(data):
    key = data.draw(st.sampled_from(sorted(DISTRICT_LEVERS.keys() - {*RATES})))
    when = (Quarter(2010, 1), 0, QUARTERS - 1)
    one = entries({key: DISTRICT_LEVERS[key]}, values_of, when, triggers=False)
    hidden = consistent([one | {"in": "districts"} for one in data.draw(st.lists(one, max_size=3))], when[0], QUARTERS)
    first = data.draw(st.integers(0, 3))
    pulse = {"from": str(Quarter(2010 + first, 1)), "for": data.draw(st.sampled_from([4, 8])), "in": "East"}
    pulse["set"] = {key: data.draw(values_of(DISTRICT_LEVERS[key]))}
    scenario = BUSY | {"quarters": QUARTERS, "policies": hidden}
    try:
        base = from_levers(make_scenario(scenario))
        found = from_levers(make_scenario(scenario | {"policies": [*hidden, pulse]}))
    except ValueError:  # values that contradict what the town has, such as shares of more than the whole
        return
    assert not differing(base, found, 4 * first + pulse["for"])
    assert not differing(base, found, 0, 4 * first)


@pytest.mark.parametrize("key", RATES)
def test_a_pulse_on_a_rate_leaves_what_it_added(key):
    base = under()
    found = under({"from": "2011-Q1", "to": "2012-Q4", "in": "districts", "set": {key: 0.0}})
    for name in ("grown_budget",) if key == "procurement.growth" else [f"present {name}" for name in PRICES]:
        ratio = base[name][12:, 1:] / found[name][12:, 1:]
        expected = GROWTH**2 if key == "procurement.growth" else (1 + present_value(key)) ** 2
        assert np.allclose(ratio, expected, rtol=1e-12)


@pytest.mark.parametrize("how", ["step", "pulse", "ramp"])
@pytest.mark.parametrize("key", NUMBERS)
def test_neighbouring_values_give_neighbouring_results(key, how):
    present, (low, high) = present_value(key), bounds(LEVERS[key])
    dates = {"step": {"at": "2012-Q1"}}.get(how, {"from": "2012-Q1", "to": "2013-Q4"})
    found = [
        under(dates | {"in": place_of(key), "ramp" if how == "ramp" else "set": {key: min(max(value, low), high)}})
        for value in (present * (1 - 1e-9), present, present * (1 + 1e-9))
    ]
    for other in (found[0], found[2]):
        for name, values in found[1].items():
            assert np.allclose(values, other[name], rtol=1e-6, atol=1e-9), name


@pytest.mark.parametrize("at", ["2011-Q1", "2012-Q1", "2013-Q1"])
def test_a_step_to_the_same_number_starts_growth_anew(at):
    base = under()["grown_budget"][:, 1]
    first = 4 * (int(at[:4]) - 2010)
    found = under({"at": at, "in": "East", "set": {"procurement.budget": 2_000_000}})["grown_budget"][:, 1]
    assert np.array_equal(found[:first], base[:first])
    assert np.array_equal(found[first:], base[: QUARTERS - first])


def test_a_budget_grows_from_the_first_year_that_it_sets():
    found = under({"at": "2011-Q3", "in": "East", "set": {"procurement.budget": 2_000_000}})["grown_budget"][:, 1]
    expected = [2e8, 2e8 * GROWTH, 2e8, 2e8 * GROWTH, 2e8 * GROWTH**2, 2e8 * GROWTH**3]
    assert np.allclose(found[::4], expected)


def test_a_ramp_goes_from_the_grown_budget_to_the_one_it_reaches():
    ramp = {"from": "2011-Q1", "to": "2013-Q1", "in": "East", "ramp": {"procurement.budget": 3_000_000}}
    found = under(ramp)["grown_budget"][::4, 1]
    start = 2e8 * GROWTH
    assert np.allclose(found, [2e8, start, (start + 3e8) / 2, 3e8, 3e8 * GROWTH, 3e8 * GROWTH**2])


def test_a_step_under_a_pulse_grows_from_its_own_quarter():
    step = {"at": "2012-Q1", "in": "districts", "set": {"procurement.budget": 1_000_000}}
    pulse = {"from": "2011-Q1", "to": "2013-Q4", "in": "East", "set": {"procurement.budget": 5_000_000}}
    found = under(step, pulse)["grown_budget"][::4, 1]
    grown = [5e8 * GROWTH**n for n in range(3)]
    assert np.allclose(found, [2e8, *grown, 1e8 * GROWTH**2, 1e8 * GROWTH**3])


def test_a_ceiling_that_passes_leaves_nothing_behind_in_ramps_that_began_meanwhile():
    ceiling = {"at": "2010-Q1", "in": "East", "set": {"procurement.ceiling": 30}}
    ramp = {"from": "2011-Q3", "to": "2014-Q1", "in": "East", "ramp": {"procurement.budget": 5_000_000}}
    pulse = {"from": "2011-Q1", "to": "2011-Q4", "in": "East", "set": {"procurement.ceiling": 21}}
    base, found = under(ceiling, ramp), under(ceiling, ramp, pulse)
    assert base["grown_budget"][4, 1] > found["grown_budget"][4, 1]
    assert not differing(base, found, 8)
    assert not differing(base, found, 0, 4)


def test_a_ceiling_that_is_lifted_leaves_the_budget_that_would_have_been():
    lifted = {"from": "2010-Q1", "to": "2011-Q4", "in": "East", "set": {"procurement.ceiling": 21}}
    found = under(lifted)["grown_budget"][::4, 1]
    assert found[1] < 2e8 * GROWTH
    assert np.allclose(found[2:], [2e8 * GROWTH**n for n in range(2, 6)])


# --- The files that users of the program tried -----------------------------------------------------------------


def budgets(name: str, **changes: Any) -> list[float]:
    """Budgets of the sector in the first quarters of years, CNY."""
    values = {"extends": str(FOLDER / name), **changes}
    record = simulate(CompiledScenario.of(make_scenario(values)), 3)
    return [float(value) for value in record.tables()["sector"]["budget"].to_pylist()[::4]]


def test_after_a_boost_the_budget_is_what_it_would_be():
    plain, boosted = budgets("noboost.yaml"), budgets("pulse.yaml")
    assert boosted[2] > plain[2]
    assert boosted[4:] == pytest.approx(plain[4:], rel=0.1)


def test_a_lower_budget_does_not_depend_on_the_one_at_the_start():
    found = {
        level: budgets(
            "town.yaml",
            policies=[
                {"name": "back", "at": "2014-Q1", "in": "East"}
                | {"set": {"procurement.budget": level, "procurement.growth": 0}}
            ],
        )[4]
        for level in (500_000, 599_999, 600_000, 600_001, 700_000)
    }
    ratios = [found[level] / level for level in found]
    assert ratios == pytest.approx([ratios[0]] * len(ratios), rel=1e-3)


def test_the_files_are_valid():
    for name in ("noboost", "pulse", "town"):
        assert load_scenario(FOLDER / f"{name}.yaml").scenario.quarters == 32
