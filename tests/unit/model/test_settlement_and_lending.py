"""Settlement and lending: what goes back, when, and who bears what is lost; institutions' own money."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from sim.declarations.accounts import Purpose
from sim.declarations.events_and_causes import Event
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.oracle_town import everywhere, town
from tests.support.world_reading import used

DEAR = everywhere("contract.hourly_price", 90.0) | everywhere("settlement.audit", 1.0)
"""A town whose prices leave a surplus, and where every settlement is audited."""


def run(changes: dict[str, Any]) -> RunResult:
    return simulate(town({"rules.reserves.anticipation": 0.0, **DEAR, **changes}), 3)


def test_nothing_goes_back_without_an_audit_or_within_the_allowed_surplus():
    assert run({}).sector.returned.sum() > 0
    for lever, value in (("audit", 0.0), ("returned", 0.0), ("allowed_surplus", 1.0)):
        assert run(everywhere(f"settlement.{lever}", value)).sector.returned.sum() == 0


def test_contracts_are_settled_each_year_or_at_their_end():
    two_years = everywhere("contract.term", 8) | {"quarters": 20}
    for yearly, places in ((True, {0, 4}), (False, {0})):
        record = run(two_years | everywhere("settlement.yearly", yearly))
        events = used(record.world, "events")
        settled = events[events["event"] == Event.SETTLED]
        contracts = used(record.world, "contracts")
        paid_back = contracts[contracts["returned"] > 0]
        assert len(settled) >= len(paid_back) > 0
        flows = used(record.world, "flows")
        late = flows[flows["purpose"] == Purpose.SETTLEMENT]
        ends = contracts["ends"][late["contract"]]
        assert set((ends - late["quarter"] - 1) % 8) <= places


def test_institutions_buy_with_money_of_their_own():
    values = copy.deepcopy(BUSY)
    for facts in values["institutions"].values():
        facts["own_money"] = 200_000
    for government in ("government", "each_district"):
        inner = values["cities"]["Anping"][government]
        inner = inner.get("government", inner)
        inner["procurement"]["shares"] = {}
    with_money = simulate(CompiledScenario.of(make_scenario(values)), 1)
    assert with_money.sector.institutions_paid.sum() > 0
    flows = used(with_money.world, "flows")
    given = flows[flows["purpose"] == Purpose.OWN_BUDGET]
    assert given["amount"].sum() >= with_money.sector.institutions_paid.sum() * 100
    for facts in values["institutions"].values():
        facts["own_money"] = 0
    assert simulate(CompiledScenario.of(make_scenario(values)), 1).sector.institutions_paid.sum() == 0


def test_an_advance_comes_from_one_lender_and_not_soon_again():
    gap = 6
    late = everywhere("payment.delay", 2.0) | {"rules.closing.support_gap": gap, "quarters": 24}
    events = used(run(late | {"rules.credit.months": 0.0}).world, "events")
    advances = events[events["event"] == Event.SUPPORTED]
    assert len(advances) > 3
    for agency in np.unique(advances["agency"]):
        quarters = advances["quarter"][advances["agency"] == agency]
        assert (np.diff(quarters) >= gap).all()
