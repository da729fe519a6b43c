"""Own posts: what an agency's own money pays for beside contracts, and how much it keeps in reserve."""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.random_streams import Stream
from tests.oracle.agency import STRETCH
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.contract import Contract
    from tests.oracle.oracle_model import Sector


def net_quarter(contract: Contract) -> float:
    """A quarter's price, less what an association keeps of it."""
    price = contract.price / 4.0
    return price * (1.0 - contract.government.special_fund_management_fee) if contract.association else price


def contract_income(agency: Agency) -> float:
    """What running contracts bring in a quarter."""
    return add_up(net_quarter(contract) for contract in agency.running)


def posts_promised(agency: Agency) -> float:
    """Posts that are planned for contracts."""
    return agency.planned / agency.hours_per_person()


def plan_posts(model: Sector, agency: Agency) -> None:
    """Own posts follow what own money and the reserve policy pay for; a firm has none."""
    rules = model.rules
    if agency.reserve_target <= 0:
        factor = model.factor(rules.reserves_target_spread, Stream.RESERVE_POLICY, agency.id, 0)
        agency.reserve_target = rules.reserves_target * factor
    wanted_reserve = agency.reserve_target * agency.monthly_cost(max(agency.staff, 1))
    reserve = agency.own_reserve(model.quarter) + rules.reserves_dues * agency.receivable
    agency.adequacy = min(max(reserve / max(wanted_reserve, 1.0), 0.0), 1.0)
    if agency.kind == Kind.FOR_PROFIT:
        return
    each = max(agency.cost_per_person(), 1.0)
    surplus = contract_income(agency) - posts_promised(agency) * agency.cost_per_person() - agency.fixed_cost()
    forgone = spent_ahead(agency, surplus)
    agency.extra_posts += rules.reserves_planning * (forgone / each - agency.extra_posts)
    wanted = max(money_to_spend(agency, surplus - forgone, reserve - wanted_reserve), 0.0) / each
    speed = rules.reserves_planning
    if agency.overdue_wages or agency.overdue_bills:
        wanted = min(wanted, agency.own_posts)
        speed = min(2.0 * speed, 1.0)
    agency.own_posts += speed * (wanted - agency.own_posts)


def spent_ahead(agency: Agency, surplus: float) -> float:
    """What a settlement would probably take is rather spent on the contracts."""
    income = contract_income(agency)
    if income <= 0:
        return 0.0
    parts = [(net_quarter(one), one.government) for one in agency.running]
    kept = add_up(net * government.settlement_allowed_surplus for net, government in parts)
    risk = add_up(net * government.settlement_audit * government.settlement_returned for net, government in parts)
    return agency.model.rules.reserves_anticipation * (risk / income) * max(surplus - kept, 0.0)


def money_to_spend(agency: Agency, surplus: float, gap: float) -> float:
    """A quarter's money for posts beside contracts; `gap` is the reserve less the wanted reserve."""
    rules = agency.model.rules
    own = agency.income_donations + agency.income_fees + agency.income_sponsorship + agency.income_grants
    room = own / 4.0 + surplus
    if gap < 0 and room <= 0:
        return room
    balanced = room + rules.reserves_correction * gap
    return balanced if gap >= 0 else max(balanced, (1.0 - rules.reserves_saving) * room)


def staff_to_hire_for(agency: Agency) -> int:
    """Nobody is hired for less than a third of a post, nor a director where nobody is left."""
    return max(ceil(posts_promised(agency) + agency.own_posts + agency.extra_posts - STRETCH), 0)


def staff_to_keep(agency: Agency) -> int:
    """Nobody is laid off for less than a whole one."""
    return max(ceil(posts_promised(agency) + agency.own_posts + agency.extra_posts), 1)


def hours_for_bids(agency: Agency) -> float:
    """Hours of those whom own money does not pay for, and of those whom it could hire, beside what is planned."""
    return (people_for_contracts(agency) + agency.hiring_limit()) * agency.hours_per_person() - agency.planned


def people_for_contracts(agency: Agency) -> float:
    return max(agency.staff - agency.own_posts - agency.extra_posts, 0.0)


def break_even_wage(agency: Agency) -> float:
    """Monthly wage at which contracts pay for their people, less a part for a reserve that is short."""
    income = income_per_post(agency)
    if income == inf:
        return inf
    rules = agency.model.rules
    kept = 1.0 - rules.costs_cushion * (1.0 - agency.adequacy)
    if agency.kind == Kind.FOR_PROFIT:
        kept = min(kept, 1.0 / (1.0 + max(rules.founding_hurdle, 0.0)))
    each = kept * income - agency.rent_per_person() - rules.costs_overhead * agency.city.cost_index
    each -= agency.fixed_cost() / posts_promised(agency)
    return each / (3.0 * (1.0 + rules.costs_social_insurance))


def income_per_post(agency: Agency) -> float:
    """A quarter's income of contracts for each post that they take."""
    income = contract_income(agency)
    if income <= 0 or agency.planned <= 0:
        return inf
    return income / posts_promised(agency)
