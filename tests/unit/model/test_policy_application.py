"""Policy application: values of levers under steps, ramps, pulses and triggers in every quarter, and their effects."""

from __future__ import annotations

import copy
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import SectorModel
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.state_codes import Stand
from sim.mesa_agents import Government
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.policy_strategies import touched
from tests.support.scenario_strategies import scenarios, seeds
from tests.support.value_strategies import CITY_LEVERS, DISTRICT_LEVERS, Values, values_of
from tests.support.world_reading import differences, plain

CITY, EAST, WEST = 0, 1, 2
"""Governments of the busy town."""

START = Quarter(2010, 1)


def run(*policies: Values, quarters: int = 12, seed: int = 1) -> RunResult:
    """A run of the busy town with these policies only."""
    return simulate(CompiledScenario.of(make_scenario(BUSY | {"policies": list(policies)}), quarters), seed)


def levers(record: RunResult, name: str, government: int) -> list[float]:
    """Values in force of a lever, by quarter."""
    values: list[float] = record.world.government_panel[name][:, government].tolist()
    return values


def stands(record: RunResult) -> list[int]:
    """Where the only trigger stood, by quarter."""
    found: list[int] = record.world.trigger_panel[:, 0].tolist()
    return found


# --- Ramps and pulses ----------------------------------------------------------------------------------------


def test_a_ramp_moves_in_equal_steps_and_stays():
    record = run({"from": "2010-Q3", "to": "2011-Q3", "ramp": {"payment.delay": 2.75}})
    assert levers(record, "payment_delay", EAST) == [0.75] * 3 + [1.25, 1.75, 2.25] + [2.75] * 6


def test_a_time_instead_of_an_end():
    lasting = run({"from": "2010-Q3", "for": 4, "ramp": {"payment.delay": 2.75}})
    assert levers(lasting, "payment_delay", EAST) == [0.75] * 3 + [1.25, 1.75, 2.25] + [2.75] * 6
    pulse = run({"from": "2010-Q3", "for": "2 quarters", "set": {"payment.delay": 2.75}})
    assert levers(pulse, "payment_delay", EAST) == [0.75] * 2 + [2.75] * 2 + [0.75] * 8


def test_whole_numbers_stay_whole_on_a_ramp():
    record = run({"from": "2010-Q1", "to": "2011-Q2", "ramp": {"contract.term": 6}})
    assert levers(record, "contract_term", CITY) == [4, 4, 5, 5, 6] + [6] * 7


def test_a_ramp_starts_from_what_is_in_force_then():
    step = {"at": "2010-Q3", "in": "West", "set": {"payment.delay": 4.75}}
    first = {"from": "2010-Q3", "to": "2011-Q1", "ramp": {"payment.delay": 0.75}, "in": "districts"}
    second = {"from": "2011-Q1", "to": "2011-Q2", "ramp": {"payment.delay": 3.0}, "in": "districts"}
    record = run({"at": "2010-Q2", "set": {"payment.delay": 2.75}}, first, second)
    assert levers(record, "payment_delay", EAST) == [0.75, 2.75, 2.75, 1.75, 0.75] + [3.0] * 7
    record = run(step | {"in": "districts"}, first | {"in": "West"}, quarters=6)
    assert levers(record, "payment_delay", WEST) == [0.75, 0.75, 4.75, 2.75, 0.75, 0.75]
    # What names the place goes before a ramp that does not, before it begins and while it moves.
    for at in ("2010-Q2", "2010-Q3", "2010-Q4"):
        record = run(step | {"at": at}, first, quarters=6)
        assert levers(record, "payment_delay", WEST) == [*[0.75] * (int(at[-1]) - 1), *[4.75] * (7 - int(at[-1]))]


def test_a_pulse_has_no_effect_after_its_end():
    step = {"at": "2010-Q2", "in": "East", "set": {"contract.term": 6}}
    pulse = {"from": "2010-Q4", "to": "2011-Q2", "set": {"contract.term": 1}}
    record = run({key: step[key] for key in ("at", "set")}, pulse)
    assert levers(record, "contract_term", EAST) == [4, 6, 6, 1, 1, 1] + [6] * 6
    # A place that is named keeps its own value.
    record = run(step, pulse)
    assert levers(record, "contract_term", EAST) == [4] + [6] * 11
    assert levers(record, "contract_term", WEST) == [4, 4, 4, 1, 1, 1] + [4] * 6


def test_a_step_during_a_pulse_takes_effect_when_it_ends():
    pulse = {"from": "2010-Q4", "to": "2011-Q2", "in": "districts", "set": {"contract.term": 1}}
    general = {"at": "2011-Q1", "set": {"contract.term": 9}}
    special = {"at": "2011-Q1", "in": "East", "set": {"contract.term": 2}}
    record = run(pulse, general, special)
    assert levers(record, "contract_term", CITY) == [4] * 4 + [9] * 8
    assert levers(record, "contract_term", EAST) == [4, 4, 4, 1] + [2] * 8
    assert levers(record, "contract_term", WEST) == [4, 4, 4, 1, 1, 1] + [9] * 6


