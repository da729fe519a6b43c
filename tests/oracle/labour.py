"""Labour market: every qualified person is on the staff of an agency, a seeker, or outside the sector."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from sim.declarations.random_streams import Stream
from tests.oracle.agency import COHORTS, LICENCES, LICENSED, UNLICENSED
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

EXAM_SEASON = 1
GRADUATION_SEASON = 2


def note_sector_wages(model: Sector, city: City) -> None:
    """Mean wage of the city's staff; the outside wage where there is no staff."""
    staff = sum(agency.staff for agency in city.members)
    wages = add_up(agency.wage * agency.staff for agency in city.members)
    city.sector_wage = wages / staff if staff > 0 else city.market_wage


def update_labour_market(model: Sector, city: City) -> None:
    """Update outside wages, seekers, graduates and licences by a quarter."""
    if model.season == 0 and model.quarter > 0:
        city.wage_index *= 1.0 + city.outside_growth
        city.cost_index *= 1.0 + model.rules.costs_inflation
        city.candidates_index *= 1.0 + city.other_growth
    city.market_wage = city.outside_wage * city.wage_index
    city.graduates_entering = 0
    leave_and_return(model, city)
    if model.season == GRADUATION_SEASON:
        quota = city.government.profession_college_quota
        admit_graduates(model, city, round(city.graduates * quota), city.id)
        for college in city.colleges:
            admit_graduates(model, city, round(college.graduates * quota), college.id)
    if model.season == EXAM_SEASON:
        hold_exam(model, city)


def entry_chance(city: City) -> float:
    """Probability that a qualified person looks for work in the sector: a logit of wage and chance to find a post."""
    rules = city.model.rules
    base = log(city.entry / (1.0 - city.entry))
    pull = city.entry_slope * log(city.sector_wage / city.market_wage)
    pull += rules.people_prospects * (city.finding - rules.people_usual_finding)
    return 1.0 / (1.0 + exp(-base - pull))


def leave_and_return(model: Sector, city: City) -> None:
    """Some seekers leave for work outside; some people outside return, more where the sector pays well."""
    back = min(city.reentry_rate * entry_chance(city) / city.entry, 1.0)
    for licence in LICENCES:
        leaving = model.count(city.seekers[licence], city.exit_rate, Stream.LEAVE_FIELD, city.id, licence)
        returning = model.count(city.outside[licence], back, Stream.LEAVE_FIELD, city.id, 2 + licence)
        city.seekers[licence] += returning - leaving
        city.outside[licence] += leaving - returning


def admit_graduates(model: Sector, city: City, graduates: int, entity: int) -> None:
    """Let a class graduate; those who do not look for work in the sector go outside."""
    entering = model.count(graduates, entry_chance(city), Stream.GRADUATES, entity, 0)
    city.seekers[UNLICENSED] += entering
    city.outside[UNLICENSED] += graduates - entering
    city.trained += graduates
    city.graduates_entering += entering


def hold_exam(model: Sector, city: City) -> None:
    """Unlicensed staff enter the licence exam."""
    passing = city.exam_entry * city.government.profession_exam_pass
    for agency in city.members:
        for cohort in COHORTS:
            people = agency.cohorts[cohort]
            passed = model.count(people[UNLICENSED], passing, Stream.EXAM, agency.id, cohort)
            people[UNLICENSED] -= passed
            people[LICENSED] += passed
            agency.exams_passed += passed
    candidates = round(city.other_candidates * city.candidates_index)
    chance = city.government.profession_exam_pass
    city.other_holders += model.count(candidates, chance, Stream.OTHER_CANDIDATES, city.id, 0)
