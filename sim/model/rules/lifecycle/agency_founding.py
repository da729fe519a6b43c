"""Agency founding: who founds agencies, and with which hazard.

What founders then need, and what follows without it, is in `sim.model.rules.lifecycle.founding_attempt`; those who were
refused and wait are in `sim.model.rules.lifecycle.refused_founders`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Kind, Origin
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, random_index
from sim.engine.rng.philox import uniform
from sim.model.rules.lifecycle.company_form_groups import convert_groups
from sim.model.rules.lifecycle.entry_of_firms import found_for_profits
from sim.model.rules.lifecycle.founding_attempt import try_to_found_agency
from sim.model.rules.lifecycle.founding_by_companies_and_officials import found_by_companies_and_officials
from sim.model.rules.lifecycle.founding_prospects import nonprofit_prospects
from sim.model.rules.lifecycle.founding_teams import Founders, promotion_effect
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
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
