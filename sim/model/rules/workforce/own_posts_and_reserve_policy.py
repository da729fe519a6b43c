"""Own posts and reserve policy: what an agency's own money pays for beside contracts, and how much it keeps.

A budget in which expected income covers cost, with partial adjustment of the reserve to the one that the agency wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Status
from sim.engine.compilation import rule
from sim.engine.rng.distributions import lognormal_factor
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    cost_per_person,
    fixed_cost,
    monthly_cost,
    own_reserve,
    posts_for_contracts,
)

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow
    from sim.model.state.world import World


@rule
def net_price(world: World, contract: ContractRow) -> float:
    """Price of a quarter that reaches the agency, fen: an association keeps its fee."""
    price = contract.price / 4.0
    if contract.association < 0:
        return price
    return price * (1.0 - world.governments[contract.government].special_fund_management_fee)


@rule
def expected_contract_income(world: World, agency: AgencyRow) -> float:
    """Income of a quarter that running contracts promise, fen."""
    total = 0.0
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            total += net_price(world, contract)
        k = contract.next_of_agency
    return total


@rule
def plan_own_posts(world: World, agency: AgencyRow) -> None:
    """Move own posts towards what own money and the reserve policy pay for, and set the adequacy of the reserve.

    Owners get what a firm's contracts leave, so it plans no posts.  What a settlement would probably take of a surplus
    goes into extra posts on contracts.  An agency in debt plans no more posts than it has,
    and cuts at twice the speed.
    """
    rules = world.rules[0]
    if agency.reserve_target <= 0.0:
        spread = lognormal_factor(world.clock[0], rules.reserves_target_spread, Stream.RESERVE_POLICY, agency.id, 0)
        agency.reserve_target = rules.reserves_target * spread
    wanted_reserve = agency.reserve_target * monthly_cost(world, agency, max(agency.staff, 1))
    reserve = own_reserve(world, agency, world.clock[0].quarter) + rules.reserves_dues * agency.receivable
    agency.adequacy = min(max(reserve / max(wanted_reserve, 1.0), 0.0), 1.0)
    if agency.kind == Kind.FOR_PROFIT:
        return
    per_person = max(cost_per_person(world, agency), 1.0)
    surplus = contract_surplus(world, agency)
    forgone = surplus_at_risk(world, agency, surplus)
    agency.extra_posts += rules.reserves_planning * (forgone / per_person - agency.extra_posts)
    wanted = max(money_for_own_posts(world, agency, surplus - forgone, reserve - wanted_reserve), 0.0) / per_person
    speed = rules.reserves_planning
    if agency.overdue_wages + agency.overdue_bills > 0:
        wanted = min(wanted, agency.own_posts)
        speed = min(2.0 * speed, 1.0)
    agency.own_posts += speed * (wanted - agency.own_posts)


@rule
def contract_surplus(world: World, agency: AgencyRow) -> float:
    """What contracts leave of a quarter's income after the people planned for them and the fixed cost, fen."""
    cost = posts_for_contracts(world, agency) * cost_per_person(world, agency)
    return expected_contract_income(world, agency) - cost - fixed_cost(world, agency)


@rule
def surplus_at_risk(world: World, agency: AgencyRow, surplus: float) -> float:
    """Part of a surplus, fen, that settlements would probably take, as far as the agency spends ahead of them."""
    income = 0.0
    allowed = 0.0
    audited = 0.0
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            government = world.governments[contract.government]
            net = net_price(world, contract)
            income += net
            allowed += net * government.settlement_allowed_surplus
            audited += net * government.settlement_audit * government.settlement_returned
        k = contract.next_of_agency
    if income <= 0.0:
        return 0.0
    return world.rules[0].reserves_anticipation * (audited / income) * max(surplus - allowed, 0.0)


@rule
def money_for_own_posts(world: World, agency: AgencyRow, surplus: float, gap: float) -> float:
    """Money of a quarter for posts beside contracts, fen: own income and what contracts leave, less what is saved.

    Parameters
    ----------
    surplus : float
        What contracts leave, fen.
    gap : float
        Reserve less wanted reserve, fen.
    """
    rules = world.rules[0]
    own = agency.income_donations + agency.income_fees + agency.income_sponsorship + agency.income_grants
    room = own / 4.0 + surplus
    if gap >= 0.0:
        return room + rules.reserves_correction * gap
    if room <= 0.0:
        return room
    return max(room + rules.reserves_correction * gap, (1.0 - rules.reserves_saving) * room)
