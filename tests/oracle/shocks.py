"""Shocks: directors who leave, scandals and failed inspections, purchasers that reorganise."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from sim.declarations.choices import Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from tests.oracle.agency import COHORTS, LICENSED, SETTLED, UNLICENSED, Agency
from tests.oracle.closure import close
from tests.oracle.dormancy import become_dormant, may_become_dormant
from tests.oracle.events import record
from tests.oracle.founding import rate_to_probability
from tests.oracle.quits_and_hiring import lose_experience, remove_staff

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def change_directors(model: Sector, city: City) -> None:
    """Directors of nonprofits leave; where nobody takes over, the agency stops."""
    for agency in list(city.members):
        if agency.kind == Kind.NONPROFIT and agency.staff > 0:
            rate = departure_rate(model, agency)
            if model.happens(rate_to_probability(rate), Stream.DIRECTOR, agency.id, 0):
                change_director(model, agency)


def departure_rate(model: Sector, agency: Agency) -> float:
    """Quarterly hazard: more with years in office, under arrears and without work."""
    rules = model.rules
    years = (model.quarter - agency.director_since) / 4.0
    strain = min(agency.months_of_wages(agency.overdue_wages) / 3.0, 1.0)
    if agency.contracts == 0:
        strain += 1.0
    in_office = years / max(years + rules.shocks_honeymoon, 1e-9)
    return rules.shocks_director_rate / 4.0 * in_office * (1.0 + rules.shocks_director_strain * strain)


def change_director(model: Sector, agency: Agency) -> None:
    """The director leaves the field; colleagues or backers find another, or nobody does."""
    rules = model.rules
    let_director_go(agency)
    inner = 1.0 - exp(-agency.settled / rules.shocks_succession_size)
    backers = [agency.college, agency.sponsor, agency.association, agency.origin == Origin.GOVERNMENT, agency.running]
    outer = 1.0 - (1.0 - rules.shocks_backing) ** sum(bool(backer) for backer in backers)
    found = model.happens(1.0 - (1.0 - inner) * (1.0 - outer), Stream.DIRECTOR, agency.id, 1)
    if found and agency.staff == 0:
        found = hire_anybody(agency)
    cause = Cause.SUCCEEDED if found else Cause.NO_SUCCESSOR
    record(model, Event.DIRECTOR_LEFT, cause, agency, agency.district, persons=agency.staff)
    if not found:
        stop_without_director(model, agency)
        return
    lost = rules.shocks_director_loss * (1.0 - inner)
    agency.director_since = model.quarter
    agency.directors += 1
    agency.officers_in_common = False
    for tie in agency.ties.values():
        tie.relation *= 1.0 - lost
    agency.reputation *= 1.0 - lost / 2.0
    for work in agency.work.values():
        work.capability *= 1.0 - lost / 2.0


def let_director_go(agency: Agency) -> None:
    """The longest in post, with a licence where there is one."""
    before = agency.staff
    cohort = max(cohort for cohort in COHORTS if sum(agency.cohorts[cohort]) > 0)
    licence = LICENSED if agency.cohorts[cohort][LICENSED] > 0 else UNLICENSED
    remove_staff(agency, cohort, licence, 1)
    agency.city.outside[licence] += 1
    agency.quits += 1
    if cohort != SETTLED:
        agency.first_year_quits += 1
    lose_experience(agency, int(cohort == SETTLED), 1, before)


def hire_anybody(agency: Agency) -> bool:
    """A seeker, with a licence if possible, becomes director of an agency without people."""
    for licence in (LICENSED, UNLICENSED):
        if agency.city.seekers[licence] > 0:
            agency.city.seekers[licence] -= 1
            agency.cohorts[0][licence] += 1
            agency.hired += 1
            return True
    return False


def stop_without_director(model: Sector, agency: Agency) -> None:
    if may_become_dormant(agency, Cause.NO_SUCCESSOR):
        become_dormant(model, agency, Cause.NO_SUCCESSOR)
    else:
        close(model, agency, Cause.NO_SUCCESSOR)


def strike_by_scandal(model: Sector, city: City) -> None:
    """Scandals and failed inspections cost trust and access to calls, or the registration."""
    rules = model.rules
    for agency in list(city.members):
        rate = rules.shocks_scandal_rate / 4.0 * (1.0 + log(1.0 + agency.staff / rules.shocks_scandal_size))
        if not model.happens(rate_to_probability(rate), Stream.SCANDAL, agency.id, 0):
            continue
        record(model, Event.SCANDAL, Cause.MISCONDUCT, agency, agency.district, persons=agency.staff)
        if model.happens(rules.shocks_scandal_fatal, Stream.SCANDAL, agency.id, 1):
            close(model, agency, Cause.STRUCK_OFF_FOR_CAUSE)
            continue
        agency.reputation *= 1.0 - rules.shocks_scandal_loss
        for tie in agency.ties.values():
            tie.relation *= 1.0 - rules.shocks_scandal_loss
            # This quarter's calls are the first that it may not answer.
            tie.barred_until = max(tie.barred_until, model.quarter + rules.shocks_scandal_bar - 1)


def reorganise(model: Sector, city: City) -> None:
    """At the start of a year new leaders may order purchasing anew; they know fewer agencies."""
    if model.season != 0:
        return
    for government in city.purchasers:
        chance = government.procurement_reorganisation
        if government.running > 0 and model.happens(chance, Stream.REORGANISATION, government.id, 0):
            government.reorganised_until = model.quarter + 4
            for agency in city.members:
                if government in agency.ties:
                    agency.ties[government].relation *= 1.0 - model.rules.shocks_reorganisation_loss
            record(model, Event.REORGANISED, Cause.NEW_LEADERS, None, government, amount=government.running)
