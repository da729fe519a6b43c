"""Other income outside contracts: donations, sponsorship, client fees, and colleges' emergency funds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.engine.compilation import rule
from sim.model.rules.funding.client_fees import collect_client_fees
from sim.model.rules.funding.corporate_sponsors import match_sponsors, receive_sponsorship
from sim.model.rules.funding.donations import collect_donations
from sim.model.rules.funding.foundation_calls import run_foundation_calls
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
    run_foundation_calls(world, city)
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