def test_pulses_and_ramps_of_different_rank():
    ramp = {"from": "2010-Q1", "to": "2011-Q1", "ramp": {"payment.delay": 4.75}}
    pulse = {"from": "2010-Q3", "to": "2010-Q4", "in": "districts", "set": {"payment.delay": 0.0}}
    own = {"from": "2010-Q4", "to": "2011-Q2", "in": "West", "set": {"payment.delay": 9.0}}
    record = run(ramp, pulse, own, quarters=8)
    assert levers(record, "payment_delay", CITY) == [0.75, 1.75, 2.75, 3.75] + [4.75] * 4
    assert levers(record, "payment_delay", EAST) == [0.75, 1.75, 0.0, 0.0] + [4.75] * 4
    assert levers(record, "payment_delay", WEST) == [0.75, 1.75, 0.0, 9.0, 9.0, 9.0, 4.75, 4.75]


def test_what_is_set_by_name_holds_whatever_comes_later_for_everywhere():
    by_name = {"at": "2010-Q2", "in": "East", "set": {"contract.term": 6}}
    general = {"at": "2010-Q4", "set": {"contract.term": 5}}
    record = run(by_name, general, quarters=5)
    assert levers(record, "contract_term", EAST) == [4, 6, 6, 6, 6]
    assert levers(record, "contract_term", WEST) == [4, 4, 4, 5, 5]
    # For its level it goes before what is for everywhere, and what ends gives way.
    record = run(by_name | {"in": "districts"}, general, quarters=5)
    assert levers(record, "contract_term", CITY) == [4, 4, 4, 5, 5]
    assert levers(record, "contract_term", WEST) == [4, 6, 6, 6, 6]
    pulse = {"from": "2010-Q2", "to": "2010-Q4", "in": "East", "set": {"contract.term": 6}}
    record = run(pulse, {"at": "2010-Q3", "set": {"contract.term": 5}}, quarters=6)
    assert levers(record, "contract_term", EAST) == [4, 6, 6, 6, 5, 5]


def test_of_equally_special_entries_the_later_holds():
    steps = [{"at": at, "in": "East", "set": {"contract.term": n}} for n, at in ((6, "2010-Q2"), (5, "2010-Q4"))]
    assert levers(run(*steps, quarters=5), "contract_term", EAST) == [4, 6, 6, 5, 5]


@settings(max_examples=15)
@given(st.data(), scenarios(quarters=(3, 9), most_policies=0), seeds)
def test_a_pulse_for_the_whole_run_is_a_step_at_the_start(data, values, seed):
    key = data.draw(st.sampled_from(sorted(CITY_LEVERS.keys() & DISTRICT_LEVERS.keys())))
    change: Values = {"set": {key: data.draw(values_of(CITY_LEVERS[key]))}}
    start = Quarter.parse(values["start"])
    pulse = change | {"from": str(start), "to": str(start + values["quarters"] - 1)}
    one = simulate(CompiledScenario.of(make_scenario(values | {"policies": [pulse]})), seed)
    other = simulate(CompiledScenario.of(make_scenario(values | {"policies": [change | {"at": str(start)}]})), seed)
    assert not differences(one.world, other.world, ("settings", "measures"))


# --- Triggers ------------------------------------------------------------------------------------------------


def readings(record: RunResult, name: str) -> list[float]:
    values: list[float] = record.sector[name].tolist()
    return values


def test_a_trigger_waits_and_then_stays_in_force():
    base = readings(run(quarters=20), "unmet_need")
    level = (base[4] + base[5]) / 2
    trigger = {"when": {"outcome": "unmet_need", "below": level}, "after": "2 quarters", "set": {"payment.delay": 5.0}}
    record = run(trigger, quarters=20)
    # Met in quarter 5, in force from quarter 5 + 1 + 2.
    assert stands(record) == [Stand.OFF] * 6 + [Stand.WAITING] * 2 + [Stand.IN_FORCE] * 12
    assert levers(record, "payment_delay", EAST) == [0.75] * 8 + [5.0] * 12
    assert readings(record, "unmet_need")[:8] == base[:8]


def test_a_trigger_goes_off_and_on_again():
    policy = {
        "when": {"outcome": "closures", "above": 0},
        "until": {"outcome": "closures", "below": 1},
        "set": {"procurement.renewal": 0.9},
    }
    record = run(policy, quarters=30)
    closures = readings(record, "closures")
    expected = [False]
    for count in closures[:-1]:
        expected.append(count > 0)
    assert [stand == Stand.IN_FORCE for stand in stands(record)] == expected
    assert levers(record, "procurement_renewal", WEST) == [0.9 if on else 0.4 for on in expected]
    assert sum(a != b for a, b in pairwise(expected)) >= 4


def test_an_outcome_that_is_undefined_never_fires():
    values = copy.deepcopy(BUSY)
    values["cities"]["Anping"]["government"]["procurement"]["budget"] = 0
    values["cities"]["Anping"]["each_district"]["government"]["procurement"]["budget"] = 0
    for side in ("above", "below"):
        trigger = {"when": {"outcome": "overdue_to_purchase", side: 0.5}, "set": {"contract.term": 9}}
        record = simulate(CompiledScenario.of(make_scenario(values | {"policies": [trigger]}), 8), 1)
        assert np.isnan(record.sector.overdue_to_purchase).all()
        assert stands(record) == [Stand.OFF] * 8


