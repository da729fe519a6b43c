"""Observation: a few outcomes of the sector, in plain sums, for the tests to compare."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.income_sources import Source
from tests.oracle.community import mean_unmet
from tests.oracle.sums import add_up

if TYPE_CHECKING:
    from tests.oracle.model import Sector

FEN = 100


def mean(values: list[float]) -> float:
    """Mean; undefined where there is nothing to measure."""
    return add_up(values) / len(values) if values else nan


def observe(model: Sector) -> None:
    """Watch the sector, once, at the end of a quarter; money in CNY."""
    working = model.agencies_at_work
    for community in model.communities:
        community.unmet = mean_unmet(community)
    buyers = [*model.governments, *model.institutions]
    fund = sum(city.government.paid for city in model.cities)
    through = sum(association.fees + association.passed_on for association in model.associations)
    hours = add_up(community.load for community in model.communities)
    model.outcomes.append(
        {
            "agencies": len(working),
            "agencies_for_profit": sum(agency.kind == Kind.FOR_PROFIT for agency in working),
            "budget": sum(government.budget for government in model.governments) / FEN,
            "running": sum(one.running for one in buyers) / FEN,
            "paid": sum(one.paid for one in buyers) / FEN,
            "institutions_running": sum(one.running for one in model.institutions) / FEN,
            "institutions_paid": sum(one.paid for one in model.institutions) / FEN,
            "commissions": sum(one.commissions_paid for one in model.institutions) / FEN,
            "grants_core": sum(government.core_grants for government in model.governments) / FEN,
            "grants_incubation": sum(government.incubation_grants for government in model.governments) / FEN,
            "grants_matching": sum(government.matching_grants for government in model.governments) / FEN,
            "direct_staff": sum(government.direct_staff for government in model.governments),
            "fund_via_associations": through / fund if fund else nan,
            "staff": sum(agency.staff for agency in working),
            "hired": sum(agency.hired for agency in working),
            "promised_hours": add_up(agency.promised for agency in working),
            "delivered_hours": add_up(agency.delivered for agency in working),
            "effective_hours": add_up(agency.effective for agency in working),
            "overdue_income": sum(agency.overdue_income for agency in working) / FEN,
            "overdue_wages": sum(agency.overdue_wages for agency in working) / FEN,
            "association_fees": sum(association.fees for association in model.associations) / FEN,
            "donations": sum(donors.given for donors in model.donors) / FEN,
            "source_concentration": mean([one.source_concentration for one in working if one.income_year > 0]),
            "three_sources": mean([one.sources >= 3 for one in working]),
            "bidding_effort": mean([add_up(one.effort[:3]) for one in working]),
            "fundraising_effort": mean([one.effort_on(Source.DONATIONS) for one in working]),
            "sponsored": mean([one.sponsor is not None for one in working]),
            "moves": sum(
                a.lost_to_agency for a in model.agencies if a.active or model.quarter in (a.closed, a.dormant_since)
            ),
            "dormant": sum(city.dormant for city in model.cities),
            "placements": add_up(agency.placements for agency in working),
            "seekers": sum(sum(city.seekers) for city in model.cities),
            **watch_assessment(model),
            "unmet_need": add_up(community.unmet * community.load for community in model.communities) / hours,
        }
    )


def share(part: float, whole: float) -> float:
    """Part of a whole; not a number where there is no whole."""
    return part / whole if whole > 0 else nan


def watch_assessment(model: Sector) -> dict[str, float]:
    """Grades and what came of them."""
    now = model.quarter
    lately = range(now - 3, now + 1)
    ended = sum(one.ended_in.get(quarter, 0) for one in model.assessors for quarter in lately)
    covered = sum(one.covered_in.get(quarter, 0) for one in model.assessors for quarter in lately)
    working = model.agencies_at_work
    late = sum(agency.overdue_income for agency in working)
    graded = sum(government.graded for government in model.governments)
    return {
        "assessed": graded,
        "grade": share(add_up(government.grades for government in model.governments), graded),
        "withheld": sum(government.withheld for government in model.governments) / FEN,
        "third_party_coverage": share(covered, ended),
        "assessment_backlog": sum(one.backlog for one in model.assessors),
        "assessment_missed": sum(one.missed for one in model.assessors),
        "assessment_fees": sum(one.fees for one in model.assessors) / FEN,
        "overdue_assessment": share(sum(agency.overdue_assessment for agency in working), late),
        "agencies_barred": sum(agency.barred_until >= now for agency in working),
        "handovers": sum(government.handovers for government in model.governments),
        "co_payments": sum(city.government.co_payments for city in model.cities) / FEN,
    }
