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
    hours_per_person,
    money_after_debts,
    monthly_cost,
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

    Owners get what a firm's contracts leave, so it plans no posts.  An agency in debt plans no more posts than it has,
    and cuts at twice the speed.
    """
    rules = world.rules[0]
    if agency.reserve_target <= 0.0:
        spread = lognormal_factor(world.clock[0], rules.reserves_target_spread, Stream.RESERVE_POLICY, agency.id, 0)
        agency.reserve_target = rules.reserves_target * spread
    wanted_reserve = agency.reserve_target * monthly_cost(world, agency, max(agency.staff, 1))
    reserve = money_after_debts(agency) + rules.reserves_dues * agency.receivable
    agency.adequacy = min(max(reserve / max(wanted_reserve, 1.0), 0.0), 1.0)
    if agency.kind == Kind.FOR_PROFIT:
        return
    money = money_for_own_posts(world, agency, reserve - wanted_reserve)
    wanted = max(money, 0.0) / max(cost_per_person(world, agency), 1.0)
    speed = rules.reserves_planning
    if agency.overdue_wages + agency.overdue_bills > 0:
        wanted = min(wanted, agency.own_posts)
        speed = min(2.0 * speed, 1.0)
    agency.own_posts += speed * (wanted - agency.own_posts)


@rule
def money_for_own_posts(world: World, agency: AgencyRow, gap: float) -> float:
    """Money of a quarter for posts beside contracts, fen: own income and what contracts leave, less what is saved.

    Parameters
    ----------
    gap : float
        Reserve less wanted reserve, fen.
    """
    rules = world.rules[0]
    own = agency.income_donations + agency.income_fees + agency.income_sponsorship + agency.income_grants
    posts = agency.committed / hours_per_person(world, agency)
    surplus = expected_contract_income(world, agency) - posts * cost_per_person(world, agency)
    room = own / 4.0 + surplus - fixed_cost(world, agency)
    if gap >= 0.0:
        return room + rules.reserves_correction * gap
    if room <= 0.0:
        return room
    return max(room + rules.reserves_correction * gap, (1.0 - rules.reserves_saving) * room)
