"""Founding by companies and officials.

A company founds for its social responsibility, where it sees need, and pays.  Officials with money that nobody takes
wish for an agency to buy services from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Kind, Origin
from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import exponential
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, random_index
from sim.model.rules.contracts.purchaser_commitments import uncommitted_government_budget
from sim.model.rules.funding.source_availability import seeks_another_agency
from sim.model.rules.lifecycle.donors_in_view import viable_income
from sim.model.rules.lifecycle.founding_attempt import try_to_found_agency
from sim.model.rules.lifecycle.founding_teams import Founders
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability
from sim.model.rules.shared.unmet_need import mean_pressure

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, SponsorRow
    from sim.model.state.world import World


@rule
def found_by_companies_and_officials(world: World, city: CityRow) -> None:
    """Let the companies and the officials of a city decide whether to found an agency."""
    for n in range(city.first_sponsor, city.first_sponsor + city.sponsors):
        if world.sponsors[n].drive > 0:
            found_by_company(world, city, n)
    for g in range(city.first_district, city.first_district + city.districts):
        found_by_officials(world, g)


@rule
def can_afford_another_agency(world: World, city: CityRow, sponsor: SponsorRow) -> bool:
    """Whether a company would pay another agency: its first, or one more if there is money enough for each."""
    if not seeks_another_agency(sponsor):
        return False
    a_year = sponsor.budget * exponential(sponsor.cycle * city.economy)
    return bool(sponsor.agencies == 0 or a_year / (sponsor.agencies + 1) >= world.rules[0].founding_corporate_money)


@rule
def found_by_company(world: World, city: CityRow, n: int) -> None:
    """A company founds in the district with higher pressure of two, as its drive and money allow."""
    clock = world.clock[0]
    sponsor = world.sponsors[n]
    if not can_afford_another_agency(world, city, sponsor):
        return
    g = city.first_district + random_index(clock, city.districts, Stream.CORPORATE_FOUNDING, sponsor.id, 1)
    other = city.first_district + random_index(clock, city.districts, Stream.CORPORATE_FOUNDING, sponsor.id, 2)
    if mean_pressure(world, world.governments[other]) > mean_pressure(world, world.governments[g]):
        g = other
    rate = world.rules[0].founding_corporate_rate * sponsor.drive * mean_pressure(world, world.governments[g])
    if bernoulli(clock, rate_to_probability(rate), Stream.CORPORATE_FOUNDING, sponsor.id, 0):
        try_to_found_agency(world, g, Founders(Party.SPONSOR, n, sponsor.id, Origin.CORPORATE, Kind.NONPROFIT, 0))


@rule
def found_by_officials(world: World, g: int) -> None:
    """Officials with money for services and too few agencies to take it may have one founded.

    Their wish is the stronger the more of the budget is unused, and the fewer agencies it would have to keep alive.
    """
    government = world.governments[g]
    if government.own_budget <= 0:
        return
    city = world.cities[government.city]
    unused = max(uncommitted_government_budget(government), 0) / government.own_budget
    short = max(1.0 - government.agencies * viable_income(world, city) / government.own_budget, 0.0)
    rate = world.rules[0].founding_official_rate * government.promotion_push * min(unused, 1.0) * short
    if bernoulli(world.clock[0], rate_to_probability(rate), Stream.OFFICIAL_FOUNDING, government.id, 0):
        try_to_found_agency(
            world, g, Founders(Party.GOVERNMENT, g, government.id, Origin.GOVERNMENT, Kind.NONPROFIT, 0)
        )
