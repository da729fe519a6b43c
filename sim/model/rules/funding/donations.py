"""Donations: a city's donors give in proportion to fundraising, reputation, and how well known the form is.

Public money crowds donations out only through effort: agencies that live on contracts raise less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Stage
from sim.engine.arithmetic import exponential, to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.funding.funding_effort_and_capability import skilled_effort
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
        donors.asked += donation_appeal(world.agencies[a])
    if donors.asked <= 0:
        return
    offered = donations_available(world, city, donors)
    for a in active_agencies_in(world, city):
        raise_donations(world, a, donors, offered)


@rule
def donation_appeal(agency: AgencyRow) -> float:
    """Appeal of an agency to donors: staff, effort weighted by capability, reputation."""
    return agency.staff * skilled_effort(agency, Source.DONATIONS) * agency.reputation


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
    asked = donation_appeal(agency)
    if asked <= 0 or agency.stage != Stage.ACTIVE:
        return
    households = world.externals[Party.HOUSEHOLDS]
    suppliers = world.externals[Party.SUPPLIERS]
    index = world.cities[agency.city].cost_index
    cost = world.rules[0].giving_asking_cost * index * agency.staff * agency.effort[Source.DONATIONS]
    transfer(world, agency, suppliers, Purpose.FUNDRAISING, -1, to_fen(min(cost, float(max(agency.cash, 0)))))
    amount = to_fen_down(offered * asked / (donors.asked + donors.reach))
    transfer(world, households, donors, Purpose.ALLOCATION, -1, amount)
    transfer(world, donors, agency, Purpose.DONATION, -1, amount)
    donors.given += amount
    record_income(world, a, Source.DONATIONS, amount)
