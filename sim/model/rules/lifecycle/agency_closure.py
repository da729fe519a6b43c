"""Agency closure: when an agency without money, staff or contracts gives up, and what happens then.

Before that it borrows, asks for an advance, lays people off and owes wages.  A closure ends its contracts, releases its
staff and leaves its communities unserved.  A registered nonprofit with small debts at most may become dormant instead.
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
from sim.model.rules.contracts.firms_in_guise import inspect_firm
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.lifecycle.donors_in_view import newcomer_gifts
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
from sim.model.rules.lifecycle.founding_prospects import founding_prospects
from sim.model.rules.payment.bridging_loans import repay_loan
from sim.model.rules.payment.owners_money import invest, pay_dividends, take_out_owners_money
from sim.model.rules.shared.active_agencies import active_agencies_in, nth_government
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    cost_per_person,
    fixed_cost,
    months_of_reserves,
    months_of_wages,
    unpaid_debts,
)
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def close_failing_agencies(world: World, city: CityRow) -> None:
    """Let agencies repay, get money from owners or lenders, pay dividends, and give up: close or fall asleep."""
    for n in range(city.districts + 1):
        world.governments[nth_government(city, n)].idle_agencies = 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        agency.idle_quarters = agency.idle_quarters + 1 if agency.contracts == 0 else 0
        world.governments[agency.district].idle_agencies += 1 if is_idle(agency) else 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        repay_advance(world, a)
        if agency.kind == Kind.FOR_PROFIT:
            inspect_firm(world, a)
            invest(world, a)
        if may_ask_for_advance(world, agency):
            seek_advance(world, a)
        if agency.kind == Kind.FOR_PROFIT:
            pay_dividends(world, a)
        cause = closure_cause(world, agency)
        if cause != Cause.NONE:
            if may_become_dormant(world, agency, cause):
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
    if agency.idle_quarters > rules.closing_patience and bernoulli(
        clock, rate_to_probability(giving_up_rate(world, agency)), Stream.CLOSURE, agency.id, 1
    ):
        return Cause.NO_CONTRACT
    if (
        agency.kind == Kind.FOR_PROFIT
        and agency.low_return_quarters >= rules.closing_exit_after
        and agency.contracts == 0
    ):
        return Cause.LOW_RETURN
    return Cause.NONE


@rule
def giving_up_rate(world: World, agency: AgencyRow) -> float:
    """Quarterly hazard that founders without a contract give up: less with income, prospects and reserves."""
    government = world.governments[agency.district]
    person = 4.0 * (cost_per_person(world, agency) + fixed_cost(world, agency))
    missing = max(1.0 - agency.income_year / max(person, 1.0), 0.0)
    gifts = newcomer_gifts(world, world.cities[agency.city]) if agency.kind == Kind.NONPROFIT else 0.0
    hopeless = 1.0 - founding_prospects(world, government, gifts)
    reserve = max(months_of_reserves(world, agency), 0.0) / 12.0
    return world.rules[0].closing_give_up_rate * missing * hopeless / (1.0 + reserve)


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
    agency.closing_cause = cause
    agency.staff_at_end = agency.staff
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
    if agency.kind == Kind.FOR_PROFIT:
        take_out_owners_money(world, agency, Purpose.RESIDUE, agency.cash)
    else:
        transfer(world, agency, world.externals[Party.PUBLIC_PURPOSES], Purpose.RESIDUE, -1, agency.cash)
    agency.overdue_wages = 0
    agency.overdue_bills = 0
    agency.stage = Stage.CLOSED
    agency.closed = world.clock[0].quarter
