"""Dormancy and deregistration: a registered nonprofit without work or staff is dormant, then revived or struck off.

A registration is hard to get, so founders with no more than small debts keep it.  A dormant agency has no staff, no
contract and no office and does nothing; it keeps its cash, and payers still pay what they owe it for past work,
while its reputation, relations and skill decay.  When prospects are good, and there are
people to hire and money for a quarter, it works again, with its old memberships unless its place has been filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Form, Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host, Stage
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.funding.source_availability import seeks_another_agency
from sim.model.rules.ledger.income_accounts import summarise_annual_income
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.lifecycle.association_membership import take_office_space
from sim.model.rules.lifecycle.ending_operations import (
    dismiss_staff,
    leave_communities,
    leave_organisations,
    terminate_contracts,
    write_off_amounts_due,
)
from sim.model.rules.lifecycle.founding_prospects import newcomer_cost, nonprofit_prospects
from sim.model.rules.lifecycle.founding_teams import MINIMUM_FOUNDING_STAFF
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_wages, unpaid_debts
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability
from sim.model.rules.workforce.posts_filled_by_pay import add_new_staff

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def may_become_dormant(world: World, agency: AgencyRow, cause: int) -> bool:
    """Whether an agency that gives up can become dormant: an idle registered nonprofit with small debts at most.

    Who lent it money does not lose it in silence.
    """
    idle = cause == Cause.NO_CONTRACT or cause == Cause.NO_STAFF
    idle = idle or (cause == Cause.NO_SUCCESSOR and agency.contracts == 0)
    lasting = agency.kind == Kind.NONPROFIT and agency.form == Form.REGISTERED
    uncovered = months_of_wages(world, agency, float(max(unpaid_debts(agency) - agency.cash, 0)))
    bearable = uncovered <= world.rules[0].closing_rest_debts and agency.loan == 0 and agency.advance == 0
    return bool(idle and lasting and bearable)


@rule
def become_dormant(world: World, a: int, cause: int) -> None:
    """Stop work: record why, end contracts, dismiss staff, leave communities and office; stay registered.

    Wages and bills owed are paid as far as cash goes; the rest is lost.
    """
    agency = world.agencies[a]
    city = world.cities[agency.city]
    settle_small_debts(world, agency)
    record_event(world, Event.DORMANT, cause, a, agency.district, -1, -1, agency.cash, agency.staff)
    agency.staff_at_end = agency.staff
    terminate_contracts(world, a)
    dismiss_staff(world, agency)
    leave_communities(world, agency)
    leave_organisations(world, a)
    agency.seats = 0.0
    agency.host = Host.OWN
    agency.own_posts = 0.0
    agency.extra_posts = 0.0
    agency.stage = Stage.DORMANT
    agency.dormant_since = world.clock[0].quarter
    agency.next_dormant = city.first_dormant
    city.first_dormant = a
    city.dormant += 1


@rule
def settle_small_debts(world: World, agency: AgencyRow) -> None:
    """Pay wages owed, then bills, as far as cash goes; the rest is lost."""
    wages = min(agency.overdue_wages, max(agency.cash, 0))
    transfer(world, agency, world.externals[Party.HOUSEHOLDS], Purpose.WAGES, -1, wages)
    bills = min(agency.overdue_bills, max(agency.cash, 0))
    transfer(world, agency, world.externals[Party.SUPPLIERS], Purpose.OVERHEAD, -1, bills)
    agency.overdue_wages = 0
    agency.overdue_bills = 0


@rule
def update_dormant_agencies(world: World, city: CityRow) -> None:
    """Strike off agencies dormant for too long, revive agencies with prospects, and let the others decay.

    Nothing happens to those that stopped work a moment ago, for want of a director.
    """
    clock = world.clock[0]
    rules = world.rules[0]
    previous = -1
    a = city.first_dormant
    while a >= 0:
        agency = world.agencies[a]
        following = agency.next_dormant
        if agency.dormant_since == clock.quarter:
            previous = a
        elif clock.quarter - agency.dormant_since >= rules.closing_dormancy:
            unlink_dormant_agency(world, city, a, previous)
            deregister_agency(world, a)
        elif decides_to_revive(world, city, agency):
            unlink_dormant_agency(world, city, a, previous)
            revive_agency(world, city, a)
        else:
            decay_dormant_agency(world, a)
            previous = a
        a = following


@rule
def unlink_dormant_agency(world: World, city: CityRow, a: int, previous: int) -> None:
    """Remove an agency from its city's list of dormant ones; `previous` is the one before it, -1 for none."""
    agency = world.agencies[a]
    if previous < 0:
        city.first_dormant = agency.next_dormant
    else:
        world.agencies[previous].next_dormant = agency.next_dormant
    agency.next_dormant = -1
    city.dormant -= 1


