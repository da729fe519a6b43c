"""Contract invariants after every quarter: budgets, amounts due, payments, fees, eligibility.

Recounted here from the records in the slowest obvious way; `tests.invariants.world_invariants` calls it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from sim.declarations.accounts import Party, Purpose, account_number
from sim.declarations.choices import Admission, ContractForm, Form, Kind
from sim.declarations.events_and_causes import Event
from sim.declarations.state_codes import Channel, Level, Route, Stage, Status
from sim.model.state.world import World
from tests.support.world_reading import used

CONTRACT_MONEY = (
    Purpose.CONTRACT,
    Purpose.INSTITUTIONAL,
    Purpose.FUND,
    Purpose.PASSED_ON,
    Purpose.MONITORING,
    Purpose.CO_PAYMENT,
    Purpose.ASSESSMENT,
    Purpose.SETTLEMENT,
)


def check_contracts(world: World, quarter: int) -> None:
    """Sums over contracts equal the counters of purchasers, agencies and communities."""
    contracts = used(world, "contracts")
    check_terms(contracts, quarter)
    check_amounts_due(contracts, quarter)
    assert int(world.clock[0].running) == (contracts["status"] == Status.RUNNING).sum()
    check_contracts_of_agencies(world, contracts)
    check_contracts_of_communities(world, contracts)
    check_contracts_of_purchasers(world, contracts)


def check_terms(contracts: np.ndarray, quarter: int) -> None:
    """Every contract has a status that agrees with its agency, price and end."""
    signed = contracts["agency"] >= 0
    worked = np.isin(contracts["status"], (Status.RUNNING, Status.COMPLETED, Status.BROKEN))
    assert (signed == worked).all()
    assert (contracts["status"] != Status.CALLED).all()
    assert (contracts["price"][signed] <= contracts["ceiling"][signed]).all()
    assert (contracts["ends"][contracts["status"] == Status.RUNNING] > quarter).all()
    assert (contracts["ends"][contracts["status"] == Status.COMPLETED] <= quarter).all()
    assert ((contracts["posts"] > 0) == (contracts["form"] == ContractForm.POST)).all()
    assert (contracts["paid"][~signed] == 0).all()


def check_amounts_due(contracts: np.ndarray, quarter: int) -> None:
    """Amounts due follow the quarters served; of posts, only those that are filled are paid for."""
    running = contracts["status"] == Status.RUNNING
    completed = contracts["status"] == Status.COMPLETED
    posts = contracts["form"] == ContractForm.POST
    full = contracts["price"] * contracts["term"] // 4
    elapsed = quarter + 1 - (contracts["ends"] - contracts["term"])
    fell_due = contracts["due"] + contracts["withheld"] + contracts["assessment_fee"] + contracts["taken_off"]
    by_quarters = contracts["price"] * elapsed // 4
    steady = running & (contracts["upfront"] == 0)
    assert (fell_due[steady & ~posts] == by_quarters[steady & ~posts]).all()
    assert (fell_due[steady] <= by_quarters[steady]).all()
    assert (fell_due[running & ~posts] >= by_quarters[running & ~posts]).all()
    assert (fell_due[completed & ~posts] == full[completed & ~posts]).all()
    assert (fell_due <= full).all()
    assert (contracts["paid"] <= contracts["due"]).all()
    assert (contracts["withheld"] >= 0).all()
    assert (contracts["assessment_fee"] >= 0).all()
    assert (contracts["co_payment"] <= contracts["price"]).all()
    assert (contracts["co_payment_paid"] <= contracts["co_payment_due"]).all()
    assert (contracts["co_payment_due"] - contracts["co_payment_paid"] <= contracts["due"] - contracts["paid"]).all()
    assert (amounts_owed(contracts) >= 0).all()


def amounts_owed(contracts: np.ndarray) -> np.ndarray:
    """Amount due, not paid and not written off of each contract, fen."""
    return np.asarray(contracts["due"] - contracts["paid"] - contracts["written_off"])


def check_contracts_of_agencies(world: World, contracts: np.ndarray) -> None:
    """Agencies count the contracts, hours and amounts owed that are theirs; closed ones have none."""
    running = contracts["status"] == Status.RUNNING
    owed = amounts_owed(contracts)
    for a, agency in enumerate(used(world, "agencies")):
        own = contracts["agency"] == a
        assert int(agency["contracts"]) == (own & running).sum()
        assert int(agency["contract_value"]) == contracts["price"][own & running].sum()
        promised = contracts["promised_hours"][own & running].sum()
        assert abs(agency["committed"] - promised) <= 1e-6 * (1 + promised)
        planned = (contracts["promised_hours"] * contracts["staffing"])[own & running].sum()
        assert abs(agency["planned"] - planned) <= 1e-6 * (1 + planned)
        assert int(agency["receivable"]) == owed[own].sum()
        if agency["stage"] == Stage.CLOSED:
            assert not owed[own].any()
            assert not (own & running).any()


def check_contracts_of_communities(world: World, contracts: np.ndarray) -> None:
    """Needs count the contracts that serve them; a centre serves all fields."""
    running = contracts["status"] == Status.RUNNING
    centres = contracts["form"] == ContractForm.CENTRE
    needs = np.zeros(world.needs.shape, int)
    in_field = running & ~centres
    np.add.at(needs, (contracts["community"][in_field], contracts["field"][in_field]), 1)
    for community in contracts["community"][running & centres]:
        needs[community] += 1
    assert (needs == world.needs["served"]).all()


def check_contracts_of_purchasers(world: World, contracts: np.ndarray) -> None:
    """Purchasers count what their contracts commit and owe; a city also its part of those of its districts."""
    running = contracts["status"] == Status.RUNNING
    centres = contracts["form"] == ContractForm.CENTRE
    owed = amounts_owed(contracts)
    of_city = contracts["co_payment_due"] - contracts["co_payment_paid"]
    cities = np.asarray(world.governments["city"])[contracts["government"]]
    assert not contracts["co_payment"][contracts["institution"] >= 0].any()
    for purchaser, own in purchasers(world, contracts):
        assert int(purchaser.running) == contracts["price"][own & running].sum()
        below = below_city(purchaser, cities) & ~own
        assert int(purchaser.obligations) == owed[own].sum() - of_city[own].sum() + of_city[below].sum()
    for g, government in enumerate(world.governments):
        own = (contracts["government"] == g) & (contracts["institution"] < 0) & running
        assert int(government.centre_value) == contracts["price"][own & centres].sum()
        matched = own | (below_city(government, cities) & running)
        assert int(government.co_payments) == contracts["co_payment"][matched].sum()
        for f in range(world.active.shape[1]):
            assert world.active[g, f] == contracts["price"][own & ~centres & (contracts["field"] == f)].sum()


def below_city(purchaser: np.record, cities: np.ndarray) -> np.ndarray:
    """Which contracts were signed in a city, by the cities of all contracts; none where another than it buys."""
    if "level" in purchaser.dtype.names and purchaser.level == Level.CITY:
        return np.asarray(cities == purchaser.city)
    return np.zeros(len(cities), bool)


def purchasers(world: World, contracts: np.ndarray) -> Iterator[tuple[np.record, np.ndarray]]:
    """Every government and institution, with which contracts are its own."""
    for g, government in enumerate(world.governments):
        yield government, (contracts["government"] == g) & (contracts["institution"] < 0)
    for i, institution in enumerate(world.institutions):
        yield institution, contracts["institution"] == i


def check_payments(world: World, flows: np.ndarray, paid: dict[int, int]) -> None:
    """No payment without contract; the association keeps its fee, no more and no less."""
    contracts = used(world, "contracts")
    for_contract = np.isin(flows["purpose"], CONTRACT_MONEY)
    assert (for_contract == (flows["contract"] >= 0)).all()
    by_contract: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for flow in flows[for_contract]:
        contract = contracts[flow["contract"]]
        assert (int(flow["payer"]), int(flow["payee"])) == expected_parties(world, contract)[Purpose(flow["purpose"])]
        fund = contract["channel"] == Channel.SPECIAL_FUND
        of_fund = (Purpose.FUND, Purpose.PASSED_ON, Purpose.MONITORING)
        by_either = (Purpose.ASSESSMENT, Purpose.SETTLEMENT)
        assert flow["purpose"] in by_either or fund == (flow["purpose"] in of_fund)
        by_contract[int(flow["contract"])][int(flow["purpose"])] += int(flow["amount"])
    check_received_and_fees(world, contracts, by_contract, paid)


def expected_parties(world: World, contract: np.void) -> dict[Purpose, tuple[int, int]]:
    """Accounts of payer and payee of a contract's money, by purpose."""
    government = account_number(Party.GOVERNMENT, int(contract["government"]))
    association = account_number(Party.ASSOCIATION, int(contract["association"]))
    agency = account_number(Party.AGENCY, int(contract["agency"]))
    # A city has the same number as its government and its assessors.
    city = int(world.governments[contract["government"]].city)
    institution = account_number(Party.INSTITUTION, int(contract["institution"]))
    purchaser = institution if contract["institution"] >= 0 else government
    return {
        Purpose.CONTRACT: (government, agency),
        Purpose.INSTITUTIONAL: (institution, agency),
        Purpose.FUND: (government, association if contract["association"] >= 0 else agency),
        Purpose.PASSED_ON: (association, agency),
        Purpose.MONITORING: (association, account_number(Party.SUPPLIERS, 0)),
        Purpose.CO_PAYMENT: (account_number(Party.GOVERNMENT, city), agency),
        Purpose.ASSESSMENT: (purchaser, account_number(Party.ASSESSOR, city)),
        Purpose.SETTLEMENT: (agency, purchaser),
    }


