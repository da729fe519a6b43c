"""Owners' money: capital, what owners add up to their limit, and dividends of profit only."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.oracle_town import districts, everywhere, town
from tests.support.world_reading import used

DEAR = everywhere("contract.hourly_price", 80.0)
LATE = everywhere("payment.delay", 4.0) | {"rules.credit.months": 0.0}
MANY = {
    "rules.founding.for_profit_rate": 5.0,
    "rules.founding.hurdle": -0.5,
    "generated.Firms.count": 8,
    "quarters": 20,
    **districts("registration.openness", 1.0),
}


def run(changes: dict[str, Any], seed: int = 3) -> RunResult:
    return simulate(town(MANY | DEAR | changes), seed)


def flows_of(record: RunResult, purpose: Purpose) -> np.ndarray:
    flows = used(record.world, "flows")
    return flows[flows["purpose"] == purpose]


def test_investors_bring_capital_and_registration_asks_for_no_less():
    for capital, asked in ((500_000.0, 0.0), (1_000.0, 200_000.0)):
        changes = {"rules.founding.firm_capital": capital} | districts("registration.capital", asked)
        few = {"generated.Firms.count": 1, "rules.founding.firm_example": 0.0}
        events = np.concatenate([used(run(changes | few, seed).world, "events") for seed in range(6)])
        entered = events[(events["event"] == Event.FOUNDED) & (events["cause"] == Cause.MARGIN_OVER_HURDLE)]
        assert len(entered) > 3
        brought = entered["amount"] / 100
        assert (brought >= asked).all()
        assert np.median(brought) == pytest.approx(max(capital, asked), rel=0.6)


def test_owners_add_money_up_to_their_limit_only_to_firms_with_contracts():
    added = [flows_of(run(LATE | {"rules.founding.firm_limit": limit}), Purpose.CAPITAL) for limit in (0.0, 2e5, 2e6)]
    assert not len(added[0])
    assert 0 < added[1]["amount"].sum() < added[2]["amount"].sum()
    record = run(LATE)
    events = used(record.world, "events")
    invested = events[events["event"] == Event.INVESTED]
    assert (used(record.world, "agencies")["kind"][invested["agency"]] == Kind.FOR_PROFIT).all()
    assert (invested["contracts"] > 0).all()
    assert (invested["party"] == Party.OWNERS).all()


def busy(seed: int, policies: list[Any], **rules: Any) -> RunResult:
    values = copy.deepcopy(BUSY) | {"policies": policies}
    for group, numbers in rules.items():
        values["rules"] = {**values["rules"], group: {**values["rules"].get(group, {}), **numbers}}
    return simulate(CompiledScenario.of(make_scenario(values)), seed)


def test_taking_money_out_does_not_widen_the_limit():
    """Owners who took money out add no more than the limit for that."""
    late = [{"at": "2014-Q1", "in": "districts", "set": {"payment.delay": 12}}]
    rules = {"founding": {"firm_limit": 100_000.0}, "credit": {"months": 0.0}, "closing": {"dividend_reserve": 0.5}}
    records = [busy(seed, late, **rules) for seed in range(4)]
    assert any(len(flows_of(record, Purpose.DIVIDEND)) for record in records)
    added = np.concatenate([flows_of(record, Purpose.CAPITAL)["amount"] for record in records])
    assert len(added)
    assert (added <= 100_000 * 100).all()


def test_the_return_of_firms_is_what_investors_see():
    record = run({})
    assert np.isnan(record.sector.firm_return[0]) or record.sector.firm_return[0] < 1
    (city,) = record.world.cities
    assert record.sector.firm_return[-1] == pytest.approx(city.firm_income / city.firm_cost - 1.0)