def test_a_trigger_and_more_specific_entries():
    always = {"outcome": "agencies", "above": 0}
    trigger = {"when": always, "after": 1, "set": {"contract.term": 1}}
    record = run(
        trigger,
        {"at": "2010-Q1", "set": {"contract.term": 3}},
        {"at": "2010-Q2", "in": "districts", "set": {"contract.term": 7}},
        {"at": "2010-Q4", "in": "East", "set": {"contract.term": 8}},
        quarters=6,
    )
    assert levers(record, "contract_term", CITY) == [3, 3, 1, 1, 1, 1]
    assert levers(record, "contract_term", EAST) == [3, 7, 7, 8, 8, 8]
    assert levers(record, "contract_term", WEST) == [3, 7, 7, 7, 7, 7]


def test_triggers_in_tables():
    policy = {"when": {"outcome": "staff", "above": 40}, "after": 1, "set": {"contract.term": 8}}
    record = run(policy)
    table = plain(record.tables()["triggers"])
    assert list(table["trigger"].unique()) == ["staff above 40, after 1 quarter"]
    assert list(table["quarter"])[:2] == ["2010-Q1", "2010-Q2"]
    assert table["reading"].isna().tolist() == [True] + [False] * 11
    assert table["reading"].tolist()[1:] == readings(record, "staff")[:-1]
    assert table["in_force"].tolist() == [stand == Stand.IN_FORCE for stand in stands(record)]
    assert set(table["stand"]) == {"off", "waiting", "in-force"}
    policies = plain(record.tables()["policy"]).query("jurisdiction == 'East'")
    assert ((policies["contract_term"] == 8) == table["in_force"].to_numpy()).all()


def test_equal_conditions_are_one_trigger():
    when = {"when": {"outcome": "staff", "above": 40.0}}
    record = run(
        when | {"set": {"contract.term": 8}},
        {"when": {"outcome": "staff", "above": 40}, "in": "East", "set": {"payment.delay": 2}},
    )
    assert record.compiled.names["trigger"] == ["staff above 40"]


# --- By hand -------------------------------------------------------------------------------------------------


def model_of(*policies: Values) -> tuple[SectorModel, Government]:
    model = SectorModel(make_scenario(BUSY | {"policies": list(policies)}), seed=1)
    (east,) = model.agents_by_type[Government].select(lambda government: government.label == "East")
    return model, east


def test_a_value_set_by_hand_lasts_until_a_policy_applies():
    model, east = model_of(
        {"from": "2010-Q3", "to": "2010-Q4", "set": {"contract.term": 1}},
        {"at": "2011-Q3", "set": {"contract.term": 5}},
    )
    model.step()
    east.contract_term = 11
    found = []
    for _ in range(6):
        model.step()
        found.append(east.contract_term)
    assert found == [11, 1, 1, 11, 11, 5]


def test_a_value_set_by_hand_overrules_a_pulse():
    model, east = model_of({"from": "2010-Q1", "to": "2010-Q4", "set": {"contract.term": 1}})
    model.step()
    east.contract_term = 11
    model.step()
    assert east.contract_term == 11


# --- In any world --------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(scenarios(quarters=(2, 12), most_policies=5), seeds)
def test_levers_stay_within_what_is_written(values, seed):
    """Whatever policies do, a lever lies between the least and the greatest value that anybody gave it."""
    record = simulate(CompiledScenario.of(make_scenario(values)), seed)
    panel = record.world.government_panel
    template = record.compiled.world.governments
    for key, leaf in (DISTRICT_LEVERS | CITY_LEVERS).items():
        given_values = [leaf.number(touched(one)[key]) for one in values["policies"] if key in touched(one)]
        for government in range(len(template)):
            start = float(template[government][leaf.name])
            path = panel[leaf.name][:, government]
            assert path.min() >= min(start, *given_values, start)
            assert path.max() <= max(start, *given_values, start)
            if leaf.info.annotation is int:
                assert (path == np.round(path)).all()


@pytest.mark.parametrize(
    ("policy", "outcome", "direction"),
    [
        ({"from": "2012-Q1", "to": "2014-Q1", "set": {"procurement.budget_factor": 0.2}}, "running", -1),
        ({"from": "2011-Q1", "to": "2014-Q1", "ramp": {"procurement.budget_factor": 2.0}}, "staff", 1),
        ({"when": {"outcome": "agencies", "above": 8}, "set": {"payment.delay": 8.0}}, "overdue_to_purchase", 1),
    ],
)
def test_policies_work(policy, outcome, direction):
    with_it = np.mean([readings(run(policy, quarters=17, seed=s), outcome)[-1] for s in range(8)])
    without = np.mean([readings(run(quarters=17, seed=s), outcome)[-1] for s in range(8)])
    assert direction * (with_it - without) > 0
