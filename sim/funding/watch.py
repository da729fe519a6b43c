"""What the observer sees of funding other than contracts, and of strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.agency import Source, Stage
from sim.declare import Record
from sim.distributions import FEN, ratio
from sim.rule import rule

if TYPE_CHECKING:
    from sim.world import World


@rule
def watch_sources(world: World, row: Record) -> None:
    """How many sources agencies live on, where their effort goes, what donors gave."""
    concentration = 0.0
    earning = 0
    three = 0
    bidding = 0.0
    fundraising = 0.0
    sponsored = 0
    for a in range(world.clock[0].agencies):
        agency = world.agencies[a]
        if agency.stage != Stage.ACTIVE:
            continue
        if agency.income_year > 0:
            earning += 1
            concentration += agency.source_concentration
        three += 1 if agency.sources >= 3 else 0
        bidding += agency.effort[Source.DISTRICT_CONTRACTS] + agency.effort[Source.SPECIAL_FUND]
        bidding += agency.effort[Source.INSTITUTIONS]
        fundraising += agency.effort[Source.DONATIONS]
        sponsored += 1 if agency.sponsor >= 0 else 0
    row.source_concentration = ratio(concentration, earning)
    row.three_sources = ratio(three, row.agencies)
    row.bidding_effort = ratio(bidding, row.agencies)
    row.fundraising_effort = ratio(fundraising, row.agencies)
    row.sponsored = ratio(sponsored, row.agencies)
    row.donations = 0.0
    for donors in world.donors:
        row.donations += donors.given / FEN