@rule
def decides_to_revive(world: World, city: CityRow, agency: AgencyRow) -> bool:
    """Draw whether prospects revive a dormant agency this quarter; there must be people, and money for them."""
    rules = world.rules[0]
    people = city.seekers[0] + city.seekers[1]
    if people < MINIMUM_FOUNDING_STAFF or agency.cash < MINIMUM_FOUNDING_STAFF * newcomer_cost(world, city):
        return False
    rate = rules.closing_revival_rate * nonprofit_prospects(world, world.governments[agency.district])
    return bernoulli(world.clock[0], rate_to_probability(rate), Stream.REVIVAL, agency.id, 0)


@rule
def decay_dormant_agency(world: World, a: int) -> None:
    """Reduce reputation, relations and skill of a dormant agency by a quarter without work."""
    rules = world.rules[0]
    agency = world.agencies[a]
    agency.reputation *= 1.0 - rules.standing_reputation_speed
    for f in range(world.skills.shape[1]):
        world.skills[a, f] *= 1.0 - rules.standing_skill_loss
    tie = agency.first_tie
    while tie >= 0:
        world.ties[tie].relation *= 1.0 - rules.standing_relation_decay
        tie = world.ties[tie].next


@rule
def deregister_agency(world: World, a: int) -> None:
    """Strike a dormant agency off the register; its cash goes to public purposes, unpaid amounts due are lost."""
    agency = world.agencies[a]
    write_off_amounts_due(world, a)
    record_event(world, Event.CLOSED, Cause.STRUCK_OFF, a, agency.district, -1, -1, 0, 0)
    transfer(world, agency, world.externals[Party.PUBLIC_PURPOSES], Purpose.RESIDUE, -1, agency.cash)
    agency.stage = Stage.CLOSED
    agency.closed = world.clock[0].quarter
    agency.closing_cause = Cause.STRUCK_OFF


@rule
def revive_agency(world: World, city: CityRow, a: int) -> None:
    """Take up work again: two people, one of them licensed if possible, empty income accounts, old memberships."""
    agency = world.agencies[a]
    agency.stage = Stage.ACTIVE
    reset_income_history(world, a)
    licensed = min(1, city.seekers[1])
    unlicensed = min(MINIMUM_FOUNDING_STAFF - licensed, city.seekers[0])
    add_new_staff(city, agency, unlicensed, MINIMUM_FOUNDING_STAFF - unlicensed)
    agency.hired = MINIMUM_FOUNDING_STAFF
    agency.wage = city.sector_wage
    agency.administrative = world.rules[0].delivery_base_tasks
    agency.compliance = 0.5
    agency.idle_quarters = 0
    agency.director_since = world.clock[0].quarter
    agency.directors += 1
    rejoin_organisations(world, city, a)
    city.revived += 1
    record_event(world, Event.REVIVED, Cause.BETTER_PROSPECTS, a, agency.district, -1, -1, agency.cash, agency.staff)


@rule
def reset_income_history(world: World, a: int) -> None:
    """Clear income, turnover and running means of the time before dormancy."""
    agency = world.agencies[a]
    world.incomes[a] = 0
    world.practice[a] = 0.0
    agency.income_year = 0
    tie = agency.first_tie
    while tie >= 0:
        world.ties[tie].income[:] = 0
        world.ties[tie].income_year = 0
        tie = world.ties[tie].next
    summarise_annual_income(world, a)
    agency.income_mean = 0.0
    agency.income_variance = 0.0
    agency.turnover = 0.0
    agency.resource_independence = np.nan
    agency.reserve_year = np.nan
    agency.line_mean = np.nan
    agency.staff_mean = np.nan
    agency.cost = 0
    agency.wage_bill = 0
    agency.movers[:] = 0
    agency.unpaid = 0


@rule
def rejoin_organisations(world: World, city: CityRow, a: int) -> None:
    """Add the agency to district, city and college again, and to association and sponsor where its place is free."""
    agency = world.agencies[a]
    government = world.governments[agency.district]
    government.agencies += 1
    city.agencies += 1
    agency.next_in_district = government.first_agency
    government.first_agency = a
    if agency.association >= 0:
        association = world.associations[agency.association]
        if association.members < association.members_limit:
            association.members += 1
            take_office_space(agency, association)
        else:
            agency.association = -1
            agency.officers_in_common = False
    if agency.college >= 0:
        world.colleges[agency.college].affiliates += 1
    if agency.sponsor >= 0:
        if seeks_another_agency(world.sponsors[agency.sponsor]):
            world.sponsors[agency.sponsor].agencies += 1
        else:
            agency.sponsor = -1