def check_received_and_fees(
    world: World, contracts: np.ndarray, by_contract: dict[int, dict[int, int]], paid: dict[int, int]
) -> None:
    """What agencies received is what contracts count as paid; fees and monitoring follow the levers.

    Parameters
    ----------
    by_contract : dict of int to dict of int to int
        Flows of the quarter by contract and purpose, fen.
    paid : dict of int to int
        Paid on each contract up to the last check, fen; updated.
    """
    fees: dict[int, int] = defaultdict(int)
    for k, contract in enumerate(contracts):
        moved = by_contract[k]
        received = moved[Purpose.CONTRACT] + moved[Purpose.FUND]
        received += moved[Purpose.INSTITUTIONAL] + moved[Purpose.CO_PAYMENT]
        assert received == int(contract["paid"]) - paid.get(k, 0)
        paid[k] = int(contract["paid"])
        if contract["association"] >= 0:
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
    """No contract without budget: a purchaser that signs has committed at most the year's money."""
    contracts = used(world, "contracts")
    new = contracts["called"] == quarter
    for purchaser, mine in purchasers(world, contracts):
        own = new & mine
        signed = own & (contracts["agency"] >= 0)
        assert int(purchaser.awarded) == contracts["price"][signed].sum()
        assert int(purchaser.called) == contracts["ceiling"][own & (contracts["route"] != Route.RENEWAL)].sum()
        if signed.any():
            broken = signed & (contracts["status"] == Status.BROKEN)
            bound = int(purchaser.running) + contracts["price"][broken].sum()
            budget = purchaser.budget
            if "own_budget" in purchaser.dtype.names:
                budget = purchaser.own_budget
                # The city's part of a district's contracts is bound in the city.
                if purchaser.level == Level.CITY:
                    bound += int(purchaser.co_payments)
                else:
                    bound -= int(purchaser.co_payments) + contracts["co_payment"][broken].sum()
            assert bound <= int(budget)
    for government in world.governments:
        channels = government.own_budget + government.grants_budget + government.direct_budget
        assert government.own_budget >= 0
        assert 0 <= channels <= government.budget


