"""Foundations' calls: part of what donors offer goes by call, in projects of one price that are paid over a year.

In a call the application counts, not the size of who applies; an agency has one project at a time.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.engine.rng.distributions import gumbel
from sim.model.rules.funding.donations import donations_available
from sim.model.rules.funding.funding_effort_and_capability import skilled_effort
from sim.model.rules.ledger.income_accounts import record_income
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.shared.active_agencies import active_agencies_in

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, DonorsRow
    from sim.model.state.world import World


@rule
def run_foundation_calls(world: World, city: CityRow) -> None:
    """Set a quarter's money for calls aside, grant projects from what no project binds, and pay running ones."""
    donors = world.donors[city.index]
    if donors.calls <= 0 and donors.cash == 0:
        return
    if donors.asked > 0:
        offered = donors.calls * donations_available(world, city, donors)
        money = to_fen_down(offered * donors.asked / (donors.asked + donors.reach))
        transfer(world, world.externals[Party.HOUSEHOLDS], donors, Purpose.ALLOCATION, -1, money)
    free = int(donors.cash)
    for a in active_agencies_in(world, city):
        free -= world.agencies[a].project_left
    price = to_fen(donors.project * city.cost_index)
    while free >= price:
        a = draw_applicant(world, city)
        if a < 0:
            break
        grant_project(world, city, a, price)
        free -= price
    for a in active_agencies_in(world, city):
        pay_project(world, donors, a)


@rule
def draw_applicant(world: World, city: CityRow) -> int:
    """Draw a nonprofit that asks donors and has no running project, by the worth of its application; -1 for none.

    The largest sum of a logarithm and a Gumbel draw is such a choice; each agency has a draw of its own.
    """
    chosen = -1
    highest = 0.0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        worth = skilled_effort(agency, Source.DONATIONS) * agency.reputation
        if worth <= 0.0 or agency.kind != Kind.NONPROFIT or agency.project_left > 0 or agency.staff == 0:
            continue
        drawn = log(worth) + gumbel(world.clock[0], Stream.PROJECT_GRANT, agency.id, 0)
        if chosen < 0 or drawn > highest:
            chosen = a
            highest = drawn
    return int(chosen)


@rule
def grant_project(world: World, city: CityRow, a: int, price: int) -> None:
    """Promise an agency a project of a price, fen."""
    agency = world.agencies[a]
    agency.project = price
    agency.project_left = price
    record_event(
        world,
        Event.PROJECT_GRANTED,
        Cause.CALL_WON,
        a,
        agency.district,
        Party.DONORS,
        city.index,
        price,
        agency.staff,
    )


@rule
def pay_project(world: World, donors: DonorsRow, a: int) -> None:
    """Pay a quarter of a running project, rounded up, or what is left of it."""
    agency = world.agencies[a]
    amount = min(agency.project_left, (agency.project + 3) // 4)
    if amount > 0:
        agency.project_left -= amount
        donors.given += amount
        transfer(world, donors, agency, Purpose.DONATION, -1, amount)
        record_income(world, a, Source.DONATIONS, amount)
