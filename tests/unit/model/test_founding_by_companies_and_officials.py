"""Founding by companies and officials: when they found an agency, and what it begins with."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from sim.declarations.accounts import Party, Purpose, account_holder
from sim.declarations.choices import Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Host
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.output.table_names import agency_names
from sim.run import RunResult, simulate
from sim.scenario import ScenarioError, make_scenario
from tests.support.busy_town import BUSY
from tests.support.value_strategies import Values
from tests.support.world_reading import used


def run(sponsor: Values | None = None, seed: int = 1, quarters: int = 24, **founding: Any) -> RunResult:
    """The busy town; or, where officials are watched, one district of it without any founder but them."""
    values = copy.deepcopy(BUSY)
    values["policies"] = []
    values["sponsors"]["Beihe Works"] = {"city": "Anping"} | (sponsor or {})
    values["rules"]["founding"] |= founding
    return simulate(CompiledScenario.of(make_scenario(values), quarters), seed)


def empty_district(seed: int = 1, quarters: int = 24, budget: float = 1_600_000, push: float = 1.0) -> RunResult:
    values = copy.deepcopy(BUSY)
    values |= {"agencies": {}, "generated": {}, "colleges": {}, "sponsors": {}, "policies": []}
    government = values["cities"]["Anping"]["each_district"]["government"]
    government["procurement"]["budget"] = budget
    government |= {"promotion": {"push": push}, "registration": {"openness": 0.0}}
    values["cities"]["Anping"]["each_district"]["commercial_groups"] = 0
    values["rules"]["founding"] = {"official_rate": 0.5, "spin_off_rate": 0, "for_profit_rate": 0}
    return simulate(CompiledScenario.of(make_scenario(values), quarters), seed)


def founded(record: RunResult, origin: Origin) -> np.ndarray:
    agencies = used(record.world, "agencies")
    return agencies[(agencies["origin"] == origin) & (agencies["name"] < 0)]


def test_a_company_without_drive_founds_nothing():
    assert not len(founded(run({"drive": 0}), Origin.CORPORATE))


@pytest.mark.parametrize("seed", range(3))
def test_a_company_founds_hosts_and_pays(seed):
    record = run({"drive": 1, "budget": 400_000, "patience": 100}, seed, corporate_rate=2.0, corporate_money=1e9)
    (agency,) = founded(record, Origin.CORPORATE)[:1]
    rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
    (first,) = panel[(rows[:, 1] == agency["index"]) & (rows[:, 0] == agency["founded"])]
    assert record.compiled.names["sponsor"][first["sponsor"]] == "Beihe Works"
    assert first["host"] == Host.SPONSOR
    assert first["effort"][Source.SPONSORSHIP] == record.world.rules[0].strategy_first_effort
    flows = used(record.world, "flows")
    mine = flows[flows["payee"] == agency["account"]]
    assert (account_holder(mine["payer"][mine["purpose"] == Purpose.FOUNDING])[0] == Party.COMPANIES).all()
    assert (mine["purpose"] == Purpose.SPONSORSHIP).any()
    causes = used(record.world, "events")
    assert (causes["cause"][causes["agency"] == agency["index"]] == Cause.COMPANY_FOUNDED).any()


def test_a_company_pays_one_agency_unless_it_has_money_for_more():
    poor, rich = (
        [
            run({"drive": 1, "budget": 1_000_000, "agencies": 6}, s, corporate_rate=2.0, corporate_money=m)
            for s in range(3)
        ]
        for m in (1e9, 100_000.0)
    )
    for one in poor:  # others, and those whom it had tired of, may find the company by themselves later
        rows, panel = used(one.world, "panel_rows"), used(one.world, "panel")
        for agency in founded(one, Origin.CORPORATE):
            own = panel[(rows[:, 1] == agency["index"]) & (rows[:, 0] == agency["founded"])]["sponsor"]
            assert not np.isin(panel[rows[:, 0] == agency["founded"] - 1]["sponsor"], own).any()
    several = [len(founded(one, Origin.CORPORATE)) for one in rich]
    assert sum(several) > sum(len(founded(one, Origin.CORPORATE)) for one in poor)


@pytest.mark.parametrize("most", [0, 1, 3])
def test_a_company_founds_no_more_agencies_than_it_would_pay(most):
    sponsor = {"drive": 1, "budget": 10_000_000, "agencies": most}
    for seed in range(3):
        record = run(sponsor, seed, corporate_rate=2.0, corporate_money=0.0)
        works = record.compiled.names["sponsor"].index("Beihe Works")
        panel, rows = used(record.world, "panel"), used(record.world, "panel_rows")
        paid = np.bincount(rows[panel["sponsor"] == works, 0], minlength=1)
        assert paid.max() == most
    assert len(founded(record, Origin.CORPORATE)) >= most


def test_a_company_without_money_founds_nothing():
    assert not len(founded(run({"drive": 1, "budget": 0}, corporate_rate=5.0), Origin.CORPORATE))


def test_officials_found_where_the_budget_keeps_more_agencies_than_there_are():
    met = 0
    for seed in range(4):
        record = empty_district(seed)
        examples = founded(record, Origin.GOVERNMENT)
        met += len(examples)
        for agency in examples:
            others = used(record.world, "agencies")
            others = others[(others["district"] == agency["district"]) & (others["index"] != agency["index"])]
            then = (others["founded"] <= agency["founded"]) & (others["closed"] < 0)
            budget = record.world.governments[agency["district"]].own_budget
            # Of the rule's viable income, which grows with costs, the first quarter's is the least.
            assert then.sum() * record.world.rules[0].founding_viable_income < budget
        panel, rows = used(record.world, "panel"), used(record.world, "panel_rows")
        first = panel[(panel["origin"] == Origin.GOVERNMENT) & (rows[:, 0] == panel["founded"])]
        # At most one quarter of decay, except where the district noticed shading, once for each contract.
        rules = record.world.rules[0]
        least = 0.5 * (1 - rules.standing_relation_decay)
        assert (
            first["relation"]
            >= np.where(first["delivered"] < first["promised"], 0.7 ** first["contracts"], 1.0) * least
        ).all()
        assert (first["governance"] <= 1 - record.world.rules[0].independence_official + 1e-12).all()
    assert met >= 3


def test_officials_without_money_or_push_found_nothing():
    assert not len(founded(empty_district(budget=0), Origin.GOVERNMENT))
    assert not len(founded(empty_district(push=0), Origin.GOVERNMENT))


def test_founders_of_one_quarter_and_district_give_different_names():
    record = run({"drive": 1, "budget": 2_000_000}, corporate_rate=3.0, official_rate=3.0, conversion_rate=3.0)
    names = agency_names(record.compiled, record.world)
    assert len(set(names)) == len(names)


def test_a_company_without_recruits_founds_nothing():
    values = copy.deepcopy(BUSY)
    values["cities"]["Anping"]["labour"] = {"pool": 0, "graduates": 0}
    values["colleges"] = {}
    del values["agencies"]["Early"]["college"]
    # No seekers: nobody quits, and none that is not in debt lays off.
    values["rules"]["people"] = {"quit_rate": 0}
    values["rules"]["closing"] = {**values["rules"].get("closing", {}), "layoff_reserve": 0}
    record = simulate(CompiledScenario.of(make_scenario(values), 3), 1)
    events = used(record.world, "events")
    failed = events[(events["event"] == Event.NOT_FOUNDED) & (events["party"] == Party.SPONSOR)]
    assert (failed["cause"] == Cause.NOT_ENOUGH_STAFF).all()


def test_drive_is_a_share():
    with pytest.raises(ScenarioError, match="drive"):
        run({"drive": 2})
