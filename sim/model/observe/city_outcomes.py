"""City outcomes: labour market, economy, dormant agencies, donations, and third-party assessors."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.engine.compilation import rule
from sim.model.observe.ratios_and_units import FEN, ratio
from sim.model.rules.shared.purchasing_begun import buys_services
from sim.model.state.agency_fields import LICENSED

if TYPE_CHECKING:
    from sim.model.state.row_types import SectorRow
    from sim.model.state.world import World


@rule
def measure_cities(world: World, row: SectorRow) -> None:
    """Add up over cities, their donors and their assessors."""
    row.graduates_entering = 0.0
    row.seekers = 0.0
    row.dormant = 0.0
    row.revivals = 0.0
    row.purchasing_cities = 0.0
    row.licence_holders = 0.0
    row.founders_waiting = 0.0
    economy = 0.0
    for government in world.governments:
        row.licence_holders += government.workers[LICENSED]
    for city in world.cities:
        row.purchasing_cities += 1.0 if buys_services(city, world.clock[0].quarter) else 0.0
        row.licence_holders += city.seekers[LICENSED] + city.outside[LICENSED] + city.other_holders
        row.graduates_entering += city.graduates_entering
        row.seekers += city.seekers[0] + city.seekers[1]
        row.dormant += city.dormant
        row.revivals += city.revived
        row.founders_waiting += city.refused_founders
        economy += exp(city.economy)
    row.economy = economy / len(world.cities)
    row.donations = 0.0
    for donors in world.donors:
        row.donations += donors.given / FEN
    measure_assessors(world, row)


@rule
def measure_assessors(world: World, row: SectorRow) -> None:
    """Set coverage, backlog and fees of third-party assessors."""
    backlog = 0
    missed = 0
    fees = 0.0
    ended = 0.0
    covered = 0.0
    for assessor in world.assessors:
        backlog += assessor.backlog
        missed += assessor.missed
        fees += assessor.fees
        for season in range(4):
            ended += assessor.ended[season]
            covered += assessor.covered[season]
    row.assessment_backlog = backlog
    row.assessment_missed = missed
    row.assessment_fees = fees / FEN
    row.third_party_coverage = ratio(covered, ended)
