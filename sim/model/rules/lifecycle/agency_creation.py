"""Agency creation: the row of a new agency, its traits, staff, money and affiliations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import ACCOUNT_STRIDE, Party, Purpose
from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host, Stage
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, normal, random_index
from sim.engine.rng.philox import IntLike, uniform
from sim.model.rules.contracts.firms_in_guise import passes_as_nonprofit
from sim.model.rules.funding.funding_effort_and_capability import initialise_effort
from sim.model.rules.ledger.income_accounts import record_income
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.lifecycle.association_membership import find_open_association, join_association
from sim.model.rules.lifecycle.donors_in_view import FOUNDING_REPUTATION, sees_donors
from sim.model.rules.lifecycle.founding_teams import Founders, founds_elsewhere
from sim.model.rules.payment.owners_money import bring_in_owners_money
from sim.model.rules.shared.relations_and_presence import ensure_tie, relation_with
from sim.model.rules.workforce.quits_and_tenure import lose_experience, remove_staff
from sim.model.state.agency_fields import LICENSED, SETTLED, SETTLED_TENURE
from sim.model.state.row_adding import add_agency

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, GovernmentRow
    from sim.model.state.world import World


SKILL_PASSED_ON = 0.5
"""Part of the lead in skill that a sister in another city learns: methods travel, the people who know them do not."""


@rule
def create_agency(world: World, g: int, founders: Founders, form: int, entity: IntLike) -> int:
    """Create the row of an agency: its place, traits and skills; return its index.

    Parameters
    ----------
    g : int
        District government.
    founders : Founders
        Who founds it.
    form : Form
        Registered or attached.
    entity : int
        Id of the agency.
    """
    clock = world.clock[0]
    government = world.governments[g]
    a = add_agency(world)
    agency = world.agencies[a]
    agency.index = a
    agency.id = entity
    agency.account = Party.AGENCY * ACCOUNT_STRIDE + a
    agency.stage = Stage.ACTIVE
    agency.founder_kind = founders.party
    agency.founder = founders.which
    agency.origin = founders.origin
    agency.form = form
    agency.kind = founders.kind
    agency.city = government.city
    agency.district = g
    agency.founded = clock.quarter
    agency.director_since = clock.quarter
    agency.registered = clock.quarter if form == Form.REGISTERED else -1
    agency.community = government.first_community + random_index(
        clock, government.communities, Stream.FOUNDER_TRAITS, entity, 2
    )
    agency.field = founding_field(world, agency, entity)
    initialise_traits(world, agency, founders)
    world.practice[a] = 0.0
    world.incomes[a] = 0
    if founders.party == Party.SPONSOR:
        agency.sponsor = founders.which
    initialise_effort(world, agency, sees_donors(world, agency))
    agency.next_in_district = government.first_agency
    government.first_agency = a
    return a


@rule
def initialise_traits(world: World, agency: AgencyRow, founders: Founders) -> None:
    """Set mission, reputation, skills and wage; converted groups have worked for years."""
    clock = world.clock[0]
    rules = world.rules[0]
    experience = 0.15 if founders.origin == Origin.CONVERTED else 0.0
    spread = 0.1 * normal(clock, Stream.FOUNDER_TRAITS, agency.id, 4)
    agency.mission = min(max(rules.founding_mission + experience + spread, 0.0), 1.0)
    agency.wage = world.cities[agency.city].sector_wage
    if founders.kind == Kind.FOR_PROFIT:
        agency.mission *= 0.5
        agency.wage *= rules.founding_firm_wage
    agency.founding_mission = agency.mission
    agency.reputation = FOUNDING_REPUTATION + experience
    agency.administrative = rules.delivery_base_tasks
    agency.compliance = 0.5
    for f in range(world.skills.shape[1]):
        own = f == agency.field
        world.skills[agency.index, f] = (
            min(rules.founding_skill + experience, 1.0) if own else rules.founding_skill_elsewhere
        )


@rule
def founding_field(world: World, agency: AgencyRow, entity: IntLike) -> int:
    """Field that founders choose: drawn in proportion to the hours unmet in their community."""
    c = agency.community
    total = 0.0
    for f in range(world.needs.shape[1]):
        total += world.needs[c, f].unmet * world.needs[c, f].load
    mark = total * uniform(world.clock[0], Stream.FOUNDER_TRAITS, entity, 3)
    for f in range(world.needs.shape[1]):
        mark -= world.needs[c, f].unmet * world.needs[c, f].load
        if mark <= 0:
            return f
    return int(world.needs.shape[1] - 1)


@rule
def assign_founding_staff(world: World, a: int, founders: Founders, unlicensed: int, licensed: int) -> None:
    """Assign the founding staff.

    Settled staff of a sister in the same city stay settled and keep their time in post; so do the people of a
    company-form group, who come from outside the sector.  Others are new: seekers of the city.

    Parameters
    ----------
    a : int
        Index of the agency.
    founders : Founders
        Who founds it.
    unlicensed, licensed : int
        People without and with licence.
    """
    agency = world.agencies[a]
    city = world.cities[agency.city]
    people = unlicensed + licensed
    cohort = SETTLED
    if founders.party == Party.AGENCY and not founds_elsewhere(founders):
        sister = world.agencies[founders.which]
        before = sister.staff
        tenure = sister.tenure
        remove_staff(sister, SETTLED, 0, unlicensed)
        remove_staff(sister, SETTLED, LICENSED, licensed)
        agency.tenure = tenure - sister.tenure
        lose_experience(world, founders.which, people, people, before)
        # They knew the work together before.
        for f in range(world.skills.shape[1]):
            world.skills[a, f] = max(world.skills[a, f], world.skills[founders.which, f])
    elif founders.origin == Origin.CONVERTED:
        city.imported_staff += people
        agency.tenure = SETTLED_TENURE * people
    else:
        cohort = 0
        city.seekers[0] -= unlicensed
        city.seekers[LICENSED] -= licensed
        agency.hired = people
    if founds_elsewhere(founders):
        for f in range(world.skills.shape[1]):
            world.skills[a, f] += SKILL_PASSED_ON * max(world.skills[founders.which, f] - world.skills[a, f], 0.0)
    agency.cohorts[cohort, 0] = unlicensed
    agency.cohorts[cohort, LICENSED] = licensed
    agency.staff = people
    agency.settled = people if cohort == SETTLED else 0
    agency.licensed = licensed


@rule
def provide_founding_money(world: World, a: int, founders: Founders, cash: int) -> None:
    """Transfer the founding money: founders', owners', the company's or the sister's own, and a college's grant.

    Parameters
    ----------
    a : int
        Index of the agency.
    founders : Founders
        Who founds it.
    cash : int
        Money of founders, owners, company or sister, fen.
    """
    agency = world.agencies[a]
    if founders.kind == Kind.FOR_PROFIT:
        bring_in_owners_money(world, agency, Purpose.FOUNDING, cash)
        return
    if founds_elsewhere(founders):
        transfer(world, world.agencies[founders.which], agency, Purpose.FOUNDING, -1, cash)
        return
    outside = Party.COMPANIES if founders.party == Party.SPONSOR else Party.HOUSEHOLDS
    transfer(world, world.externals[outside], agency, Purpose.FOUNDING, -1, cash)
    if founders.party == Party.COLLEGE:
        grant = world.colleges[founders.which].grant
        transfer(world, world.externals[Party.EDUCATION], agency, Purpose.FOUNDING, -1, grant)
        record_income(world, a, Source.COLLEGE, grant)


@rule
def initial_relation(world: World, government: GovernmentRow, founders: Founders) -> float:
    """Relation with the district government at founding, from 0 to 1.

    Officials know agencies that they promoted, and the staff of a sister agency in their city.

    Investors have none.
    """
    if founders.kind == Kind.FOR_PROFIT:
        return 0.0
    known = world.rules[0].founding_relation * government.promotion_push
    if founders.origin == Origin.GOVERNMENT:
        known = max(known, world.rules[0].founding_official_relation)
    if founders.party == Party.AGENCY and not founds_elsewhere(founders):
        sister = world.agencies[founders.which]
        known = max(known, 0.5 * relation_with(world, sister, sister.district))
    return known


@rule
def affiliate_new_agency(world: World, a: int, founders: Founders, form: int) -> None:
    """Count the agency, link it to its founder, record the event, and let it join an association.

    Parameters
    ----------
    a : int
        Index of the agency.
    founders : Founders
        Who founds it.
    form : Form
        Registered or attached.
    """
    clock = world.clock[0]
    agency = world.agencies[a]
    government = world.governments[agency.district]
    city = world.cities[agency.city]
    government.agencies += 1
    city.agencies += 1
    world.ties[ensure_tie(world, a, agency.district)].relation = initial_relation(world, government, founders)
    cause = link_to_founder(world, agency, founders)
    record_event(
        world, Event.FOUNDED, cause, a, agency.district, founders.party, founders.which, agency.cash, agency.staff
    )
    if not passes_as_nonprofit(agency):
        return
    home = find_open_association(world, city, agency.district)
    joins = bernoulli(clock, world.rules[0].founding_join_probability, Stream.FOUNDER_TRAITS, agency.id, 5)
    if home >= 0 and (form == Form.ATTACHED or joins):
        if form == Form.ATTACHED:
            agency.reputation *= 0.9
        join_association(world, a, home)


@rule
def link_to_founder(world: World, agency: AgencyRow, founders: Founders) -> int:
    """Link an agency to the college, sister or company that founded it; return the `Cause` of the founding."""
    if founders.party == Party.COLLEGE:
        college = world.colleges[founders.which]
        agency.college = founders.which
        agency.serial = college.founded_agencies
        college.founded_agencies += 1
        college.affiliates += 1
        if college.hosts:
            agency.host = Host.COLLEGE
        return Cause.COLLEGE_FOUNDED
    if founders.party == Party.AGENCY:
        agency.sister = founders.which
        if founds_elsewhere(founders):
            # A college has its students and its rooms in its own city.
            return Cause.GREW_ELSEWHERE
        agency.college = world.agencies[founders.which].college
        if agency.college >= 0:
            world.colleges[agency.college].affiliates += 1
        return Cause.STAFF_LEFT_TO_FOUND
    if founders.kind == Kind.FOR_PROFIT:
        return Cause.MARGIN_OVER_HURDLE
    if founders.party == Party.SPONSOR:
        agency.host = Host.SPONSOR
        world.sponsors[founders.which].agencies += 1
        return Cause.COMPANY_FOUNDED
    if founders.origin == Origin.GOVERNMENT:
        return Cause.OFFICIAL_WISH
    return Cause.GROUP_CONVERTED
