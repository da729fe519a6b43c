"""Assessment invariants after every quarter: grades, queues, fees, bars.

Recounted here from the records in the slowest obvious way; `tests.invariants.world_invariants` calls it.
"""

from __future__ import annotations

import numpy as np

from sim.declarations.accounts import Party, Purpose, account_number
from sim.declarations.events_and_causes import Event
from sim.declarations.state_codes import Route, Stage, Status
from sim.model.state.world import World
from tests.support.world_reading import chain, used, within


def check_grades(world: World, events: np.ndarray) -> None:
    """A contract that was assessed has a grade, others have none; grades of the quarter are on record."""
    contracts = used(world, "contracts")
    graded = contracts["assessed"] > 0
    assert within(contracts["grade"][graded])
    assert np.isnan(contracts["grade"][~graded]).all()
    assert within(contracts["delivered_share"])
    assert within(contracts["performance"])
    assert within(contracts["handover"])
    assert not contracts["withheld"][~graded].any()
    recorded = events[events["event"] == Event.ASSESSED]
    assert len(recorded) == sum(int(government.graded) for government in world.governments)
    assert recorded["amount"].sum() == sum(int(government.withheld) for government in world.governments)


def check_queues(world: World, flows: np.ndarray, quarter: int) -> None:
    """Who waits is in the queue of the city once and is not paid; assessors earn what is paid for assessments."""
    contracts = used(world, "contracts")
    agencies = used(world, "agencies")
    worked = np.isin(contracts["status"], (Status.RUNNING, Status.COMPLETED))
    assert worked[contracts["waiting"]].all()
    paying = (Purpose.CONTRACT, Purpose.INSTITUTIONAL, Purpose.FUND, Purpose.CO_PAYMENT)
    paid = flows["contract"][np.isin(flows["purpose"], paying)]
    assert not contracts["waiting"][paid].any()
    cities = np.asarray(world.governments["city"])[contracts["government"]]
    for c, assessor in enumerate(world.assessors):
        queue = list(chain(assessor.first_waiting, contracts, "next_waiting"))
        waiting = np.flatnonzero(contracts["waiting"] & (cities == c))
        assert sorted(k for k in queue if contracts["waiting"][k]) == waiting.tolist()
        assert int(assessor.backlog) == len(waiting)
        assert int(assessor.done) <= int(assessor.capacity)
        assert assessor.done == assessor.capacity or not len(waiting)
        account = account_number(Party.ASSESSOR, c)
        assert int(assessor.fees) == flows["amount"][flows["payee"] == account].sum()
        assert int(assessor.cash) == 0
        assert (quarter - contracts["year_ended"][waiting] < world.rules[0].assessing_patience).all()
        assert 0.0 <= assessor.served <= 1.0
    for a in np.flatnonzero(agencies["stage"] == Stage.ACTIVE):
        mine = contracts[(contracts["agency"] == a) & contracts["waiting"]]
        late = np.maximum(mine["due"] - mine["paid"] - mine["instalment"], 0).sum()
        assert int(agencies["overdue_assessment"][a]) == late


def check_bars(world: World, quarter: int, barred: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """No agency signs with a purchaser that barred it before this quarter; return the bars from the next one on."""
    contracts = used(world, "contracts")
    for contract in contracts[(contracts["called"] == quarter) & (contracts["agency"] >= 0)]:
        purchaser = int(contract["government"])
        if contract["institution"] >= 0:
            # Whom the district bars reads none of the calls there, its institutions' among them.
            renewed = contract["route"] == Route.RENEWAL
            assert renewed or (int(contract["agency"]), purchaser) not in barred
            purchaser = len(world.governments) + int(contract["institution"])
        assert (int(contract["agency"]), purchaser) not in barred
    return {(int(tie["agency"]), int(tie["purchaser"])) for tie in used(world, "ties") if tie["barred_until"] > quarter}
