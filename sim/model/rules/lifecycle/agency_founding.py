"""Agency founding: who founds agencies, with which hazard, and how prospects are judged.

Prospects rise with the number of agencies while the form is new (legitimacy) and fall as more agencies share
budgets (competition).  What founders then need, and what follows without it, is in
`sim.model.rules.lifecycle.founding_attempt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Admission, Kind, Origin
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, random_index
from sim.engine.rng.philox import uniform
from sim.model.rules.contracts.contract_forms_and_prices import hourly_price_ceiling
from sim.model.rules.contracts.purchaser_commitments import uncommitted_government_budget
from sim.model.rules.contracts.underdelivery_and_detection import profitable_shading
from sim.model.rules.lifecycle.donors_in_view import newcomer_gifts, viable_income
from sim.model.rules.lifecycle.founding_attempt import try_to_found_agency
from sim.model.rules.lifecycle.founding_by_companies_and_officials import found_by_companies_and_officials
from sim.model.rules.lifecycle.founding_teams import Founders
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, GovernmentRow
    from sim.model.state.world import World


@rule
def found_agencies(world: World, city: CityRow) -> None:
    """Let colleges, staff of large agencies, groups, investors, companies and officials found agencies."""
    found_by_colleges(world, city)
    found_spin_offs(world, city)
    convert_groups(world, city)
    found_for_profits(world, city)
    found_by_companies_and_officials(world, city)


@rule
def founding_prospects(world: World, government: GovernmentRow, gifts: float) -> float:
    """Prospects of a new agency in a district, from 0 to 1: legitimacy times room in the market.

    Room is the yearly purchasing that a newcomer could win (what is not committed, and part of the rest) from the
    district, its institutions and a share of the city, as far as people are found to work for it, divided among the
    agencies without work, and what donors would give, relative to the income that makes an agency viable.

    Parameters
    ----------
    gifts : float
        Donations of a year that a newcomer would get, fen; 0 for a firm.
    """
    rules = world.rules[0]
    city = world.cities[government.city]
    legitimacy = city.agencies / (city.agencies + rules.founding_legitimacy)
    money = (
        contestable_budget(world, government)
        + contestable_budget(world, world.governments[city.government]) / city.districts
    )
    money += contestable_institution_budgets(world, government)
    money *= city.filled
    room = (money / (1.0 + government.idle_agencies) + gifts) / viable_income(world, city)
    return (0.2 + 0.8 * legitimacy) * room * room / (1.0 + room * room)


@rule
def nonprofit_prospects(world: World, government: GovernmentRow) -> float:
    """Prospects of a new nonprofit in a district, from 0 to 1."""
    city = world.cities[government.city]
    return founding_prospects(world, government, newcomer_gifts(world, city))


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
def promotion_effect(government: GovernmentRow) -> float:
    """Factor of officials' promotion on a founding hazard."""
    return 0.2 + 0.8 * government.promotion_push


@rule
def found_by_colleges(world: World, city: CityRow) -> None:
    """A college founds in the district with better prospects of two, as its drive and supervision allow."""
    clock = world.clock[0]
    rules = world.rules[0]
    for n in range(city.first_college, city.first_college + city.colleges):
        college = world.colleges[n]
        g = city.first_district + random_index(clock, city.districts, Stream.COLLEGE_FOUNDING, college.id, 1)
        other = city.first_district + random_index(clock, city.districts, Stream.COLLEGE_FOUNDING, college.id, 2)
        if nonprofit_prospects(world, world.governments[other]) > nonprofit_prospects(world, world.governments[g]):
            g = other
        government = world.governments[g]
        free = max(1.0 - college.affiliates / max(2.0 * college.supervision, 1e-9), 0.1)
        rate = rules.founding_college_rate * college.drive * promotion_effect(government)
        rate *= nonprofit_prospects(world, government) * free
        if bernoulli(clock, rate_to_probability(rate), Stream.COLLEGE_FOUNDING, college.id, 0):
            founders = Founders(Party.COLLEGE, n, college.id, Origin.COLLEGE, Kind.NONPROFIT, 0)
            try_to_found_agency(world, g, founders)


@rule
def found_spin_offs(world: World, city: CityRow) -> None:
    """Settled staff of a large agency leave to found a sister agency in the same district."""
    clock = world.clock[0]
    rules = world.rules[0]
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.kind != Kind.NONPROFIT or agency.settled < rules.founding_spin_off_size:
            continue
        government = world.governments[agency.district]
        rate = rules.founding_spin_off_rate * nonprofit_prospects(world, government)
        if bernoulli(clock, rate_to_probability(rate), Stream.SPIN_OFF, agency.id, 0):
            leaving = 2 + int(uniform(clock, Stream.SPIN_OFF, agency.id, 1) * agency.settled / 4.0)
            founders = Founders(Party.AGENCY, a, agency.id, Origin.SPIN_OFF, Kind.NONPROFIT, leaving)
            try_to_found_agency(world, agency.district, founders)


@rule
def convert_groups(world: World, city: CityRow) -> None:
    """A group of company form seeks registration; whether it succeeds is decided in `try_to_found_agency`."""
    clock = world.clock[0]
    for g in range(city.first_district, city.first_district + city.districts):
        government = world.governments[g]
        if government.commercial_groups <= 0:
            continue
        rate = world.rules[0].founding_conversion_rate * promotion_effect(government) * government.commercial_groups
        if bernoulli(clock, rate_to_probability(rate), Stream.CONVERSION, government.id, 0):
            founders = Founders(Party.GOVERNMENT, g, government.id, Origin.CONVERTED, Kind.NONPROFIT, 0)
            if try_to_found_agency(world, g, founders):
                government.commercial_groups -= 1


@rule
def found_for_profits(world: World, city: CityRow) -> None:
    """Investors enter a district that admits them where the expected margin exceeds their hurdle."""
    clock = world.clock[0]
    rules = world.rules[0]
    for g in range(city.first_district, city.first_district + city.districts):
        government = world.governments[g]
        if government.own_budget <= 0 or int(government.for_profits_admission) == Admission.BARRED:
            continue
        margin = min(expected_margin(world, government), government.for_profits_profit_cap)
        rate = rules.founding_for_profit_rate * (margin - rules.founding_hurdle)
        rate *= founding_prospects(world, government, 0.0)
        if bernoulli(clock, rate_to_probability(rate), Stream.FOR_PROFIT_ENTRY, government.id, 0):
            founders = Founders(Party.OWNERS, 0, government.id, Origin.COMMERCIAL, Kind.FOR_PROFIT, 0)
            try_to_found_agency(world, g, founders)


@rule
def expected_margin(world: World, government: GovernmentRow) -> float:
    """Margin that an investor expects: ceiling price against the cost of an hour, with profitable shading.

    Wages are the sector's; rent and overhead are paid in full; administration is the base share.
    """
    rules = world.rules[0]
    city = world.cities[government.city]
    pay = 3.0 * city.sector_wage * (1.0 + rules.costs_social_insurance)
    cost = pay + (rules.costs_rent + rules.costs_overhead) * city.cost_index
    hours = rules.people_hours * (1.0 - rules.delivery_base_tasks)
    shaded = profitable_shading(world, government, 0.0)
    return 1.0 - cost / hours * (1.0 - shaded) / hourly_price_ceiling(world, government)
