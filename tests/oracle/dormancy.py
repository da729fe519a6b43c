"""Dormancy and deregistration: a registered nonprofit without debts is dormant, then revived or struck off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Form, Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from tests.oracle.agency import LICENSED, UNLICENSED, Agency
from tests.oracle.ending_operations import interrupt_contracts, leave_organisations, release_staff, write_off_dues
from tests.oracle.events import record
from tests.oracle.founding_prospects import prospects, rate_to_probability
from tests.oracle.measures import forget_year
from tests.oracle.money import pay_part, transfer
from tests.oracle.payment import close_books
from tests.oracle.registration import move_into_office

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def may_become_dormant(agency: Agency, cause: Cause) -> bool:
    """Registered nonprofits without work or staff, with small debts at most and no lender."""
    if agency.kind != Kind.NONPROFIT or agency.form != Form.REGISTERED:
        return False
    idle = cause in (Cause.NO_CONTRACT, Cause.NO_STAFF) or (cause == Cause.NO_SUCCESSOR and agency.contracts == 0)
    small = agency.months_of_wages(max(agency.debts - agency.cash, 0)) <= agency.model.rules.closing_rest_debts
    return idle and small and agency.loan + agency.advance == 0


def become_dormant(model: Sector, agency: Agency, cause: Cause) -> None:
    """Stop work and stay registered; wages and bills owed are paid as far as cash goes."""
    pay_part(model, agency, model.outside[Party.HOUSEHOLDS], Purpose.WAGES, agency.overdue_wages)
    pay_part(model, agency, model.outside[Party.SUPPLIERS], Purpose.OVERHEAD, agency.overdue_bills)
    agency.overdue_wages = agency.overdue_bills = 0
    record(model, Event.DORMANT, cause, agency, agency.district, amount=agency.cash, persons=agency.staff)
    agency.staff_at_end = agency.staff
    interrupt_contracts(agency)
    release_staff(agency)
    for community in list(agency.presences):
        agency.leave_community(community)
    leave_organisations(agency)
    agency.seats = 0.0
    agency.host = Host.OWN
    agency.own_posts = agency.extra_posts = 0.0
    agency.active = False
    agency.dormant_since = model.quarter
    agency.city.asleep.insert(0, agency)


def update_dormant(model: Sector, city: City) -> None:
    """Strike off agencies dormant for too long, revive those with prospects, let the others decay."""
    city.revived = 0
    for agency in list(city.asleep):
        if agency.dormant_since == model.quarter:
            continue
        if model.quarter - agency.dormant_since >= model.rules.closing_dormancy:
            strike_off(model, agency)
        elif is_revived(model, agency):
            revive(model, agency)
        else:
            decay_without_work(agency)


def is_revived(model: Sector, agency: Agency) -> bool:
    rules, city = model.rules, agency.city
    rate = rules.closing_revival_rate * prospects(model, agency.district)
    pay = 3.0 * city.sector_wage * (1.0 + rules.costs_social_insurance)
    enough = agency.cash >= 2 * (pay + (rules.costs_rent + rules.costs_overhead) * city.cost_index)
    return enough and sum(city.seekers) >= 2 and model.happens(rate_to_probability(rate), Stream.REVIVAL, agency.id, 0)


def decay_without_work(agency: Agency) -> None:
    """Reputation, relations and skill decay without work."""
    rules = agency.model.rules
    agency.reputation *= 1.0 - rules.standing_reputation_speed
    agency.skills = [skill * (1.0 - rules.standing_skill_loss) for skill in agency.skills]
    for tie in agency.ties.values():
        tie.relation *= 1.0 - rules.standing_relation_decay


def strike_off(model: Sector, agency: Agency) -> None:
    """Strike off: remaining cash goes to public purposes, unpaid amounts due are lost."""
    write_off_dues(agency)
    agency.city.asleep.remove(agency)
    record(model, Event.CLOSED, Cause.STRUCK_OFF, agency, agency.district)
    transfer(model, agency, model.outside[Party.PUBLIC_PURPOSES], Purpose.RESIDUE, agency.cash)
    agency.closed = model.quarter
    agency.closing_cause = Cause.STRUCK_OFF
    agency.remove()


def revive(model: Sector, agency: Agency) -> None:
    """Two people, empty income accounts, old memberships where the place is free."""
    city, district = agency.city, agency.district
    city.asleep.remove(agency)
    city.revived += 1
    agency.active = True
    agency.clear_counts()
    for licence in (LICENSED, UNLICENSED):
        # One with a licence first, then who is there, and a second with a licence if nobody else is.
        there = min(1 if licence == LICENSED else 2 - agency.staff, city.seekers[licence])
        agency.cohorts[0][licence] += there
        city.seekers[licence] -= there
    if agency.staff < 2:
        agency.cohorts[0][LICENSED] += 1
        city.seekers[LICENSED] -= 1
    agency.hired = 2
    reset_accounts(agency)
    agency.wage = city.sector_wage
    agency.administrative = model.rules.delivery_base_tasks
    agency.compliance = 0.5
    agency.director_since = model.quarter
    agency.directors += 1
    city.members = sorted([*city.members, agency], key=lambda member: member.index)
    district.home_agencies.insert(0, agency)
    if agency.association and agency.association.has_room:
        agency.association.members += 1
        move_into_office(agency, agency.association)
    else:
        agency.association, agency.officers_in_common = None, False
    if agency.college:
        agency.college.affiliates += 1
    if agency.sponsor and agency.sponsor.takes_another:
        agency.sponsor.agencies += 1
    else:
        agency.sponsor = None
    record(model, Event.REVIVED, Cause.BETTER_PROSPECTS, agency, district, amount=agency.cash, persons=2)


def reset_accounts(agency: Agency) -> None:
    """Clear income, turnover and running means of the time before dormancy."""
    agency.unpaid = 0
    agency.incomes = [dict.fromkeys(Source, 0) for _ in range(4)]
    for tie in agency.ties.values():
        tie.income = [0, 0, 0, 0]
    close_books(agency)
    agency.practice = [0.0 for _ in agency.practice]
    agency.income_mean = agency.income_variance = agency.turnover = 0.0
    forget_year(agency)
    agency.cost = agency.wage_bill = agency.idle_quarters = 0
    agency.movers = [0, 0]
