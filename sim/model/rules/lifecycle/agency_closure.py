"""Closure: what an agency does when money is short, and when it gives up.

It asks for emergency support (association, sister, sponsor, college), lays people off, owes wages, and in
the end closes.  A closure ends its contracts, sets its staff free and leaves its communities unserved.  A
registered nonprofit without debts may sleep instead (`dormancy`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Stage
from sim.engine.arithmetic import squared
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.lifecycle.agency_dormancy import fall_dormant, may_rest
from sim.model.rules.lifecycle.winding_up import break_contracts, leave_communities, leave_organisations, release_staff
from sim.model.rules.shared.active_agencies import members_of, purchaser_of
from sim.model.rules.shared.agency_capacity import months_of_reserve, months_of_wages
from sim.model.rules.shared.rate_to_probability import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import AccountRow, AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def settle_fates(world: World, city: CityRow) -> None:
    """Support who is in distress, pay owners, and close who gives up."""
    for n in range(city.districts + 1):
        world.governments[purchaser_of(city, n)].idle = 0
    for a in members_of(world, city):
        agency = world.agencies[a]
        agency.idle = agency.idle + 1 if agency.contracts == 0 else 0
        if agency.overdue_wages + agency.overdue_bills > 0:
            seek_support(world, a)
        if agency.kind == Kind.FOR_PROFIT:
            pay_owners(world, a)
        district = world.governments[agency.district]
        district.idle += 1 if agency.contracts == 0 else 0
        cause = reason_to_close(world, agency)
        if cause != Cause.NONE:
            if may_rest(agency, cause):
                fall_dormant(world, a, cause)
            else:
                close_agency(world, a, cause)


@rule
def seek_support(world: World, a: int) -> None:
    """Ask association, sister, sponsor and college in turn, up to a limit; pay what is owed with it."""
    agency = world.agencies[a]
    limit = round(world.rules[0].closing_support_months * agency.wage * max(agency.staff, 1))
    wanted = min(agency.overdue_wages + agency.overdue_bills, limit)
    if wanted > 0 and agency.association >= 0:
        association = world.associations[agency.association]
        given = min(wanted, association.cash)
        association.support += max(given, 0)
        wanted -= give(world, a, association, Party.ASSOCIATION, agency.association, given)
    if wanted > 0 and agency.sister >= 0:
        sister = world.agencies[agency.sister]
        if sister.stage == Stage.ACTIVE:
            kept = world.rules[0].closing_comfort
            months = months_of_reserve(world, sister)
            spare = int(sister.cash * (1.0 - kept / months)) if months > kept else 0
            wanted -= give(world, a, sister, Party.AGENCY, agency.sister, min(wanted, spare))
    if wanted > 0 and agency.sponsor >= 0:
        sponsor = world.sponsors[agency.sponsor]
        wanted -= give(world, a, sponsor, Party.SPONSOR, agency.sponsor, min(wanted, sponsor.cash))
    if wanted > 0 and agency.college >= 0:
        college = world.colleges[agency.college]
        wanted -= give(world, a, college, Party.COLLEGE, agency.college, min(wanted, college.cash))


@rule
def give(world: World, a: int, giver: AccountRow, party: int, index: int, amount: int) -> int:
    """Give emergency support; the agency pays wages, then bills, with it.  Return what was given."""
    if amount <= 0:
        return 0
    agency = world.agencies[a]
    record_event(world, Event.SUPPORTED, Cause.CASH_SHORT, a, agency.district, party, index, amount, agency.staff)
    transfer(world, giver, agency, Purpose.SUPPORT, -1, amount)
    agency.support += amount
    wages = min(agency.overdue_wages, agency.cash)
    transfer(world, agency, world.externals[Party.HOUSEHOLDS], Purpose.WAGES, -1, wages)
    agency.overdue_wages -= wages
    bills = min(agency.overdue_bills, agency.cash)
    transfer(world, agency, world.externals[Party.SUPPLIERS], Purpose.OVERHEAD, -1, bills)
    agency.overdue_bills -= bills
    return int(amount)


@rule
def pay_owners(world: World, a: int) -> None:
    """Count quarters under the hurdle; pay what is above the reserve to the owners, up to the district's cap."""
    rules = world.rules[0]
    agency = world.agencies[a]
    earned = agency.income - agency.cost
    agency.lean = agency.lean + 1 if earned < rules.founding_hurdle * agency.cost else 0
    months = months_of_reserve(world, agency)
    if agency.staff > 0 and months > rules.closing_dividend_reserve:
        dividend = int(agency.cash * (1.0 - rules.closing_dividend_reserve / months))
        cap = world.governments[agency.district].for_profits_profit_cap
        if cap < 1.0:
            dividend = min(dividend, int(cap * agency.income))
        transfer(world, agency, world.externals[Party.OWNERS], Purpose.DIVIDEND, -1, dividend)


@rule
def reason_to_close(world: World, agency: AgencyRow) -> int:
    """Why an agency gives up this quarter: a `Cause`; `NONE` where it goes on.

    Wages owed count as far as what purchasers owe the agency would not pay them.
    """
    rules = world.rules[0]
    clock = world.clock[0]
    if agency.staff == 0:
        return Cause.NO_STAFF
    uncovered = max(agency.overdue_wages - agency.receivable, 0)
    months_owed = months_of_wages(agency, uncovered)
    insolvent = rate_to_probability(rules.closing_insolvent_rate * squared(months_owed / rules.closing_arrears))
    if months_owed > 0 and bernoulli(clock, insolvent, Stream.CLOSURE, agency.id, 0):
        return Cause.NO_CONTRACT if agency.contracts == 0 else Cause.INSOLVENT
    spent = agency.idle >= rules.closing_idle and months_of_reserve(world, agency) < 1.0
    if spent and bernoulli(clock, rate_to_probability(rules.closing_idle_rate), Stream.CLOSURE, agency.id, 1):
        return Cause.NO_CONTRACT
    if agency.kind == Kind.FOR_PROFIT and agency.lean >= rules.closing_exit_after and agency.contracts == 0:
        return Cause.LOW_RETURN
    return Cause.NONE


@rule
def close_agency(world: World, a: int, cause: int) -> None:
    """Close an agency for good: write why, end its contracts, free its people, hand over what is left."""
    agency = world.agencies[a]
    record_event(world, Event.CLOSED, cause, a, agency.district, -1, -1, agency.overdue_wages, agency.staff)
    break_contracts(world, a)
    release_staff(world, agency)
    leave_communities(world, agency)
    leave_organisations(world, a)
    wages = min(agency.overdue_wages, max(agency.cash, 0))
    transfer(world, agency, world.externals[Party.HOUSEHOLDS], Purpose.WAGES, -1, wages)
    heir = Party.OWNERS if agency.kind == Kind.FOR_PROFIT else Party.PUBLIC_PURPOSES
    transfer(world, agency, world.externals[heir], Purpose.RESIDUE, -1, agency.cash)
    agency.overdue_wages = 0
    agency.overdue_bills = 0
    agency.stage = Stage.CLOSED
    agency.closed = world.clock[0].quarter
