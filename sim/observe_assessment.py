"""Observation of assessment: grades and what was withheld, the queue, who is barred, what was handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.agency import Stage
from sim.agents.government import Level
from sim.declare import Record
from sim.distributions import FEN, ratio
from sim.rule import rule

if TYPE_CHECKING:
    from sim.world import World


@rule
def watch_assessment(world: World, row: Record) -> None:
    """Sum up over purchasers, assessors and agencies."""
    watch_grades(world, row)
    watch_assessors(world, row)
    overdue = 0.0
    waiting = 0.0
    barred = 0
    clock = world.clock[0]
    for a in range(clock.agencies):
        agency = world.agencies[a]
        if agency.stage == Stage.ACTIVE:
            overdue += agency.overdue_income
            waiting += agency.overdue_assessment
            barred += 1 if agency.barred_until >= clock.quarter else 0
    row.overdue_assessment = ratio(waiting, overdue)
    row.agencies_barred = barred


@rule
def watch_grades(world: World, row: Record) -> None:
    """Grades, money withheld, handovers and matched money of the quarter, over purchasers."""
    graded = 0
    grades = 0.0
    withheld = 0.0
    handovers = 0
    matched = 0.0
    for government in world.governments:
        graded += government.graded
        grades += government.grades
        withheld += government.withheld
        handovers += government.handovers
        if government.level == Level.CITY:
            matched += government.matched
    row.assessed = graded
    row.grade = ratio(grades, graded)
    row.withheld = withheld / FEN
    row.handovers = handovers
    row.co_payments = matched / FEN


@rule
def watch_assessors(world: World, row: Record) -> None:
    """Coverage, backlog and fees of third parties, over cities."""
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
