"""Founding prospects: how promising a new agency looks in a district, and what a newcomer's people cost.

Prospects rise with the number of agencies while the form is new (legitimacy), with the work that a newcomer might
win, and with money enough to live on; they fall as more agencies without work wait for the same lots (competition).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.arithmetic import exponential
from sim.engine.compilation import rule
from sim.model.rules.contracts.purchaser_commitments import uncommitted_government_budget
from sim.model.rules.lifecycle.donors_in_view import newcomer_gifts, viable_income

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, GovernmentRow
    from sim.model.state.world import World


@rule
def founding_prospects(world: World, government: GovernmentRow, gifts: float) -> float:
    """Prospects of a new agency in a district, from 0 to 1: legitimacy x chance of work x room to live.

    What a newcomer could win is the yearly purchasing that is not committed, and part of the rest, of the district, its
    institutions and a share of the city, as far as people are found to work for it.  It counts twice: in lots, because
    half a lot is no contract, and in money, relative to the income that makes an agency viable.  Agencies without work
    share it.  Gifts need no lot: they count as work in units of that income.

    Parameters
    ----------
    gifts : float
        Donations of a year that a newcomer would get, fen; 0 for a firm.
    """
    city = world.cities[government.city]
    fund = world.governments[city.government]
    legitimacy = city.agencies / (city.agencies + world.rules[0].founding_legitimacy)
    own = contestable_budget(world, government)
    citys = contestable_budget(world, fund) / city.districts
    lots = own / usual_lot(government) + citys / usual_lot(fund) + contestable_institution_lots(world, government)
    money = own + citys + contestable_institution_budgets(world, government)
    rivals = 1.0 + government.idle_agencies
    given = gifts / viable_income(world, city)
    work = city.filled * lots / rivals + given
    room = city.filled * money / rivals / viable_income(world, city) + given
    return (0.2 + 0.8 * legitimacy) * (1.0 - exponential(-work)) * room * room / (1.0 + room * room)


@rule
def nonprofit_prospects(world: World, government: GovernmentRow) -> float:
    """Prospects of a new nonprofit in a district, from 0 to 1."""
    city = world.cities[government.city]
    return founding_prospects(world, government, newcomer_gifts(world, city))


@rule
def usual_lot(government: GovernmentRow) -> float:
    """Usual yearly value of a government's lots now, fen."""
    return max(government.contract_value * government.price_index, 1.0)


@rule
def contestable_budget(world: World, government: GovernmentRow) -> float:
    """Yearly purchasing by a government open to a newcomer, fen: what is uncommitted, and a share of the rest."""
    free = max(uncommitted_government_budget(government), 0)
    return free + world.rules[0].founding_contestable_share * min(government.running, government.own_budget)


@rule
def contestable_institution_budgets(world: World, district: GovernmentRow) -> float:
    """Yearly purchasing by the institutions of a district that a newcomer could win, fen."""
    money = 0.0
    for i in range(district.first_institution, district.first_institution + district.institutions):
        institution = world.institutions[i]
        money += max(institution.budget - institution.running, 0)
        money += world.rules[0].founding_contestable_share * min(institution.running, institution.budget)
    return money


@rule
def contestable_institution_lots(world: World, district: GovernmentRow) -> float:
    """The same in lots: of the district's usual value, or of the whole budget of an institution that has less."""
    lots = 0.0
    for i in range(district.first_institution, district.first_institution + district.institutions):
        institution = world.institutions[i]
        if institution.budget > 0:
            free = max(institution.budget - institution.running, 0)
            held = world.rules[0].founding_contestable_share * min(institution.running, institution.budget)
            lots += (free + held) / min(usual_lot(district), institution.budget)
    return lots


@rule
def newcomer_cost(world: World, city: CityRow) -> float:
    """Cost of one person of a newcomer in a quarter, fen: the sector's wage, insurance, rent and overhead."""
    rules = world.rules[0]
    pay = 3.0 * city.sector_wage * (1.0 + rules.costs_social_insurance)
    return pay + (rules.costs_rent + rules.costs_overhead) * city.cost_index
