"""Licence exam: once a year unlicensed staff sit it, and some pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import binomial
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.state.agency_fields import COHORTS, LICENSED

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World

EXAM_SEASON = 1
"""The national licence exam is in the second quarter of a year."""


@rule
def hold_licence_exam(world: World, city: CityRow) -> None:
    """Draw who of the unlicensed staff enters and passes the exam (`labour.exam_entry` x `profession.exam_pass`)."""
    clock = world.clock[0]
    passing = city.exam_entry * world.governments[city.government].profession_exam_pass
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        for cohort in range(COHORTS):
            passed = binomial(clock, agency.cohorts[cohort, 0], passing, Stream.EXAM, agency.id, cohort)
            agency.cohorts[cohort, 0] -= passed
            agency.cohorts[cohort, LICENSED] += passed
            agency.licensed += passed
            agency.exams_passed += passed
    examine_others(world, city)


@rule
def examine_others(world: World, city: CityRow) -> None:
    """Draw who of the candidates with other work passes; they keep that work."""
    candidates = round(city.other_candidates * city.candidates_index)
    passing = world.governments[city.government].profession_exam_pass
    city.other_holders += binomial(world.clock[0], candidates, passing, Stream.OTHER_CANDIDATES, city.id, 0)
