"""Capacity and unit cost of an agency: hours of service, administration, cost of an hour, posts, reserves."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm, Kind
from sim.declarations.state_codes import Host, Status
from sim.engine.compilation import rule
from sim.model.rules.shared.purchaser_numbers import government_of_purchaser, pressure_by_purchaser, weight_of_regime
from sim.model.rules.shared.undefined_measures import felt_resource_independence

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow
    from sim.model.state.world import World

OVERTIME_SHARE = 1.0 / 3.0
"""Part of a post that a team covers by working more."""

FEWEST_SUPERVISED = 3
"""Staff from which an agency has a supervisor of its own."""


@rule
def administrative_share(world: World, agency: AgencyRow) -> float:
    """Share of staff time that goes into administrative tasks, from 0 to `delivery.most_tasks`.

    The base share of any office, plus what purchasers ask: the pressure of each times the agency's dependence on it,
    reduced by up to a half as the agency is independent in resources; plus the files that assessments ask for, which
    nobody can refuse.
    """
    rules = world.rules[0]
    asked = 0.0
    files = 0.0
    independence = felt_resource_independence(agency)
    if agency.income_year > 0:
        tie = agency.first_tie
        while tie >= 0:
            dependence = world.ties[tie].income_year / agency.income_year
            asked += dependence * pressure_by_purchaser(world, world.ties[tie].purchaser)
            government = government_of_purchaser(world, world.ties[tie].purchaser)
            weight = weight_of_regime(world, int(government.assessment_regime))
            files += dependence * government.assessment_coverage * weight
            tie = world.ties[tie].next
    tasks = rules.delivery_base_tasks + rules.delivery_pressure_tasks * asked * (1.0 - 0.5 * independence)
    return min(tasks + rules.assessing_paper * files, rules.delivery_most_tasks)


@rule
def hours_per_person(world: World, agency: AgencyRow) -> float:
    """Hours of service that one person gives in a quarter."""
    return world.rules[0].people_hours * (1.0 - agency.administrative)


@rule
def supervisors_of(world: World, agency: AgencyRow) -> int:
    """Supervisors on the staff: one for each span of people, from the settled; none in an agency of two or fewer."""
    if agency.staff < FEWEST_SUPERVISED:
        return 0
    return int(min(ceil(agency.staff / world.rules[0].people_span), agency.settled))


@rule
def hours_to_promise(world: World, agency: AgencyRow, lot: ContractRow) -> float:
    """Hours a quarter that a bidder has to promise: the minimum of the lot, or for posts the hours of its own people.

    A purchaser of posts gets people, with whatever administrative tasks those have.
    """
    if int(lot.form) == ContractForm.POST:
        return lot.posts * hours_per_person(world, agency)
    return float(lot.minimum_hours)


@rule
def pay_factor(world: World, agency: AgencyRow) -> float:
    """Mean pay over the wage of who is no supervisor."""
    return 1.0 + world.rules[0].costs_supervisor_premium * supervisors_of(world, agency) / max(agency.staff, 1)


@rule
def mean_pay(world: World, agency: AgencyRow) -> float:
    """Mean pay of an agency's staff, supervisors included, fen a month."""
    return agency.wage * pay_factor(world, agency)


@rule
def rent_per_person(world: World, agency: AgencyRow) -> float:
    """Rent of one workplace for a quarter, fen; zero where a host provides the office."""
    if agency.host != Host.OWN:
        return 0.0
    return world.rules[0].costs_rent * world.cities[agency.city].cost_index


@rule
def cost_per_person(world: World, agency: AgencyRow) -> float:
    """Mean cost of one person for a quarter, fen: pay, social insurance, rent, overhead."""
    rules = world.rules[0]
    pay = 3.0 * mean_pay(world, agency) * (1.0 + rules.costs_social_insurance)
    overhead = rules.costs_overhead * world.cities[agency.city].cost_index
    return pay + rent_per_person(world, agency) + overhead


