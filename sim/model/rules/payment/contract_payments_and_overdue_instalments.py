"""Contract payments and overdue instalments: late payers, a city's part, and the fee of an association.

What is due and not paid after its quarter is overdue.  A district pays only after its city has paid its part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Channel, Status
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.contracts.contract_instalments import parent_city_government
from sim.model.rules.contracts.purchaser_commitments import (
    add_obligation,
    add_overdue,
    affordable_payment,
    payable_debt,
    purchaser_of_contract,
)
from sim.model.rules.ledger.income_accounts import record_income, record_income_from_purchaser
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.shared.active_agencies import active_agencies_in, nth_government

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, GovernmentRow
    from sim.model.state.world import World


@rule
def pay_contracts(world: World, city: CityRow) -> None:
    """Let purchasers pay part of what is due, to dormant agencies too for past work; count what is overdue."""
    for n in range(city.districts + 1):
        world.governments[nth_government(city, n)].overdue = 0
    area = world.governments[city.government]
    for i in range(area.first_institution, area.first_institution + area.institutions):
        world.institutions[i].overdue = 0
    for a in active_agencies_in(world, city):
        receive_instalments(world, a)
    a = city.first_dormant
    while a >= 0:
        receive_instalments(world, a)
        a = world.agencies[a].next_dormant


@rule
def receive_instalments(world: World, a: int) -> None:
    """Receive what purchasers pay this quarter; drop contracts that have ended and are paid in full.

    Nothing is paid on a contract that waits for its assessment.
    """
    clock = world.clock[0]
    agency = world.agencies[a]
    agency.overdue_income = 0
    agency.overdue_assessment = 0
    previous = -1
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        following = contract.next_of_agency
        if not contract.waiting:
            pay_purchaser_part(world, a, k)
        late = max(contract.due - contract.paid - contract.instalment, 0)
        agency.overdue_income += late
        agency.overdue_assessment += late if contract.waiting else 0
        add_overdue(world, contract, late)
        if contract.status != Status.RUNNING and contract.due == contract.paid and not contract.waiting:
            clock.open -= 1
            if previous < 0:
                agency.first_contract = following
            else:
                world.contracts[previous].next_of_agency = following
        else:
            previous = k
        k = following


@rule
def pay_purchaser_part(world: World, a: int, k: int) -> None:
    """Pay what the purchaser itself owes, perhaps late; where a city pays a part, not before the city has."""
    contract = world.contracts[k]
    if contract.co_payment_due > contract.co_payment_paid and not pay_city_part(world, a, k):
        return
    owed = contract.due - contract.paid
    on_time = 1.0 / (1.0 + world.governments[contract.government].payment_delay)
    if owed > 0 and bernoulli(world.clock[0], on_time, Stream.PAYMENT, contract.id, 0):
        pay_instalment(world, a, k, affordable_payment(world, contract, owed))


@rule
def pay_city_part(world: World, a: int, k: int) -> bool:
    """Let the city pay its part of a district's contract; return whether all of it is paid now."""
    contract = world.contracts[k]
    agency = world.agencies[a]
    city = world.governments[parent_city_government(world, contract.government)]
    on_time = 1.0 / (1.0 + city.payment_delay)
    if not bernoulli(world.clock[0], on_time, Stream.CO_PAYMENT, contract.id, 0):
        return False
    amount = payable_debt(city.cash, city.obligations, contract.co_payment_due - contract.co_payment_paid)
    contract.co_payment_paid += amount
    contract.paid += amount
    agency.receivable -= amount
    city.obligations -= amount
    city.paid += amount
    transfer(world, city, agency, Purpose.CO_PAYMENT, k, amount)
    record_income(world, a, Source.DISTRICT_CONTRACTS, amount)
    record_income_from_purchaser(world, a, contract.government, amount)
    return bool(contract.co_payment_paid == contract.co_payment_due)


@rule
def pay_instalment(world: World, a: int, k: int, amount: int) -> None:
    """Pay an amount, directly to the agency or through its association, which keeps a fee.

    Parameters
    ----------
    a, k : int
        Agency, contract.
    amount : int
        Fen.
    """
    agency = world.agencies[a]
    contract = world.contracts[k]
    contract.paid += amount
    agency.receivable -= amount
    add_obligation(world, contract, -amount)
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        institution.paid += amount
        transfer(world, institution, agency, Purpose.INSTITUTIONAL, k, amount)
        record_income(world, a, Source.INSTITUTIONS, amount)
    else:
        amount = pay_from_government(world, a, k, amount)
    record_income_from_purchaser(world, a, purchaser_of_contract(world, contract), amount)


@rule
def pay_from_government(world: World, a: int, k: int, amount: int) -> int:
    """Pay an amount on a government's contract; return what reaches the agency, fen.

    Parameters
    ----------
    a, k : int
        Agency, contract.
    amount : int
        Fen.
    """
    agency = world.agencies[a]
    contract = world.contracts[k]
    government = world.governments[contract.government]
    government.paid += amount
    if contract.channel == Channel.DISTRICT:
        transfer(world, government, agency, Purpose.CONTRACT, k, amount)
        record_income(world, a, Source.DISTRICT_CONTRACTS, amount)
        return amount
    if contract.association >= 0:
        amount = pay_through_association(world, agency, government, k, amount)
    else:
        transfer(world, government, agency, Purpose.FUND, k, amount)
    record_income(world, a, Source.SPECIAL_FUND, amount)
    return amount


@rule
def pay_through_association(world: World, agency: AgencyRow, government: GovernmentRow, k: int, amount: int) -> int:
    """Pay fund money to the association, which keeps its fee and monitors; return what it passes on, fen.

    Parameters
    ----------
    agency, government : row
        Payee, and the city that pays.
    k : int
        Index of the contract.
    amount : int
        Fen.
    """
    contract = world.contracts[k]
    association = world.associations[contract.association]
    fee = to_fen(amount * government.special_fund_management_fee)
    monitoring = to_fen(fee * government.special_fund_monitoring)
    transfer(world, government, association, Purpose.FUND, k, amount)
    transfer(world, association, agency, Purpose.PASSED_ON, k, amount - fee)
    transfer(world, association, world.externals[Party.SUPPLIERS], Purpose.MONITORING, k, monitoring)
    contract.fee += fee
    association.fees += fee
    association.passed_on += amount - fee
    return int(amount - fee)
