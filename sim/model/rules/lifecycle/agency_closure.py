"""Agency closure: when an agency without money, staff or contracts gives up, and what happens then.

Before that it asks for emergency support, lays people off and owes wages.  A closure ends its contracts, releases its
staff and leaves its communities unserved.  A registered nonprofit without debts may become dormant instead.
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
from sim.model.rules.lifecycle.dormancy_and_deregistration import become_dormant, may_become_dormant
from sim.model.rules.lifecycle.emergency_support import seek_emergency_support
from sim.model.rules.lifecycle.ending_operations import (
    dismiss_staff,
    leave_communities,
    leave_organisations,
    terminate_and_write_off_contracts,
)
from sim.model.rules.payment.for_profit_dividends import pay_dividends
from sim.model.rules.shared.active_agencies import active_agencies_in, nth_government
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_reserves, months_of_wages
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def close_failing_agencies(world: World, city: CityRow) -> None:
    """Support agencies in distress, pay dividends, and close agencies that give up or make them dormant."""
    for n in range(city.districts + 1):
        world.governments[nth_government(city, n)].idle_agencies = 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        agency.idle_quarters = agency.idle_quarters + 1 if agency.contracts == 0 else 0
        if agency.overdue_wages + agency.overdue_bills > 0:
            seek_emergency_support(world, a)
        if agency.kind == Kind.FOR_PROFIT:
            pay_dividends(world, a)
        district = world.governments[agency.district]
        district.idle_agencies += 1 if agency.contracts == 0 else 0
        cause = closure_cause(world, agency)
        if cause != Cause.NONE:
            if may_become_dormant(agency, cause):
                become_dormant(world, a, cause)
            else:
                close_agency(world, a, cause)


@rule
def closure_cause(world: World, agency: AgencyRow) -> int:
    """Cause for which an agency gives up this quarter; `Cause.NONE` where it continues.

    Overdue wages count as far as what purchasers owe the agency would not pay them.
    """
    rules = world.rules[0]
    clock = world.clock[0]
    if agency.staff == 0:
        return Cause.NO_STAFF
    uncovered = max(agency.overdue_wages - agency.receivable, 0)
    months_owed = months_of_wages(world, agency, uncovered)
    insolvent = rate_to_probability(rules.closing_insolvent_rate * squared(months_owed / rules.closing_arrears))
    if months_owed > 0 and bernoulli(clock, insolvent, Stream.CLOSURE, agency.id, 0):
        return Cause.NO_CONTRACT if agency.contracts == 0 else Cause.INSOLVENT
    spent = agency.idle_quarters >= rules.closing_idle and months_of_reserves(world, agency) < 1.0
    if spent and bernoulli(clock, rate_to_probability(rules.closing_idle_rate), Stream.CLOSURE, agency.id, 1):
        return Cause.NO_CONTRACT
    if (
        agency.kind == Kind.FOR_PROFIT
        and agency.low_return_quarters >= rules.closing_exit_after
        and agency.contracts == 0
    ):
        return Cause.LOW_RETURN
    return Cause.NONE


@rule
def close_agency(world: World, a: int, cause: int) -> None:
    """Close an agency for good: record why, end contracts, dismiss staff, transfer the remaining cash."""
    agency = world.agencies[a]
    record_event(world, Event.CLOSED, cause, a, agency.district, -1, -1, agency.overdue_wages, agency.staff)
    terminate_and_write_off_contracts(world, a)
    dismiss_staff(world, agency)
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
