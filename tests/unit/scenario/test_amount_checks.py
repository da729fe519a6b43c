"""Amounts of money have a maximum, and are followed with their growth to the end of the run."""

from __future__ import annotations

import copy
from typing import Any

import annotated_types
import numpy as np
import pytest

from sim.declarations.calendar_quarter import Quarter
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import Scenario, ScenarioError, make_scenario
from sim.scenario.checks.amount_checks import BUDGET, unsafe_amounts
from sim.scenario.checks.grown_amount import growth_index
from sim.scenario.checks.lever_timeline import lever_timeline
from sim.scenario.checks.money_total import LARGEST_TOTAL
from sim.scenario.checks.purchasing_channel_checks import purchasers
from sim.scenario.parameters import purchasing_channel_parameters, scenario_file
from sim.scenario.parameters.parameter_spec import LARGEST_AMOUNT, Group, ParameterSpec, parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.rule_parameters import Rules

TOWN: dict[str, Any] = {
    "title": "Two districts",
    "start": "2010-Q2",
    "quarters": 40,
    "fields": {"elderly": {}},
    "cities": {"Town": {"districts": {"East": {}, "West": {}}}},
    "institutions": {"Hospital": {"field": "elderly"}},
}


def groups(group: type[Group] = Group) -> set[type[Group]]:
    """Every group of parameters of the package."""
    found = {each for each in group.__subclasses__() if each.__module__.startswith("sim.")}
    return found.union(*map(groups, found))


AMOUNTS = sorted(
    {
        (f"{each.__name__}.{leaf.key}", leaf)
        for each in groups()
        for leaf in parameters_of(each)
        if leaf.unit.startswith("CNY")
    },
    key=lambda named: named[0],
)


def maximum(leaf: ParameterSpec) -> float:
    """Greatest value that a declaration allows."""
    return next((float(mark.le) for mark in leaf.info.metadata if isinstance(mark, annotated_types.Le)), np.inf)


def changed(path: str, value: Any, **more: Any) -> dict[str, Any]:
    """The town with another value at a path of keys with slashes between them."""
    values = copy.deepcopy(TOWN) | more
    *keys, last = path.split("/")
    place = values
    for key in keys:
        place = place.setdefault(key, {})
    place[last] = value
    return values


def refused(values: dict[str, Any]) -> str:
    """What is said of values that are refused."""
    with pytest.raises(ScenarioError) as caught:
        make_scenario(values)
    return str(caught.value)


def longest(values: dict[str, Any]) -> int:
    """Longest run that a refusal says is possible."""
    return int(refused(values).split("a run of ")[1].split(" quarter")[0])


def test_there_are_amounts():
    assert len({name for name, _ in AMOUNTS}) > 30
    assert {scenario_file.Agency, purchasing_channel_parameters.Commissions} <= groups()


@pytest.mark.parametrize(("name", "leaf"), AMOUNTS, ids=[name for name, _ in AMOUNTS])
def test_every_amount_has_a_maximum_that_is_exact_to_the_fen(name: str, leaf: ParameterSpec):
    assert 0 < maximum(leaf) <= LARGEST_AMOUNT < LARGEST_TOTAL, name


@pytest.mark.parametrize("path", ["agencies/Hope/cash", "rules/costs/fixed", "cities/Town/labour/outside_wage"])
@pytest.mark.parametrize("value", [1e17, 1e100])
def test_an_amount_above_its_maximum_is_refused_with_the_maximum(path: str, value: float):
    values = changed(path, value)
    values.get("agencies", {}).get("Hope", {})["district"] = "East"
    message = refused(values)
    assert path.replace("/", ".") in message
    assert "from" in message
    assert "CNY" in message


GROWING = [
    (
        "cities/Town/districts/East/government/procurement/budget",
        "cities/Town/districts/East/government/procurement/growth",
        1,
    ),
    ("cities/Town/government/contract/value", "cities/Town/government/contract/price_growth", 1.0),
    ("cities/Town/government/contract/hourly_price", "cities/Town/government/contract/price_growth", 1.0),
    ("cities/Town/government/contract/post_price", "cities/Town/government/contract/price_growth", 1.0),
    ("cities/Town/labour/outside_wage", "cities/Town/labour/outside_growth", 1.0),
    ("cities/Town/donors/pool", "cities/Town/donors/growth", 1.0),
    *(
        (f"rules/{leaf.key.replace('.', '/')}", "rules/costs/inflation", 1.0)
        for leaf in parameters_of(Rules)
        if leaf.grows_with.startswith("rules.")
    ),
    ("rules/commissions/value", "cities/Town/government/contract/price_growth", 1.0),
]


@pytest.mark.parametrize(("path", "growth", "rate"), GROWING, ids=[path for path, _, _ in GROWING])
def test_what_grows_is_refused_with_the_quarter_and_the_longest_run(path: str, growth: str, rate: float):
    values = changed(path, 1_000.0, quarters=400)
    values = changed_in(values, growth, rate)
    allowed = longest(values)
    assert 4 < allowed < 400
    make_scenario(values | {"quarters": allowed})
    assert allowed == longest(values | {"quarters": allowed + 1})
    assert growth.replace("/", ".") in refused(values)


