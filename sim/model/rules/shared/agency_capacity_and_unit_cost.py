"""Capacity and unit cost of an agency: hours of service, administration, cost of an hour, staff needed, reserves."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.state_codes import Host
from sim.engine.compilation import rule
from sim.model.rules.shared.purchaser_numbers import government_of_purchaser, pressure_by_purchaser, weight_of_regime

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
    reduced by up to a half as the agency is independent; plus the files that assessments ask for, which nobody can
    refuse.
    """
    rules = world.rules[0]
    asked = 0.0
    files = 0.0
    if agency.income_year > 0:
        tie = agency.first_tie
        while tie >= 0:
            dependence = world.ties[tie].income_year / agency.income_year
            asked += dependence * pressure_by_purchaser(world, world.ties[tie].purchaser)
            government = government_of_purchaser(world, world.ties[tie].purchaser)
            files += dependence * government.assessment_coverage * weight_of_regime(world, int(government.assessment_regime))
            tie = world.ties[tie].next
    tasks = rules.delivery_base_tasks + rules.delivery_pressure_tasks * asked * (1.0 - 0.5 * agency.independence)
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
    fixed = world.rules[0].costs_fixed * world.cities[agency.city].cost_index
    per_person = cost_per_person(world, agency) + fixed / max(agency.staff, 1)
    return per_person / hours_per_person(world, agency)


@rule
def staff_for_contracts(world: World, agency: AgencyRow) -> int:
    """Staff needed for the hours promised in contracts."""
    return ceil(agency.committed / hours_per_person(world, agency) - OVERTIME_SHARE)


@rule
def staff_needed(world: World, agency: AgencyRow) -> int:
    """Staff needed for promised hours or payable from income outside contracts, whichever is larger; 1 at least.

    Teams work overtime first: nobody is hired for less than a third of a post.
    """
    for_contracts = staff_for_contracts(world, agency)
    other = agency.income_sponsorship + agency.income_fees
    other += agency.income_donations + agency.income_grants
    for_other = int(other / 4.0 / cost_per_person(world, agency))
    return int(max(for_contracts, for_other, 1))


@rule
def hiring_limit(world: World, agency: AgencyRow) -> int:
    """New staff that an agency can take on within a quarter."""
    rules = world.rules[0]
    return int(max(rules.people_hiring_minimum, rules.people_hiring_limit * agency.staff))


@rule
def months_of_reserves(world: World, agency: AgencyRow) -> float:
    """Cash less debts, in months of the present staff's cost; 0 at least."""
    fixed = world.rules[0].costs_fixed * world.cities[agency.city].cost_index
    monthly = (agency.staff * cost_per_person(world, agency) + fixed) / 3.0
    free = agency.cash - agency.overdue_wages - agency.overdue_bills
    return max(free / max(monthly, 1.0), 0.0)


@rule
def months_of_wages(world: World, agency: AgencyRow, owed: int) -> float:
    """Debts in months of full wages of the present staff; of one person where there is no staff."""
    return owed / max(mean_pay(world, agency) * max(agency.staff, 1), 1.0)
