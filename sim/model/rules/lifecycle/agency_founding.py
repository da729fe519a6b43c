"""Agency founding: who founds agencies, and with which hazard.

What founders then need, and what follows without it, is in `sim.model.rules.lifecycle.founding_attempt`; those who were
refused and wait are in `sim.model.rules.lifecycle.refused_founders`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.accounts import Party
from sim.declarations.choices import Admission, Kind, Origin
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, random_index
from sim.engine.rng.philox import child_id, uniform
from sim.model.rules.contracts.contract_forms_and_prices import hourly_price_ceiling
from sim.model.rules.contracts.firms_in_guise import registers_in_guise
from sim.model.rules.contracts.underdelivery_and_detection import expected_fine
from sim.model.rules.lifecycle.company_form_groups import convert_groups
from sim.model.rules.lifecycle.donors_in_view import FOUNDING_REPUTATION
from sim.model.rules.lifecycle.founding_attempt import try_to_found_agency
from sim.model.rules.lifecycle.founding_by_companies_and_officials import found_by_companies_and_officials
from sim.model.rules.lifecycle.founding_prospects import founding_prospects, newcomer_cost, nonprofit_prospects
from sim.model.rules.lifecycle.founding_teams import Founders, promotion_effect
from sim.model.rules.lifecycle.returns_of_firms import margin_seen
from sim.model.rules.procurement.bid_offers import FULL_STAFFING, staffing_level
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
def found_for_profits(world: World, city: CityRow) -> None:
    """Investors enter a district that admits them, or in guise, where the expected margin exceeds their hurdle."""
    clock = world.clock[0]
    rules = world.rules[0]
    for g in range(city.first_district, city.first_district + city.districts):
        government = world.governments[g]
        if government.own_budget <= 0:
            continue
        entity = child_id(government.id, Origin.COMMERCIAL, clock.quarter, 0)
        if int(government.for_profits_admission) == Admission.BARRED and not registers_in_guise(world, entity):
            continue
        margin = margin_seen(world, city, expected_margin(world, government))
        margin = min(margin, government.for_profits_profit_cap)
        rate = rules.founding_for_profit_rate * (margin - rules.founding_hurdle)
        rate *= founding_prospects(world, government, 0.0)
        if bernoulli(clock, rate_to_probability(rate), Stream.FOR_PROFIT_ENTRY, government.id, 0):
            founders = Founders(Party.OWNERS, 0, government.id, Origin.COMMERCIAL, Kind.FOR_PROFIT, 0)
            try_to_found_agency(world, g, founders)


@rule
def expected_margin(world: World, government: GovernmentRow) -> float:
    """Margin that an investor expects: ceiling price against the cost of an hour, at the staffing that leaves most.

    Wages are the sector's; rent and overhead are paid in full; administration is the base share.  Fines are those
    that a stranger expects.
    """
    rules = world.rules[0]
    city = world.cities[government.city]
    cost = newcomer_cost(world, city)
    hours = rules.people_hours * (1.0 - rules.delivery_base_tasks)
    cost /= hours * hourly_price_ceiling(world, government)
    best = -np.inf
    for i in range(FULL_STAFFING + 1):
        staffing = staffing_level(rules, i)
        fine = expected_fine(world, government, 0.0, staffing, FOUNDING_REPUTATION)
        best = max(best, 1.0 - cost * staffing - fine)
    return best
