"""Policies towards for-profits and on registration: qualification, profit caps, shares of licences."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from sim.declarations.accounts import Purpose
from sim.declarations.choices import Form, Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import ScenarioError, make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used


def run(
    seed: int = 1, quarters: int = 24, registration: Any = None, rules: Any = None, **for_profits: Any
) -> RunResult:
    values = copy.deepcopy(BUSY)
    values["policies"] = []
    government = values["cities"]["Anping"]["each_district"]["government"]
    government["for_profits"] = for_profits
    government["registration"] |= registration or {}
    values["rules"] |= rules or {}
    return simulate(CompiledScenario.of(make_scenario(values), quarters), seed)


OPENLY = {"founding": {"disguise": 0.0, "for_profit_rate": 3.0}}
"""Investors who register their firms as what they are."""


def won_by_firms(record: RunResult) -> np.ndarray:
    contracts = used(record.world, "contracts")
    signed = contracts[contracts["agency"] >= 0]
    return signed[used(record.world, "agencies")["kind"][signed["agency"]] == Kind.FOR_PROFIT]


def dividends(record: RunResult) -> np.ndarray:
    flows = used(record.world, "flows")
    return flows[flows["purpose"] == Purpose.DIVIDEND]


def test_a_firm_without_licences_holds_no_contracts_where_required():
    values = {"admission": "qualified", "qualification": 1.0}
    assert len(won_by_firms(run(admission="open"))) > 0
    record = run(rules={"founding": {"for_profit_rate": 0.0}}, **values)
    firms = used(record.world, "panel")
    firms = firms[firms["kind"] == Kind.FOR_PROFIT]
    # As they stood when they bid: before hiring and laying off.
    short = (firms["licensed"] < firms["staff"]) & (firms["hired"] == 0) & (firms["laid_off"] == 0)
    assert short.any()
    assert not firms["bids"][short].any()


@pytest.mark.parametrize("seed", range(3))
def test_firms_that_enter_a_qualified_market_are_qualified(seed):
    record = run(seed, admission="qualified", qualification=0.6, rules=OPENLY)
    events = used(record.world, "events")
    entered = events[(events["event"] == Event.FOUNDED) & (events["cause"] == Cause.MARGIN_OVER_HURDLE)]
    rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
    for event in entered:
        first = panel[(rows[:, 1] == event["agency"]) & (rows[:, 0] == event["quarter"])]
        # Those hired or laid off in the same quarter are not founders as they stood.
        first = first[(first["hired"] == event["persons"]) & (first["laid_off"] == 0)]
        assert (first["licensed"] >= 0.6 * event["persons"]).all()


def test_qualification_admits_fewer_than_open_admission_and_more_than_none():
    shares = []
    for admission, asked in (("barred", 0.0), ("qualified", 1.0), ("qualified", 0.0), ("open", 0.5)):
        runs = [run(seed, admission=admission, qualification=asked, rules=OPENLY) for seed in range(4)]
        shares.append(sum(won_by_firms(one)["price"].sum() for one in runs))
    assert shares[0] == 0
    assert shares[1] < shares[3]
    assert shares[2] == shares[3]


def test_a_profit_cap_lowers_dividends():
    paid = [sum(dividends(run(seed, profit_cap=cap))["amount"].sum() for seed in range(4)) for cap in (1.0, 0.1, 0.0)]
    assert paid[0] > paid[1]
    assert paid[2] == 0


def test_a_cap_bounds_each_dividend_by_the_income_of_its_quarter():
    record = run(profit_cap=0.05)
    rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
    income = {
        (int(quarter), int(account)): int(earned)
        for quarter, account, earned in zip(rows[:, 0], panel["account"], panel["income"], strict=True)
    }
    for flow in dividends(record):
        earned = income.get((int(flow["quarter"]), int(flow["payer"])))
        assert earned is None or flow["amount"] <= 0.05 * earned


def test_where_the_cap_is_below_the_hurdle_no_firm_bids():
    record = run(profit_cap=0.0, rules={"founding": {"hurdle": 0.05}})
    assert not len(won_by_firms(record))


def test_a_cap_of_one_has_no_effect():
    assert run(profit_cap=1.0).sector.tobytes() == run().sector.tobytes()


def test_founders_have_the_licences_that_registration_requires():
    record = run(registration={"licensed_share": 0.75, "attachment": False, "openness": 1.0})
    events = used(record.world, "events")
    founded = events[(events["event"] == Event.FOUNDED) & (events["cause"] != Cause.AT_START)]
    rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
    for event in founded:
        first = panel[(rows[:, 1] == event["agency"]) & (rows[:, 0] == event["quarter"])]
        first = first[first["laid_off"] == 0]
        assert (first["licensed"] >= 0.75 * event["persons"]).all()
    few = run(registration={"openness": 1.0})
    assert few.sector.foundings.sum() > record.sector.foundings.sum()


def test_an_attached_agency_waits_until_its_staff_are_licensed():
    record = run(registration={"licensed_share": 1.0, "openness": 1.0})
    rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
    events = used(record.world, "events")
    for event in events[events["event"] == Event.REGISTERED]:
        before = panel[(rows[:, 1] == event["agency"]) & (rows[:, 0] == event["quarter"] - 1)]
        assert (before["form"] == Form.ATTACHED).all()
        # Only quits and the exam lie between, and neither leaves an unlicensed person without a trace.
        assert event["persons"] > 0


@pytest.mark.parametrize("wrong", [{"profit_cap": 1.2}, {"qualification": -0.1}, {"admission": "qualifed"}])
def test_wrong_levers_are_reported(wrong):
    (key,) = wrong
    with pytest.raises(ScenarioError, match=f"for_profits.{key}"):
        run(**wrong)
