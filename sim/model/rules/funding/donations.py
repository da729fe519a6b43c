"""Donations: a city's donors give more the more is asked, with falling returns, and divide it by appeal.

Appeal is size (with falling returns), effort weighted by capability, and reputation.  A match raises gifts.

Public money crowds donations out only through effort: agencies that live on contracts raise less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Stage
from sim.engine.arithmetic import exponential, to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.funding.funding_effort_and_capability import skilled_effort, worth_of_effort
from sim.model.rules.funding.source_availability import matching_rate
from sim.model.rules.ledger.income_accounts import record_income
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.shared.active_agencies import active_agencies_in

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, DonorsRow
    from sim.model.state.world import World


@rule
def collect_donations(world: World, city: CityRow) -> None:
    """Let agencies raise donations, and divide what donors give this quarter by the appeal of each."""
    clock = world.clock[0]
    donors = world.donors[city.index]
    if clock.season == 0 and clock.quarter > 0:
        donors.growth_index *= 1.0 + donors.growth
    donors.asked = 0.0
    donors.given = 0
    if donors.pool <= 0:
        return
    for a in active_agencies_in(world, city):
        donors.asked += donation_appeal(world, world.agencies[a])
    if donors.asked <= 0:
        return
    offered = (1.0 - donors.calls) * donations_available(world, city, donors)
    for a in active_agencies_in(world, city):
        raise_donations(world, a, donors, offered)


@rule
def donation_appeal(world: World, agency: AgencyRow) -> float:
    """Appeal of an agency to donors: size, effort weighted by capability, reputation."""
    return appeal_to_donors(world, float(agency.staff), skilled_effort(agency, Source.DONATIONS), agency.reputation)


@rule
def appeal_to_donors(world: World, staff: float, worth: float, reputation: float) -> float:
    """Appeal of so many people to donors: falling returns to size, since small agencies can ask too."""
    if staff <= 0:
        return 0.0
    return staff ** world.rules[0].giving_size * worth * reputation


@rule
def match_response(world: World, match: float) -> float:
    """Factor by which donors give more to an agency whose gifts are matched; higher ratios than 1 add nothing."""
    return 1.0 + world.rules[0].giving_match_effect * min(match, 1.0)


@rule
def beginner_worth(world: World) -> float:
    """Worth of a beginner's effort on a source."""
    rules = world.rules[0]
    return worth_of_effort(rules.strategy_first_effort, rules.strategy_founding_capability)


@rule
def beginner_gifts(world: World, city: CityRow, staff: float, reputation: float, match: float) -> float:
    """Donations of a year that a beginner would get beside those who asked last quarter, fen.

    Parameters
    ----------
    staff : float
        Its size, persons.
    reputation : float
        Its reputation, 0 to 1.
    match : float
        Matching grants per CNY raised.
    """
    donors = world.donors[city.index]
    if donors.pool <= 0:
        return 0.0
    appeal = appeal_to_donors(world, staff, beginner_worth(world), reputation)
    offered = 4.0 * donations_available(world, city, donors)
    return offered * appeal / (donors.asked + appeal + donors.reach) * match_response(world, match)


@rule
def donations_available(world: World, city: CityRow, donors: DonorsRow) -> float:
    """Most that donors would give this quarter, fen: pool x economy x tax relief x legitimacy."""
    rules = world.rules[0]
    relief = 1.0 + rules.giving_relief_effect * world.governments[city.government].giving_tax_relief
    known = city.agencies / (city.agencies + rules.founding_legitimacy)
    return donors.pool / 4.0 * donors.growth_index * exponential(donors.cycle * city.economy) * relief * known


@rule
def raise_donations(world: World, a: int, donors: DonorsRow, offered: float) -> None:
    """Pay the cost of fundraising and receive the agency's part of donations.

    Parameters
    ----------
    a : int
        Index of the agency.
    donors : row
        Donors of its city.
    offered : float
        Most that they would give, fen.
    """
    agency = world.agencies[a]
    asked = donation_appeal(world, agency)
    if asked <= 0 or agency.stage != Stage.ACTIVE:
        return
    households = world.externals[Party.HOUSEHOLDS]
    suppliers = world.externals[Party.SUPPLIERS]
    index = world.cities[agency.city].cost_index
    cost = world.rules[0].giving_asking_cost * index * agency.staff * agency.effort[Source.DONATIONS]
    transfer(world, agency, suppliers, Purpose.FUNDRAISING, -1, to_fen(min(cost, float(max(agency.cash, 0)))))
    response = match_response(world, matching_rate(world, agency))
    amount = to_fen_down(offered * asked / (donors.asked + donors.reach) * response)
    transfer(world, households, donors, Purpose.ALLOCATION, -1, amount)
    transfer(world, donors, agency, Purpose.DONATION, -1, amount)
    donors.given += amount
    record_income(world, a, Source.DONATIONS, amount)
