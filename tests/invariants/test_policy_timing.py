"""Policy timing: a policy changes nothing before its quarter, and nothing at all if it sets the present value."""

from __future__ import annotations

import copy
import functools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.state_codes import Stand
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise, simulate
from sim.scenario import make_scenario
from sim.scenario.parameters.parameter_spec import value_at
from sim.scenario.parameters.policy_syntax import Policy, trigger_words
from tests.support.busy_town import BUSY
from tests.support.policy_strategies import contradictory, earliest
from tests.support.scenario_strategies import policies, scenarios, seeds
from tests.support.value_strategies import CITY_LEVERS, DISTRICT_LEVERS, LEVERS, Values, values_of
from tests.support.world_reading import differences

PLANS = ("settings", "measures", "triggers", "trigger_panel")
"""Arrays that hold the policies themselves, and how far they are."""


def run(values: Values, seed: int, quarters: int | None = None) -> RunResult:
    return simulate(CompiledScenario.of(make_scenario(values), quarters), seed)


@functools.cache
def busy_town() -> RunResult:
    """The busy town as it is; nobody may change it."""
    return run(BUSY, 1)


def with_policy(values: Values, policy: Values) -> Values:
    return values | {"policies": [*values.get("policies", []), policy]}


@settings(max_examples=40)
@given(st.data(), scenarios(quarters=(2, 12), most_policies=2), seeds)
def test_a_policy_changes_nothing_before_its_quarter(data, values, seed):
    start = Quarter.parse(values["start"])
    policy = data.draw(policies(start, values["quarters"], list(values["cities"]), first=1))
    assume(not contradictory([*values["policies"], policy], start, values["quarters"]))
    compiled = CompiledScenario.of(make_scenario(with_policy(values, policy)))
    quarter = earliest(policy, start)
    if math.isinf(quarter):
        quarter = first_in_force(simulate(compiled, seed), Policy.model_validate(policy))
    before = run(values, seed, quarter)
    other = RunResult(compiled, seed, initialise(compiled, seed))
    other.run_to(quarter)
    assert not differences(before.world, other.world, PLANS)


def first_in_force(record: RunResult, policy: Policy) -> int:
    """Quarter in which a triggered policy first came into force; the end where it never did."""
    trigger = record.compiled.names["trigger"].index(trigger_words(policy))
    on = np.flatnonzero(record.world.trigger_panel[:, trigger] == Stand.IN_FORCE)
    return int(on[0]) if len(on) else record.compiled.quarters


@pytest.mark.parametrize("key", sorted(LEVERS))
def test_each_lever_waits_for_its_quarter(key):
    policy = {"at": "2012-Q2", "set": {key: EXTREME[key]}}
    base, changed = busy_town(), run(with_policy(BUSY, policy), 1)
    assert base.sector[:9].tobytes() == changed.sector[:9].tobytes()
    panels = base.world.government_panel, changed.world.government_panel
    name = LEVERS[key].name
    assert (panels[0][name][:9] == panels[1][name][:9]).all()
    assert (panels[0][name][9:] != panels[1][name][9:]).any()


@pytest.mark.parametrize("key", sorted(LEVERS))
def test_each_lever_matters(key):
    values = copy.deepcopy(BUSY)
    values["policies"] = []
    # Some levers speak only where others let them.
    enabling = {
        "scoring.too_few": {"scoring.minimum_bidders": 9},
        "scoring.minimum_bidders": {"scoring.too_few": "call-again"},
        "scoring.price": {"contract.pricing": "competitive"},
        "contract.post_price": {"contract.form": "post"},
        "for_profits.qualification": {"for_profits.admission": "qualified"},
        "settlement.yearly": {"settlement.audit": 1.0, "settlement.allowed_surplus": 0.0, "contract.term": 8},
    }.get(key, {})
    if key.startswith(("assessment.", "assessors.")) and key != "assessment.regime":
        enabling = {"assessment.regime": "third-party", "assessment.coverage": 0.8, "assessment.full": 0.97}
        enabling |= {"assessment.passing": 0.88, "assessment.renewable": 0.95, "procurement.renewal": 1.0}
        enabling.pop(key, None)
    if enabling:
        values["policies"].append({"at": "2010-Q2", "set": enabling})
    if key == "adoption.pressure":
        # It speaks to a city that does not buy yet.
        values["cities"]["Anping"]["adopts"] = True
        values["rules"] = {"adoption": {"rate": 0.1, "mandate": 50.0}}
    if key == "registration.inspection":
        # It finds out firms that passed as nonprofits.
        values["rules"] = {"founding": {"disguise": 1.0, "for_profit_rate": 5.0, "hurdle": -0.5}}
        values["policies"].append({"at": "2010-Q1", "set": {"registration.openness": 1.0}})
    policy = {"at": "2010-Q3", "set": {key: EXTREME[key]}}
    changed = differences(run(values, 1).world, run(with_policy(values, policy), 1).world, PLANS)
    levers = ("governments.", "government_panel.", "growth_panel")
    assert [part for part in changed if not part.startswith(levers)]


