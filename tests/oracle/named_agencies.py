"""Named agencies: those of the scenario, there at the start or beginning on their date."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host, Stage
from sim.model.state.agency_fields import SETTLED_TENURE
from tests.oracle.agency import LICENSED, SETTLED, UNLICENSED, Agency
from tests.oracle.events import record
from tests.oracle.money import take_from_owners, transfer
from tests.oracle.new_agency import founding_field, sees_donors
from tests.oracle.strategy import begin_portfolio

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

FIRST_RELATION = 0.2
"""Relation with the home government, or that of a branch, at the start."""


def name_agency(model: Sector, facts: dict[str, Any], start: dict[str, Any]) -> None:
    """Enter an agency of the scenario; one that begins later does nothing until then."""
    district = model.governments[facts["district"]]
    forms = Origin(facts["origin"]), Form(facts["form"]), Kind(facts["kind"])
    agency = Agency(model, facts["id"], district, *forms, founded=facts["founded"])
    if facts["stage"] == Stage.PLANNED:
        agency.active = False
        agency.city.members.remove(agency)
        district.home_agencies.remove(agency)
        agency.city.plans.append((agency, facts, start))
    else:
        initialise_agency(agency, facts, start)
        agency.city.people_at_start += agency.staff


def begin_planned(model: Sector, city: City) -> None:
    """Let named agencies begin whose quarter has come; their people come from outside the sector."""
    for plan in list(city.plans):
        agency, facts, start = plan
        if agency.founded == model.quarter:
            city.plans.remove(plan)
            agency.active = True
            city.members = sorted([*city.members, agency], key=lambda member: member.index)
            agency.district.home_agencies.insert(0, agency)
            agency.registered = model.quarter if agency.form == Form.REGISTERED else -1
            initialise_agency(agency, facts, start)
            city.imported_staff += agency.staff


def initialise_agency(agency: Agency, facts: dict[str, Any], start: dict[str, Any]) -> None:
    """Draw what is not given about an agency, and set its first accounts."""
    model, district = agency.model, agency.district
    rules, later = model.rules, model.quarter > 0
    places = district.communities
    agency.community = places[model.pick(len(places), Stream.INITIAL_STATE, agency.id, 0)]
    agency.field = facts["field"] if facts["field"] >= 0 else founding_field(model, agency)
    size = start["staff"] * model.factor(start["staff_spread"], Stream.INITIAL_STATE, agency.id, 1)
    staff_at_start(agency, round(size), start["licensed"], -agency.founded)
    agency.advisers = start["advisers"]
    agency.reputation = trait(model, agency, start["reputation"], start["trait_spread"], 2)
    agency.mission = agency.founding_mission = trait(model, agency, start["mission"], start["trait_spread"], 3)
    skill = trait(model, agency, start["skill"], start["trait_spread"], 4)
    for f in range(len(model.fields)):
        own = f == agency.field or start["fields"] // 2**f % 2 == 1
        agency.skills[f] = skill if own else rules.founding_skill_elsewhere
    # A wage that full work at the ceiling price can pay, with tasks for a purchaser of middling pressure.
    tasks = rules.delivery_base_tasks + 0.5 * rules.delivery_pressure_tasks
    agency.wage = rules.costs_wage_share * district.income_per_person(tasks) / 3.0 / agency.pay_factor()
    if later:
        agency.wage = agency.city.sector_wage
    agency.administrative = rules.delivery_base_tasks
    cash = round(start["cash"] * model.factor(start["cash_spread"], Stream.INITIAL_STATE, agency.id, 5))
    agency.wage *= rules.founding_firm_wage if agency.kind == Kind.FOR_PROFIT else 1.0
    purpose = Purpose.FOUNDING if later else Purpose.OPENING
    if agency.kind == Kind.FOR_PROFIT:
        take_from_owners(model, agency, purpose, cash)
    else:
        transfer(model, model.outside[Party.HOUSEHOLDS], agency, purpose, cash)
    join_at_start(model, agency, facts)
    begin_portfolio(agency, later and sees_donors(agency))
    drawn = model.uniform(Stream.REGISTRATION, agency.id, 0)
    openness = district.registration_openness if agency.form == Form.ATTACHED else 0.0
    agency.acceptance = openness + (1.0 - openness) * drawn
    record(model, Event.FOUNDED, Cause.AT_START, agency, district, amount=cash, persons=agency.staff)


def trait(model: Sector, agency: Agency, mean: float, spread: float, index: int) -> float:
    """Draw a trait between 0 and 1."""
    return min(max(mean + spread * model.normal(Stream.INITIAL_STATE, agency.id, index), 0.0), 1.0)


def staff_at_start(agency: Agency, size: int, share: float, age: int) -> None:
    """After a year 60 % are settled; in a younger agency everybody has been in post since its founding."""
    licensed = round(size * share)
    settled = round(0.6 * size) if age >= 4 else 0
    cohort = 1 if age >= 4 else max(age, 0)
    settled_licensed = min(licensed, settled)
    agency.cohorts[SETTLED] = [settled - settled_licensed, settled_licensed]
    agency.cohorts[cohort][LICENSED] = licensed - settled_licensed
    agency.cohorts[cohort][UNLICENSED] = size - settled - (licensed - settled_licensed)
    agency.tenure = SETTLED_TENURE * settled + cohort * (size - settled)


def join_at_start(model: Sector, agency: Agency, facts: dict[str, Any]) -> None:
    """Add an agency where it belongs, and create its ties and its presence in its community."""
    agency.host = Host(facts["host"])
    agency.officers_in_common = facts["officers_in_common"]
    agency.tie_with(agency.district).relation = relation_at_start(agency)
    home = model.associations[facts["association"]] if facts["association"] >= 0 else None
    if model.quarter > 0 and home:
        # Others may have come first.
        if agency.host == Host.ASSOCIATION and not (home.has_room and home.hosted < home.rooms):
            agency.host = Host.OWN
        if not home.has_room and agency.form != Form.ATTACHED:
            home = None
            agency.officers_in_common = False
    if home:
        agency.association = home
        agency.association.members += 1
        agency.association.hosted += agency.host == Host.ASSOCIATION
        agency.tie_with(agency.city.government).relation = FIRST_RELATION
    if facts["college"] >= 0:
        agency.college = model.colleges[facts["college"]]
        agency.college.affiliates += 1
    if facts["sponsor"] >= 0:
        agency.sponsor = model.sponsors[facts["sponsor"]]
        agency.sponsor.agencies += 1
    there = agency.presence_in(agency.community)
    there.quarters = float(max(-agency.founded, 0))
    there.since = min(agency.founded, model.quarter)
    # As if all service so far had been at home, as much as its people can give.
    usual = agency.model.rules.people_hours * agency.staff * (1.0 - agency.administrative)
    there.known = usual * (1.0 - exp(-there.quarters / (4.0 * agency.model.rules.delivery_knowledge_time)))
    for ago in range(min(-there.since, 4)):
        there.past[(agency.model.season - 1 - ago) % 4] = usual


def relation_at_start(agency: Agency) -> float:
    """Relation with the district: of who was there before, or of founders whom officials know."""
    rules = agency.model.rules
    if agency.model.quarter == 0:
        return FIRST_RELATION
    known = rules.founding_relation * agency.district.promotion_push
    asked_for = rules.founding_official_relation if agency.origin == Origin.GOVERNMENT else 0.0
    return max(known, asked_for, FIRST_RELATION)
