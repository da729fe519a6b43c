"""Client fees and other income outside contracts: donations, sponsorship, and colleges' emergency funds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import Source
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.funding.corporate_sponsors import match_sponsors, receive_sponsorship
from sim.model.rules.funding.donations import collect_donations
from sim.model.rules.funding.funding_effort_and_capability import share_of_source_won
from sim.model.rules.ledger.income_accounts import record_income
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.shared.active_agencies import active_agencies_in

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World


@rule
def receive_non_contract_income(world: World, city: CityRow) -> None:
    """Collect donations, client fees and sponsorship of a city for the quarter."""
    allocate_college_funds(world, city)
    match_sponsors(world, city)
    collect_donations(world, city)
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        collect_client_fees(world, a)
        if agency.sponsor >= 0:
            receive_sponsorship(world, a)


@rule
def allocate_college_funds(world: World, city: CityRow) -> None:
    """Once a year, colleges set money aside for affiliates in distress; what is left of last year's is returned."""
    clock = world.clock[0]
    if clock.season != 0 and clock.quarter > 0:
        return
    funds = world.externals[Party.EDUCATION]
    for n in range(city.first_college, city.first_college + city.colleges):
        college = world.colleges[n]
        transfer(world, college, funds, Purpose.RETURN, -1, college.cash)
        transfer(world, funds, college, Purpose.ALLOCATION, -1, college.emergency)


@rule
def collect_client_fees(world: World, a: int) -> None:
    """Client fees: hours by field x share of paying clients x rate x wealth of residents x share won."""
    agency = world.agencies[a]
    paying_hours = 0.0
    for f in range(world.practice.shape[1]):
        paying_hours += world.practice[a, f] * world.fields[f, 1]
    rate = world.rules[0].fees_rate * world.cities[agency.city].cost_index
    billed = share_of_source_won(world, agency, Source.FEES)
    amount = to_fen_down(paying_hours * rate * world.governments[agency.district].wealth * billed)
    transfer(world, world.externals[Party.HOUSEHOLDS], agency, Purpose.FEES, -1, amount)
    record_income(world, a, Source.FEES, amount)
