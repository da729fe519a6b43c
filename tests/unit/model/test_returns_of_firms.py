"""Investors see what firms at work earn, and enter where that is more than their hurdle."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.run import RunResult, simulate
from tests.support.oracle_town import everywhere, town
from tests.support.world_reading import used

MANY = {"rules.founding.for_profit_rate": 2.0, "rules.founding.hurdle": 0.0, "quarters": 20}
LOSING = everywhere("assessment.regime", "third-party") | everywhere("payment.delay", 6.0)


def run(changes: dict[str, object], seed: int = 2) -> RunResult:
    return simulate(town(MANY | everywhere("contract.hourly_price", 60.0) | changes), seed)


def entries(record: RunResult, since: int) -> int:
    events = used(record.world, "events")
    entered = (events["event"] == Event.FOUNDED) & (events["cause"] == Cause.MARGIN_OVER_HURDLE)
    return int((entered & (events["quarter"] >= since)).sum())


def test_what_investors_see_is_the_running_mean_of_firms_at_work():
    record = run({})
    rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
    income = cost = 0.0
    for quarter in range(len(record.sector)):
        firms = panel[(rows[:, 0] == quarter) & (panel["kind"] == Kind.FOR_PROFIT) & (panel["contracts"] > 0)]
        if len(firms):
            income += 0.1 * (firms["income"].sum() - income)
            cost += 0.1 * (firms["cost"].sum() - cost)
    (city,) = record.world.cities
    # The panel has who is left at the end of the quarter; nobody with a contract closes in this run.
    assert city.firm_income == pytest.approx(income, rel=0.1)
    assert city.firm_cost == pytest.approx(cost, rel=0.1)


def test_losses_of_firms_keep_investors_away_as_far_as_they_look_at_them():
    late = [sum(entries(run(LOSING | {"rules.founding.firm_example": w}, s), 8) for s in range(5)) for w in (0.0, 1.0)]
    assert late[0] > late[1]


def test_before_any_firm_has_worked_only_their_own_reckoning_counts():
    none = {"generated.Firms.count": 0}
    first = [run(none | {"rules.founding.firm_example": weight}) for weight in (0.0, 1.0)]
    quarter = [int(np.argmax(one.sector.agencies_for_profit > 0)) for one in first]
    assert quarter[0] == quarter[1]
