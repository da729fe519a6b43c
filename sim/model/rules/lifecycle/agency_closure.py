"""Agency closure: when an agency without money, staff or contracts gives up, and what happens then.

Before that it borrows, asks for an advance, lays people off and owes wages.  A closure ends its contracts, releases its
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
from sim.model.rules.lifecycle.emergency_support import (
    may_ask_for_advance,
    pay_back_advance,
    repay_advance,
    seek_advance,
)
from sim.model.rules.lifecycle.ending_operations import (
    dismiss_staff,
    is_idle,
    leave_communities,
    leave_organisations,
    terminate_and_write_off_contracts,
)
from sim.model.rules.payment.bridging_loans import repay_loan
from sim.model.rules.payment.for_profit_dividends import pay_dividends
from sim.model.rules.shared.active_agencies import active_agencies_in, nth_government
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_reserves, months_of_wages, unpaid_debts
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def close_failing_agencies(world: World, city: CityRow) -> None:
    """Let agencies repay and get advances, pay dividends, and close agencies that give up or make them dormant."""
    for n in range(city.districts + 1):
        world.governments[nth_government(city, n)].idle_agencies = 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        agency.idle_quarters = agency.idle_quarters + 1 if agency.contracts == 0 else 0
        repay_advance(world, a)
        if may_ask_for_advance(world, agency):
            seek_advance(world, a)
        if agency.kind == Kind.FOR_PROFIT:
            pay_dividends(world, a)
        district = world.governments[agency.district]
        district.idle_agencies += 1 if is_idle(agency) else 0
        cause = closure_cause(world, agency)
        if cause != Cause.NONE:
            if may_become_dormant(agency, cause):
                become_dormant(world, a, cause)
            else:
                close_agency(world, a, cause)


@rule
def closure_cause(world: World, agency: AgencyRow) -> int:
    """Cause for which an agency gives up this quarter; `Cause.NONE` where it continues."""
    rules = world.rules[0]
    clock = world.clock[0]
    if agency.staff == 0:
        return Cause.NO_STAFF
    months_owed = months_of_wages(world, agency, uncovered_debts(world, agency))
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
def uncovered_debts(world: World, agency: AgencyRow) -> float:
    """Wages and bills owed that what purchasers owe would not pay, as far as staff and creditors still believe in it.

    They do so less with every quarter in which something stays unpaid: no bank waits for ever.
    """
    believed = max(1.0 - (agency.unpaid - 1) / world.rules[0].closing_creditors, 0.0)
    debts = float(unpaid_debts(agency))
    return debts - min(believed * max(agency.receivable - agency.loan, 0), debts)


@rule
def close_agency(world: World, a: int, cause: int) -> None:
    """Close an agency for good: record why, end contracts, dismiss staff, repay lenders, transfer what cash is left."""
    agency = world.agencies[a]
    record_event(world, Event.CLOSED, cause, a, agency.district, -1, -1, agency.overdue_wages, agency.staff)
    terminate_and_write_off_contracts(world, a)
    dismiss_staff(world, agency)
    leave_communities(world, agency)
    leave_organisations(world, a)
    wages = min(agency.overdue_wages, max(agency.cash, 0))
    transfer(world, agency, world.externals[Party.HOUSEHOLDS], Purpose.WAGES, -1, wages)
    # What cannot be repaid stays in the row, as the loss of the lenders.
    repay_loan(world, agency, min(agency.loan, agency.cash))
    if agency.lender_kind != Party.AGENCY or world.agencies[agency.lender].stage != Stage.CLOSED:
        pay_back_advance(world, agency, min(agency.advance, agency.cash))
    heir = Party.OWNERS if agency.kind == Kind.FOR_PROFIT else Party.PUBLIC_PURPOSES
    transfer(world, agency, world.externals[heir], Purpose.RESIDUE, -1, agency.cash)
    agency.overdue_wages = 0
    agency.overdue_bills = 0
    agency.stage = Stage.CLOSED
    agency.closed = world.clock[0].quarter
