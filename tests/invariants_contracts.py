"""What must hold about contracts after every quarter: budgets, dues, payments, fees, who may hold what.

Recounted here from the records in the slowest obvious way; `tests.invariants` calls it.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from sim.agents.agency import Stage
from sim.agents.government import Level
from sim.money import Party, Purpose, account_number
from sim.procurement.contract import Channel, Route, Status
from sim.scenario.choices import Admission, Form, Kind
from sim.world import World
from tests.reading import used

CONTRACT_MONEY = (
    Purpose.CONTRACT,
    Purpose.FUND,
    Purpose.PASSED_ON,
    Purpose.MONITORING,
    Purpose.CO_PAYMENT,
    Purpose.ASSESSMENT,
)


def check_contracts(world: World, quarter: int) -> None:
    """What contracts bind, owe and serve is what those who keep count say."""
    contracts = used(world, "contracts")
    agencies = used(world, "agencies")
    running = contracts["status"] == Status.RUNNING
    completed = contracts["status"] == Status.COMPLETED
    signed = contracts["agency"] >= 0
    worked = np.isin(contracts["status"], (Status.RUNNING, Status.COMPLETED, Status.BROKEN))
    assert (signed == worked).all()
    assert (contracts["status"] != Status.CALLED).all()
    assert (contracts["price"][signed] <= contracts["ceiling"][signed]).all()
    assert (contracts["ends"][running] > quarter).all()
    assert (contracts["ends"][completed] <= quarter).all()
    full = contracts["price"] * contracts["term"] // 4
    elapsed = quarter + 1 - (contracts["ends"] - contracts["term"])
    fell_due = contracts["due"] + contracts["withheld"] + contracts["assessment_fee"]
    by_quarters = contracts["price"] * elapsed // 4
    steady = running & (contracts["upfront"] == 0)
    assert (fell_due[steady] == by_quarters[steady]).all()
    assert (fell_due[running] >= by_quarters[running]).all()
    assert (fell_due[completed] == full[completed]).all()
    assert (fell_due <= full).all()
    assert (contracts["paid"] <= contracts["due"]).all()
    assert (contracts["paid"][~signed] == 0).all()
    assert (contracts["withheld"] >= 0).all()
    assert (contracts["assessment_fee"] >= 0).all()
    assert (contracts["co_payment"] <= contracts["price"]).all()
    assert (contracts["co_paid"] <= contracts["co_due"]).all()
    assert (contracts["co_due"] - contracts["co_paid"] <= contracts["due"] - contracts["paid"]).all()
    owed = contracts["due"] - contracts["paid"] - contracts["written_off"]
    assert (owed >= 0).all()
    assert int(world.clock[0].running) == running.sum()
    for a, agency in enumerate(agencies):
        own = contracts["agency"] == a
        assert int(agency["contracts"]) == (own & running).sum()
        promised = contracts["promised_hours"][own & running].sum()
        assert abs(agency["committed"] - promised) <= 1e-6 * (1 + promised)
        assert int(agency["receivable"]) == owed[own].sum()
        if agency["stage"] == Stage.CLOSED:
            assert not owed[own].any()
            assert not (own & running).any()
    needs = np.zeros(world.needs.shape, int)
    np.add.at(needs, (contracts["community"][running], contracts["field"][running]), 1)
    assert (needs == world.needs["served"]).all()
    of_city = contracts["co_due"] - contracts["co_paid"]
    cities = np.asarray(world.governments["city"])[contracts["government"]]
    below = [
        (cities == g) & (contracts["government"] != g) if g < len(world.cities) else np.zeros(len(contracts), bool)
        for g in range(len(world.governments))
    ]
    for g, government in enumerate(world.governments):
        own = contracts["government"] == g
        assert int(government.running) == contracts["price"][own & running].sum()
        assert int(government.obligations) == owed[own].sum() - of_city[own].sum() + of_city[below[g]].sum()
        matched = contracts["co_payment"][(below[g] | own) & running].sum()
        assert int(government.matched) == matched
        for f in range(world.active.shape[1]):
            assert world.active[g, f] == contracts["price"][own & running & (contracts["field"] == f)].sum()


def check_payments(world: World, flows: np.ndarray, paid: dict[int, int]) -> None:
    """No payment without contract; the association keeps its share, no more and no less."""
    contracts = used(world, "contracts")
    for_contract = np.isin(flows["purpose"], CONTRACT_MONEY)
    assert (for_contract == (flows["contract"] >= 0)).all()
    by_contract: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for flow in flows[for_contract]:
        contract = contracts[flow["contract"]]
        government = account_number(Party.GOVERNMENT, int(contract["government"]))
        association = account_number(Party.ASSOCIATION, int(contract["association"]))
        agency = account_number(Party.AGENCY, int(contract["agency"]))
        # A city is numbered as its government and as its assessors are.
        city = int(world.governments[contract["government"]].city)
        meant = {
            Purpose.CONTRACT: (government, agency),
            Purpose.FUND: (government, association),
            Purpose.PASSED_ON: (association, agency),
            Purpose.MONITORING: (association, account_number(Party.SUPPLIERS, 0)),
            Purpose.CO_PAYMENT: (account_number(Party.GOVERNMENT, city), agency),
            Purpose.ASSESSMENT: (government, account_number(Party.ASSESSOR, city)),
        }[Purpose(flow["purpose"])]
        assert (int(flow["payer"]), int(flow["payee"])) == meant
        fund = contract["channel"] == Channel.SPECIAL_FUND
        of_fund = (Purpose.FUND, Purpose.PASSED_ON, Purpose.MONITORING)
        assert flow["purpose"] == Purpose.ASSESSMENT or fund == (flow["purpose"] in of_fund)
        by_contract[int(flow["contract"])][int(flow["purpose"])] += int(flow["amount"])
    fees: dict[int, int] = defaultdict(int)
    for k, contract in enumerate(contracts):
        moved = by_contract[k]
        received = moved[Purpose.CONTRACT] + moved[Purpose.FUND] + moved[Purpose.CO_PAYMENT]
        assert received == int(contract["paid"]) - paid.get(k, 0)
        paid[k] = int(contract["paid"])
        if contract["channel"] == Channel.SPECIAL_FUND:
            lever = world.governments[contract["government"]]
            fee = received - moved[Purpose.PASSED_ON]
            assert fee == round(received * float(lever.special_fund_management_fee))
            assert moved[Purpose.MONITORING] == round(fee * float(lever.special_fund_monitoring))
            fees[int(contract["association"])] += fee
        else:
            assert contract["fee"] == 0
    for n, association in enumerate(world.associations):
        assert int(association.fees) == fees[n]


def check_purchasers(world: World, quarter: int) -> None:
    """No contract without budget: who signs has bound no more than the year's money."""
    contracts = used(world, "contracts")
    new = contracts["called"] == quarter
    for g, government in enumerate(world.governments):
        own = new & (contracts["government"] == g)
        signed = own & (contracts["agency"] >= 0)
        assert int(government.awarded) == contracts["price"][signed].sum()
        assert int(government.called) == contracts["ceiling"][own & (contracts["route"] != Route.RENEWAL)].sum()
        if signed.any():
            broken = signed & (contracts["status"] == Status.BROKEN)
            bound = int(government.running) + contracts["price"][broken].sum()
            # The city's part of a district's contracts is bound in the city.
            if government.level == Level.CITY:
                bound += int(government.matched)
            else:
                bound -= int(government.matched) + contracts["co_payment"][broken].sum()
            assert bound <= int(government.budget)


def check_forms(world: World, flows: np.ndarray, quarter: int) -> None:
    """Who may hold what: attached agencies work through their association only, firms not for the fund."""
    contracts = used(world, "contracts")
    agencies = used(world, "agencies")
    for k in np.flatnonzero(contracts["agency"] >= 0):
        contract, agency = contracts[k], agencies[contracts["agency"][k]]
        if contract["channel"] == Channel.DISTRICT:
            assert world.governments[contract["government"]].level == Level.DISTRICT
            assert agency["form"] == Form.REGISTERED
            assert contract["association"] < 0
        else:
            assert world.governments[contract["government"]].level == Level.CITY
            assert agency["kind"] == Kind.NONPROFIT
            assert contract["association"] == agency["association"] >= 0
        if contract["called"] == quarter and agency["kind"] == Kind.FOR_PROFIT:
            assert world.governments[contract["government"]].for_profits_admission == Admission.OPEN
    funded = flows[np.isin(flows["purpose"], (Purpose.FUND, Purpose.PASSED_ON))]
    for flow in funded:
        association = world.associations[contracts["association"][flow["contract"]]]
        assert int(association.founded) <= quarter, "money goes through an association that does not work yet"