def check_channels(world: World, flows: np.ndarray) -> None:
    """Allotments, grants, commissions and official wages stay within the year's money for them."""
    agencies = used(world, "agencies")
    sums = {purpose: flows["amount"][flows["purpose"] == purpose].sum() for purpose in Purpose}
    assert sums[Purpose.COMMISSION] == sum(int(one.commissions_paid) for one in world.institutions)
    for institution in world.institutions:
        assert institution.commissions_left >= 0
    for purpose, name in GRANTS:
        assert sums[purpose] == sum(int(government[name]) for government in world.governments)
    for government in world.governments:
        assert (government.workers >= 0).all()
        assert int(government.direct_staff) == government.workers.sum()
        given = sum(int(government[name]) for _, name in GRANTS)
        assert given <= -(-int(government.grants_budget) // 4)
        own = flows[flows["payer"] == government.account]
        official = np.isin(own["purpose"], (Purpose.DIRECT_WAGES, Purpose.INSURANCE))
        assert own["amount"][official].sum() <= int(government.direct_budget) // 4
        claimed = own["payee"][np.isin(own["purpose"], (Purpose.CORE_GRANT, Purpose.MATCHING_GRANT))]
        for account in claimed:
            agency = agencies[account - account_number(Party.AGENCY, 0)]
            assert (agency["form"], agency["kind"]) == (Form.REGISTERED, Kind.NONPROFIT)


GRANTS = (
    (Purpose.CORE_GRANT, "core_grants"),
    (Purpose.INCUBATION, "incubation_grants"),
    (Purpose.MATCHING_GRANT, "matching_grants"),
)


def check_forms(world: World, flows: np.ndarray, quarter: int) -> None:
    """Who may hold what: attached agencies work through their association only, firms not in guise not for the fund."""
    contracts = used(world, "contracts")
    agencies, events = used(world, "agencies"), used(world, "events")
    revealed = set(events["agency"][events["event"] == Event.REVEALED])
    for k in np.flatnonzero(contracts["agency"] >= 0):
        contract, agency = contracts[k], agencies[contracts["agency"][k]]
        if contract["channel"] != Channel.SPECIAL_FUND:
            assert (contract["institution"] >= 0) == (contract["channel"] == Channel.INSTITUTION)
            assert world.governments[contract["government"]].level == Level.DISTRICT
            assert agency["form"] == Form.REGISTERED
            assert contract["association"] < 0
        else:
            assert world.governments[contract["government"]].level == Level.CITY
            assert agency["kind"] == Kind.NONPROFIT or agency["guise"] or contract["agency"] in revealed
            assert contract["association"] in (-1, agency["association"]) or contract["agency"] in revealed
            assert contract["association"] >= 0 or agency["form"] == Form.REGISTERED
        if contract["institution"] >= 0:
            institution = world.institutions[contract["institution"]]
            assert institution.district == contract["government"]
            assert (institution.field, institution.community) == (contract["field"], contract["community"])
        hidden = agency["guise"] or contract["agency"] in revealed
        if contract["called"] == quarter and agency["kind"] == Kind.FOR_PROFIT and not hidden:
            assert world.governments[contract["government"]].for_profits_admission != Admission.BARRED
    funded = flows[np.isin(flows["purpose"], (Purpose.FUND, Purpose.PASSED_ON))]
    for flow in funded[contracts["association"][funded["contract"]] >= 0]:
        association = world.associations[contracts["association"][flow["contract"]]]
        assert int(association.founded) <= quarter, "money goes through an association that does not work yet"
