"""Instalments: what is due of a contract when, money upfront, and the part that a city pays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.accounts import Purpose
from sim.engine.struct_arrays import fresh
from sim.model.rules.contracts.contract_instalments import amount_due_after
from sim.model.state.contract_fields import CONTRACT
from tests.support.assessed_town import SEEDS, mean, runs
from tests.support.world_reading import used


@given(st.integers(1, 10**13), st.integers(1, 41), st.floats(0, 1))
def test_instalments_sum_to_the_price_in_fen(price: int, term: int, upfront: float):
    contract = fresh(CONTRACT, 1)[0]
    contract.price, contract.term, contract.upfront = price, term, int(price * upfront)
    due = [amount_due_after(contract, n) for n in range(term + 1)]
    assert due[0] == 0
    assert due[-1] == price * term // 4
    instalments = np.diff(due)
    assert (instalments >= 0).all()
    for year in range(0, term - 3, 4):
        assert due[year + 4] - due[year] == price
        first, *others = instalments[year : year + 4]
        assert max(others) - min(others) <= 1
        assert abs(first - others[0] - int(price * upfront)) <= 1
    if upfront == 0:
        assert due == [price * n // 4 for n in range(term + 1)]


def test_upfront_payment_comes_earlier_and_raises_reserves():
    assert mean("upfront", "reserve_months") > mean("none", "reserve_months")


def test_a_district_pays_when_the_city_has_paid():
    later = 0
    for record in runs("matched"):
        contracts, flows = used(record.world, "contracts"), used(record.world, "flows")
        own = flows[flows["purpose"] == Purpose.CONTRACT]
        city = flows[flows["purpose"] == Purpose.CO_PAYMENT]
        assert len(city)
        for k in np.unique(own["contract"])[:40]:
            if contracts["co_payment"][k] > 0:
                first = own["quarter"][own["contract"] == k].min()
                assert city["quarter"][city["contract"] == k].min() <= first
        later += mean("matched", "agencies_overdue") > mean("none", "agencies_overdue")
    assert later == len(SEEDS)
    assert mean("matched", "co_payments") > 0
    assert mean("none", "co_payments") == 0
