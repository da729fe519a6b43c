"""Expected yield: what a year of beginner's effort on a source of funding would bring an agency where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.income_sources import Source
from sim.engine.compilation import rule
from sim.model.rules.funding.client_fees import fees_billed
from sim.model.rules.funding.corporate_sponsors import encouragement
from sim.model.rules.funding.donations import beginner_gifts, beginner_worth
from sim.model.rules.funding.source_availability import (
    commission_budgets,
    institution_budgets,
    matching_rate,
    seeking_sponsors,
    seeks_another_agency,
)

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World

SPONSOR_CROWDING = 0.1
"""Agencies that apply to companies, per agency of a city."""


@rule
def expected_yield(world: World, agency: AgencyRow, s: int) -> float:
    """Money of a year, fen, that a beginner's effort on an available source would bring.

    Public money is shared evenly with the agencies that may compete for it; what is matched counts with the match.
    """
    city = world.cities[agency.city]
    district = world.governments[agency.district]
    matched = 1.0 + matching_rate(world, agency)
    if s == Source.DONATIONS:
        match = matched - 1.0
        return matched * beginner_gifts(world, city, float(agency.staff), agency.reputation, match)
    if s == Source.SPONSORSHIP:
        return matched * expected_sponsorship(world, city)
    if s == Source.FEES:
        worth = beginner_worth(world)
        return matched * 4.0 * fees_billed(world, agency, worth / (worth + world.rules[0].strategy_half_effort))
    if s == Source.INSTITUTIONS:
        return institution_budgets(world, district) / (1.0 + district.agencies)
    if s == Source.COMMISSIONS:
        return commission_budgets(world, district) / (1.0 + district.agencies)
    if s == Source.SPECIAL_FUND:
        return world.governments[city.government].own_budget / (1.0 + city.agencies)
    return district.own_budget / (1.0 + district.agencies)


@rule
def expected_sponsorship(world: World, city: CityRow) -> float:
    """Mean money of a year that a seeking company would give, fen, times the chance to be found by one within it."""
    seeking = seeking_sponsors(world, city)
    if seeking == 0:
        return 0.0
    encouraged = encouragement(world, city)
    given = 0.0
    for n in range(city.first_sponsor, city.first_sponsor + city.sponsors):
        sponsor = world.sponsors[n]
        if seeks_another_agency(sponsor):
            given += sponsor.budget * encouraged / (sponsor.agencies + 1.0)
    searches = 4.0 * world.rules[0].giving_search * encouraged * seeking
    return given / seeking * min(searches / (1.0 + SPONSOR_CROWDING * city.agencies), 1.0)