def extreme(key: str) -> object:
    """A value of a lever far from what a busy town has."""
    leaf = LEVERS[key]
    given = {"scoring.too_few": "call-again", "scoring.minimum_bidders": 4, "scoring.noise": 3.0}
    if key in given:
        return given[key]
    if leaf.codes is not None:
        (other, *_) = (m.label for m in leaf.codes if m.label != leaf.info.default)
        return other
    if leaf.info.annotation is bool:
        return not leaf.info.default
    if leaf.info.annotation is int:
        return leaf.info.default + 3
    return 0.0 if leaf.info.default else 0.75


EXTREME = {key: extreme(key) for key in LEVERS} | {
    "contract.value": 300_000.0,
    "contract.hourly_price": 90.0,
    "procurement.budget": 200_000.0,
    "assessment.renewable": 0.99,
    "contract.post_price": 90_000.0,
    # Together with what the busy town has, no more than the whole.
    **{key: 0.3 for key in LEVERS if key.startswith("procurement.shares.")},
    "profession.wage_guidance": 2.5,
    "for_profits.qualification": 1.0,
    "registration.inspection": 1.0,
}


@settings(max_examples=25)
@given(st.data(), scenarios(quarters=(2, 10), most_policies=0), seeds)
def test_a_policy_that_sets_the_present_value_changes_nothing(data, values, seed):
    scenario = make_scenario(values)
    city = data.draw(st.sampled_from(sorted(values["cities"])))
    district = data.draw(st.none() | st.sampled_from(sorted(values["cities"][city]["districts"])))
    known = CITY_LEVERS if district is None else DISTRICT_LEVERS
    place = city if district is None else f"{city}/{district}"
    entry = scenario.cities[city] if district is None else scenario.cities[city].districts[district]
    # A step on the budget starts its growth anew, to the same number too (tests/cases/test_passing_levels.py).
    others = sorted(known.keys() - {"procurement.budget"})
    keys = data.draw(st.lists(st.sampled_from(others), min_size=1, max_size=5, unique=True))
    at = Quarter.parse(values["start"]) + data.draw(st.integers(0, values["quarters"] - 1))
    present = {key: value_at(entry.government, known[key].path) for key in keys}
    same = with_policy(values, {"at": str(at), "in": place, "set": present})
    assert not differences(run(values, seed).world, run(same, seed).world, PLANS)


@settings(max_examples=10)
@given(st.data(), scenarios(quarters=(4, 10)), seeds)
def test_a_policy_at_the_start_is_the_same_as_the_lever_itself(data, values, seed):
    values["policies"] = []
    city = data.draw(st.sampled_from(sorted(values["cities"])))
    key = data.draw(st.sampled_from(sorted(CITY_LEVERS)))
    value = data.draw(values_of(CITY_LEVERS[key]))
    written = copy.deepcopy(values)
    inner = written["cities"][city]["government"]
    *groups, last = key.split(".")
    for group in groups:
        inner = inner.setdefault(group, {})
    inner[last] = value
    dated = with_policy(values, {"at": values["start"], "in": city, "set": {key: value}})
    assert not differences(run(written, seed).world, run(dated, seed).world, PLANS)
