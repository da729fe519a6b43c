"""At the bounds of behavioural parameters shares stay shares, and both models still agree."""

from __future__ import annotations

import copy
import math

import pytest

from sim.scenario import make_scenario
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.rule_parameters import Rules
from tests.invariants.world_invariants import inspected
from tests.oracle.comparison import run_together
from tests.support.busy_town import BUSY
from tests.support.oracle_town import districts, everywhere, town
from tests.support.value_strategies import bounds
from tests.support.world_reading import used

EXTREMES = [
    (leaf.key, end)
    for leaf in parameters_of(Rules)
    for end in bounds(leaf)
    if math.isfinite(end) and leaf.info.annotation is not bool
]

LENGTHS = [5, pytest.param(12, marks=pytest.mark.slow)]
"""Quarters that are looked at: with the first of the second year, in which all that is yearly has happened once."""

BESIDE = {("strategy.first_effort", 0.0): {"give_up": 0.0}, ("strategy.give_up", 0.5): {"first_effort": 0.5}}
"""What must go with a bound: nobody may leave at once what has just been entered."""


@pytest.mark.parametrize("quarters", LENGTHS)
@pytest.mark.parametrize(("key", "end"), EXTREMES, ids=[f"{key} {end:g}" for key, end in EXTREMES])
def test_every_quarter_with_a_parameter_at_its_bound(key, end, quarters):
    group, name = key.split(".")
    values = copy.deepcopy(BUSY)
    values["rules"] = {group: dict(values["rules"].get(group, {}))} | values["rules"]
    whole = isinstance(getattr(getattr(Rules(), group), name), int)
    values["rules"][group] = {**values["rules"][group], name: int(end) if whole else end} | BESIDE.get((key, end), {})
    inspected(make_scenario(values), 1, quarters)


def test_relations_and_skills_stop_at_one():
    values = copy.deepcopy(BUSY)
    values["rules"] = {
        "standing": {"relation_gain": 1.0, "compliance_effect": 5.0},
        "founding": {"skill": 1.0, "conversion_rate": 5.0, "spin_off_rate": 5.0},
    }
    record, inspector = inspected(make_scenario(values), 1, 16)
    assert used(record.world, "ties")["relation"].max() > 0.8
    assert ("founded", "group-converted") in inspector.met


AWKWARD = ("people.hours", "costs.wage_share", "delivery.base_tasks", "standing.relation_gain", "founding.skill")
"""Parameters whose bounds keep wages and shares meaningful."""


@pytest.mark.parametrize(("key", "end"), [extreme for extreme in EXTREMES if extreme[0] in AWKWARD])
def test_bounds_are_the_same_twice(key, end):
    run_together(town({f"rules.{key}": end}), seed=7)


def test_what_stops_at_one_is_the_same_twice():
    strong = {
        "rules.standing.relation_gain": 1.0,
        "rules.standing.compliance_effect": 5.0,
        "rules.founding.skill": 1.0,
        "rules.founding.conversion_rate": 5.0,
    }
    direct = districts("registration.regime", "direct")
    run_together(town(strong | direct | everywhere("payment.administrative_pressure", 1.0)), seed=7)