def changed_in(values: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Values with another value at a path; they themselves stay."""
    values = copy.deepcopy(values)
    *keys, last = path.split("/")
    place = values
    for key in keys:
        place = place.setdefault(key, {})
    place[last] = value
    return values


def test_every_declared_growth_exists():
    known = {f"rules.{leaf.key}" for leaf in parameters_of(Rules)}
    known |= {leaf.key for group in (CityGovernment, DistrictGovernment) for leaf in parameters_of(group)}
    known |= {f"labour.{leaf.key}" for leaf in parameters_of(scenario_file.Labour)}
    known |= {f"donors.{leaf.key}" for leaf in parameters_of(scenario_file.Donors)}
    growing = {leaf.grows_with for _, leaf in AMOUNTS if leaf.grows_with}
    assert growing
    assert growing <= known


@pytest.mark.parametrize(
    ("path", "rate"),
    [
        ("cities/Town/labour/outside_growth", -0.5),
        ("cities/Town/districts/West/government/contract/price_growth", -0.5),
    ],
)
def test_a_price_or_wage_that_falls_to_nothing_is_refused(path: str, rate: float):
    message = refused(changed(path, rate, quarters=400))
    assert "below 0.01 CNY" in message
    assert path.replace("/", ".") in message


def test_a_budget_may_fall_to_nothing():
    make_scenario(changed("cities/Town/districts/East/government/procurement/growth", -0.9, quarters=400))


POLICIES = {
    "step": [{"at": "2011-Q1", "set": {"procurement.growth": 1.0}}],
    "ramp": [{"from": "2011-Q1", "to": "2014-Q4", "ramp": {"procurement.growth": 2.0}}],
    "pulse": [{"from": "2011-Q1", "to": "2080-Q4", "in": "West", "set": {"procurement.growth": 1.0}}],
}


@pytest.mark.parametrize("kind", POLICIES)
def test_growth_of_policies_is_followed_and_the_policy_named(kind: str):
    message = refused(copy.deepcopy(TOWN) | {"quarters": 400, "policies": POLICIES[kind]})
    assert "policies[0]" in message
    assert "procurement.growth" in message


def test_what_ends_in_time_is_allowed():
    pulse = {"from": "2011-Q1", "to": "2015-Q4", "set": {"procurement.growth": 1.0}}
    make_scenario(copy.deepcopy(TOWN) | {"quarters": 400, "policies": [pulse | {"in": "East"}], **ZERO_GROWTH})


ZERO_GROWTH = {
    "cities": {
        "Town": {
            "government": {"procurement": {"growth": 0.0}},
            "districts": {name: {"government": {"procurement": {"growth": 0.0}}} for name in ("East", "West")},
        }
    }
}


def test_growth_of_what_a_step_sets_begins_anew():
    values = copy.deepcopy(TOWN) | {"quarters": 400}
    steps = [{"at": f"{year}-Q1", "set": {"procurement.budget": 1e6 + year}} for year in range(2020, 2110, 10)]
    values = changed_in(values, "cities/Town/each_district", {"government": {"procurement": {"growth": 0.5}}})
    assert "budget of Town/East" in refused(values)
    make_scenario(values | {"policies": steps})


def test_the_factor_counts():
    values = changed("cities/Town/districts/East/government/procurement/budget", 5e10)
    make_scenario(values | {"quarters": 4})
    values["policies"] = [{"at": "2010-Q3", "set": {"procurement.budget_factor": 3.0}}]
    message = refused(values)
    assert "budget of Town/East" in message
    assert "policies[0].set" in message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("sponsors/Works", {"city": "Town", "budget": 1e11, "count": 1000}),
        ("generated/Many", {"count": 100_000, "cash": 1e9, "cash_spread": 2.0}),
        ("cities/Town/districts/East", {"count": 5000, "government": {"procurement": {"budget": 1e10}}}),
    ],
)
def test_all_money_together_must_fit(path: str, value: Any):
    message = refused(changed(path, value))
    assert "all money of the run together" in message
    assert path.split("/")[-1] in message


def test_length_from_python_is_checked():
    scenario = make_scenario(changed("cities/Town/districts/East/government/procurement/growth", 1.0))
    CompiledScenario.of(scenario, 40)
    with pytest.raises(ScenarioError, match="the yearly budget of Town/East"):
        CompiledScenario.of(scenario, 400)


def test_index_grows_at_the_beginning_of_every_year_but_the_first():
    assert growth_index(Quarter(2010, 1), [1.0] * 5) == [1, 1, 1, 1, 2]


CHANGES = [
    {"at": "2010-Q4", "set": {BUDGET: 900_000.0}},
    {"from": "2011-Q1", "to": "2012-Q3", "in": "West", "ramp": {BUDGET: 2_000_000.0}},
    {"from": "2011-Q4", "to": "2013-Q1", "in": "districts", "set": {BUDGET: 400_000.0}},
    {"at": "2013-Q2", "in": "East", "set": {BUDGET: 700_000.0}},
    {"from": "2013-Q1", "to": "2014-Q2", "set": {BUDGET: 100_000.0}},
    {"from": "2014-Q3", "to": "2016-Q1", "ramp": {BUDGET: 3_000_000.0}},
]


def test_the_timeline_is_what_a_run_does():
    scenario: Scenario = make_scenario(copy.deepcopy(TOWN) | {"quarters": 30, "policies": CHANGES})
    panel = simulate(CompiledScenario.of(scenario), 1).world.government_panel
    for n, purchasing in enumerate(purchasers(scenario)):
        expected = lever_timeline(scenario, purchasing, BUDGET, 30).values
        assert np.allclose(panel["procurement_budget"][:, n] / 100, expected), purchasing.name


def test_sound_scenarios_have_nothing_to_say():
    assert not list(unsafe_amounts(make_scenario(copy.deepcopy(TOWN))))