@rule
def cost_per_hour(world: World, agency: AgencyRow) -> float:
    """Cost of one hour of service, fen, fixed costs spread over the staff."""
    per_person = cost_per_person(world, agency) + fixed_cost(world, agency) / max(agency.staff, 1)
    return per_person / hours_per_person(world, agency)


@rule
def planned_posts(world: World, agency: AgencyRow) -> float:
    """Posts for the hours planned for contracts, those that own money pays for, and those beyond the promise."""
    return posts_for_contracts(world, agency) + agency.own_posts + agency.extra_posts


@rule
def posts_for_contracts(world: World, agency: AgencyRow) -> float:
    """Posts for the hours of staff planned for running contracts: the hours promised times their staffing."""
    return agency.planned / hours_per_person(world, agency)


@rule
def staff_to_hire_for(posts: float) -> int:
    """Staff up to which an agency hires: nobody for less than a third of a post, no director where nobody is left."""
    return max(ceil(posts - OVERTIME_SHARE), 0)


@rule
def staff_to_keep(posts: float) -> int:
    """Staff above which an agency lays off: a third of a post more than it hires for, so that rounding moves nobody."""
    return max(ceil(posts), 1)


@rule
def people_for_contracts(agency: AgencyRow) -> float:
    """People of neither own nor extra posts: only they are bid with."""
    return max(agency.staff - agency.own_posts - agency.extra_posts, 0.0)


@rule
def hours_for_bids(world: World, agency: AgencyRow) -> float:
    """Hours a quarter that people for contracts, and those whom it could hire, can give beside what is planned."""
    people = people_for_contracts(agency) + hiring_limit(world, agency)
    return people * hours_per_person(world, agency) - agency.planned


@rule
def hours_served(agency: AgencyRow) -> float:
    """Hours of service of a quarter: delivered under contract, given beyond the promise, and of one's own design."""
    return agency.delivered + agency.extra_hours + agency.own_hours


@rule
def hiring_limit(world: World, agency: AgencyRow) -> int:
    """New staff that an agency can take on within a quarter."""
    rules = world.rules[0]
    growth = rules.founding_firm_growth if agency.kind == Kind.FOR_PROFIT else 1.0
    return int(growth * max(rules.people_hiring_minimum, rules.people_hiring_limit * agency.staff))


@rule
def fixed_cost(world: World, agency: AgencyRow) -> float:
    """Cost of a quarter whatever the size, fen."""
    return world.rules[0].costs_fixed * world.cities[agency.city].cost_index


@rule
def monthly_cost(world: World, agency: AgencyRow, staff: int) -> float:
    """Cost of a month with so many people, fen."""
    return (staff * cost_per_person(world, agency) + fixed_cost(world, agency)) / 3.0


@rule
def money_after_debts(agency: AgencyRow) -> int:
    """Cash less debts, loan and advance, fen; below zero where it owes more than it has."""
    return int(agency.cash - unpaid_debts(agency) - agency.loan - agency.advance)


@rule
def own_reserve(world: World, agency: AgencyRow, until: int) -> int:
    """Cash less all that it owes, and less what was paid for work that is still to be done, fen.

    Money that is paid ahead has to pay for the work to come, and hires nobody beside it.

    Parameters
    ----------
    until : int
        Quarter before which the work is done.
    """
    money = money_after_debts(agency)
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            earned = contract.price * (until - (contract.ends - contract.term)) // 4
            money -= max(contract.paid - earned, 0)
        k = contract.next_of_agency
    return int(money)


@rule
def unpaid_debts(agency: AgencyRow) -> int:
    """Wages and bills that an agency owes, fen."""
    return int(agency.overdue_wages + agency.overdue_bills)


@rule
def months_of_reserves(world: World, agency: AgencyRow) -> float:
    """Cash less all that it owes, in months of the present staff's cost; below zero where it owes more than it has."""
    return money_after_debts(agency) / max(monthly_cost(world, agency, agency.staff), 1.0)


@rule
def months_of_wages(world: World, agency: AgencyRow, owed: float) -> float:
    """Debts in months of full wages of the present staff; of one person where there is no staff."""
    return owed / max(mean_pay(world, agency) * max(agency.staff, 1), 1.0)
