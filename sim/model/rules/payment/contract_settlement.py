"""Contract settlement: money of a contract that was not spent on it goes back to its purchaser, as far as it is found.

An agency's costs are spread over its contracts and other work by hours, so idle time is charged in proportion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Status
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.contracts.contract_instalments import reduce_amount_due
from sim.model.rules.contracts.purchaser_commitments import add_overdue
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import hours_served

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, ContractRow
    from sim.model.state.world import World


@rule
def settle_contracts(world: World, city: CityRow) -> None:
    """Charge the costs of the quarter to contracts, and settle those whose year or term ends with it."""
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        hours = hours_served(agency) + agency.commission_hours
        k = agency.first_contract
        while k >= 0:
            contract = world.contracts[k]
            if contract.status == Status.RUNNING:
                if hours > 0:
                    contract.spent += agency.cost * (contract.quarter_hours / hours)
                if is_to_be_settled(world, contract):
                    settle_contract(world, a, k)
            k = contract.next_of_agency


@rule
def is_to_be_settled(world: World, contract: ContractRow) -> bool:
    """Whether a contract ends with this quarter, or a year of it does and its purchaser settles yearly."""
    after = world.clock[0].quarter + 1
    yearly = world.governments[contract.government].settlement_yearly > 0
    return bool(contract.ends == after or (yearly and (after - contract.ends + contract.term) % 4 == 0))


@rule
def unspent_money(world: World, contract: ContractRow) -> int:
    """What is to go back of the money that fell due since the last settlement, fen.

    The share that the purchaser asks back, of what was neither spent nor is allowed as a surplus.
    """
    government = world.governments[contract.government]
    due = float(max(contract.due - contract.settled_due, 0))
    if contract.association >= 0:
        due *= 1.0 - government.special_fund_management_fee
    left = due * (1.0 - government.settlement_allowed_surplus) - contract.spent
    return to_fen_down(government.settlement_returned * max(left, 0.0))


@rule
def settle_contract(world: World, a: int, k: int) -> None:
    """Settle a period of a contract: where it is audited, what is unspent is owed no more, then paid back from cash.

    What cash does not cover is forgiven.  What comes back raises no budget.
    """
    agency = world.agencies[a]
    contract = world.contracts[k]
    government = world.governments[contract.government]
    back = unspent_money(world, contract)
    if back > 0 and bernoulli(world.clock[0], government.settlement_audit, Stream.SETTLEMENT, contract.id, 0):
        late = overdue_amount(contract)
        off = reduce_amount_due(world, contract, back)
        forgive_overdue(world, contract, late - overdue_amount(contract))
        paid = min(back - off, max(agency.cash, 0))
        contract.taken_off += off
        contract.returned += off + paid
        agency.returned += off + paid
        government.settled += off + paid
        if contract.institution >= 0:
            transfer(world, agency, world.institutions[contract.institution], Purpose.SETTLEMENT, k, paid)
        else:
            transfer(world, agency, government, Purpose.SETTLEMENT, k, paid)
        record_settlement(world, agency, contract, off + paid)
    contract.settled_due = contract.due
    contract.spent = 0.0


@rule
def overdue_amount(contract: ContractRow) -> int:
    """What is owed on a contract since before this quarter, fen."""
    return int(max(contract.due - contract.paid - contract.instalment, 0))


@rule
def forgive_overdue(world: World, contract: ContractRow, amount: int) -> None:
    """Count so much less as overdue this quarter, fen: what is owed no more is not late."""
    agency = world.agencies[contract.agency]
    agency.overdue_income -= amount
    agency.overdue_assessment -= amount if contract.waiting else 0
    add_overdue(world, contract, -amount)


@rule
def record_settlement(world: World, agency: AgencyRow, contract: ContractRow, amount: int) -> None:
    """Record that an audit found money unspent, and how much of it came back, fen."""
    party = Party.INSTITUTION if contract.institution >= 0 else Party.GOVERNMENT
    other = contract.institution if contract.institution >= 0 else contract.government
    record_event(
        world, Event.SETTLED, Cause.UNSPENT, agency.index, contract.government, party, other, amount, agency.staff
    )
