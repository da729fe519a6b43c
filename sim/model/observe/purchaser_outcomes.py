"""Purchaser outcomes: budgets, calls, awards, payments and lapsed money of governments and institutions.

Also grants, grades, government social workers, fund money that goes through associations, and the distance of budgets
from need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Level
from sim.engine.compilation import rule
from sim.model.observe.ratios_and_units import FEN, ratio
from sim.model.rules.shared.reorganised_purchasers import is_reorganised
from sim.model.rules.shared.unmet_need import split_by_need

if TYPE_CHECKING:
    from sim.model.state.row_types import SectorRow
    from sim.model.state.world import World


@rule
def measure_purchasers(world: World, row: SectorRow) -> None:
    """Add up over governments, then institutions, then associations."""
    measure_budgets(world, row)
    measure_grades(world, row)
    measure_institutions(world, row)
    measure_associations(world, row)


@rule
def measure_budgets(world: World, row: SectorRow) -> None:
    """Set money of governments, and the distance of their budgets from need."""
    row.budget = 0.0
    row.called = 0.0
    row.awarded = 0.0
    row.running = 0.0
    row.paid = 0.0
    row.lapsed = 0.0
    row.grants_core = 0.0
    row.grants_incubation = 0.0
    row.grants_matching = 0.0
    row.direct_staff = 0.0
    row.purchasers_reorganised = 0.0
    apart = 0.0
    money = 0.0
    for g in range(len(world.governments)):
        government = world.governments[g]
        row.budget += government.budget / FEN
        row.called += government.called / FEN
        row.awarded += government.awarded / FEN
        row.running += government.running / FEN
        row.paid += government.paid / FEN
        row.lapsed += government.lapsed / FEN
        row.grants_core += government.core_grants / FEN
        row.grants_incubation += government.incubation_grants / FEN
        row.grants_matching += government.matching_grants / FEN
        row.direct_staff += government.direct_staff
        row.purchasers_reorganised += 1 if is_reorganised(world, government) else 0
        if government.budget > 0:
            apart += distance_from_need(world, g) * government.budget
            money += government.budget
    row.budget_need_gap = ratio(apart, money)


@rule
def distance_from_need(world: World, g: int) -> float:
    """Share of a government's budget that would have to change fields to match need."""
    need = split_by_need(world, world.governments[g])
    gap = 0.0
    for f in range(len(need)):
        gap += 0.5 * abs(world.split[g, f] - need[f])
    return gap


@rule
def measure_grades(world: World, row: SectorRow) -> None:
    """Set grades, money withheld, handovers and co-payments of the quarter, over governments."""
    graded = 0
    missing = 0
    grades = 0.0
    withheld = 0.0
    handovers = 0
    matched = 0.0
    for government in world.governments:
        graded += government.graded
        missing += government.found_missing
        grades += government.grades
        withheld += government.withheld
        handovers += government.handovers
        if government.level == Level.CITY:
            matched += government.co_payments
    row.assessed = graded
    row.grade = ratio(grades, graded)
    row.found_missing = ratio(missing, graded)
    row.withheld = withheld / FEN
    row.handovers = handovers
    row.co_payments = matched / FEN


@rule
def measure_institutions(world: World, row: SectorRow) -> None:
    """Add what institutions bought to what governments bought, and set it separately too."""
    row.institutions_running = 0.0
    row.institutions_paid = 0.0
    row.commissions = 0.0
    for institution in world.institutions:
        row.called += institution.called / FEN
        row.awarded += institution.awarded / FEN
        row.running += institution.running / FEN
        row.paid += institution.paid / FEN
        row.lapsed += institution.lapsed / FEN
        row.institutions_running += institution.running / FEN
        row.institutions_paid += institution.paid / FEN
        row.commissions += institution.commissions_paid / FEN


@rule
def measure_associations(world: World, row: SectorRow) -> None:
    """Set fees kept and support paid by associations, and how much of the fund went through them."""
    row.association_fees = 0.0
    row.association_support = 0.0
    passed = 0.0
    for association in world.associations:
        row.association_fees += association.fees / FEN
        row.association_support += association.support / FEN
        passed += (association.fees + association.passed_on) / FEN
    fund = 0.0
    for government in world.governments:
        fund += government.paid / FEN if government.level == Level.CITY else 0.0
    row.fund_via_associations = ratio(passed, fund)
