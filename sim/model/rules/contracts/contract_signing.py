"""Contract signing and ending: what a contract commits of budget, hours and presence, and its release at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Channel, Status
from sim.engine.compilation import rule
from sim.model.rules.contracts.contract_eligibility import applies_directly
from sim.model.rules.contracts.contract_instalments import parent_city_government, set_payment_terms
from sim.model.rules.contracts.purchaser_commitments import (
    commit_budget,
    purchaser_of_contract,
    record_award,
    update_contracts_in_force,
)
from sim.model.rules.shared.relations_and_presence import ensure_presence, ensure_tie

if TYPE_CHECKING:
    from sim.model.state.world import World


@rule
def sign_contract(world: World, k: int, a: int, c: int, price: int, hours: float, staffing: float, route: int) -> None:
    """Sign a contract: commit the purchaser's budget and the agency's hours, and start its presence in the community.

    Parameters
    ----------
    k, a, c : int
        Contract, agency, community.
    price : int
        Yearly price, fen.
    hours : float
        Hours promised a quarter.
    staffing : float
        Hours of staff planned for each.
    route : Route
        How the agency got it.
    """
    clock = world.clock[0]
    contract = world.contracts[k]
    agency = world.agencies[a]
    contract.status = Status.RUNNING
    contract.route = route
    contract.agency = a
    contract.community = c
    contract.price = price
    contract.promised_hours = hours
    contract.staffing = staffing
    contract.ends = clock.quarter + contract.term
    if contract.channel == Channel.SPECIAL_FUND and not applies_directly(
        world.governments[contract.government], agency
    ):
        contract.association = agency.association
    set_payment_terms(world, contract)
    contract.next_of_agency = agency.first_contract
    agency.first_contract = k
    agency.contracts += 1
    agency.held = True
    agency.contract_value += price
    agency.wins += 1
    agency.committed += hours
    agency.planned += hours * staffing
    commit_budget(world, contract, price)
    record_award(world, contract)
    update_contracts_in_force(world, contract, price, 1)
    clock.running += 1
    clock.open += 1
    ensure_tie(world, a, purchaser_of_contract(world, contract))
    ensure_presence(world, a, c)


@rule
def end_contract(world: World, k: int, status: int) -> None:
    """End a running contract: release the budget and hours that it committed, and set its final `Status`."""
    contract = world.contracts[k]
    agency = world.agencies[contract.agency]
    contract.status = status
    commit_budget(world, contract, -contract.price)
    if contract.co_payment > 0:
        world.governments[contract.government].co_payments -= contract.co_payment
        world.governments[parent_city_government(world, contract.government)].co_payments -= contract.co_payment
    update_contracts_in_force(world, contract, -contract.price, -1)
    world.clock[0].running -= 1
    agency.contracts -= 1
    agency.contract_value -= contract.price
    # Sums of hours are real numbers: an agency without contracts must return to exactly zero.
    agency.committed = agency.committed - contract.promised_hours if agency.contracts > 0 else 0.0
    planned = contract.promised_hours * contract.staffing
    agency.planned = agency.planned - planned if agency.contracts > 0 else 0.0
