"""Agency closure: support for agencies in distress, dividends, and closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from tests.oracle.agency import Agency
from tests.oracle.dormancy import become_dormant, may_become_dormant
from tests.oracle.ending_operations import break_contracts, leave_organisations, release_staff
from tests.oracle.events import record
from tests.oracle.founding_prospects import prospects, rate_to_probability
from tests.oracle.guise import inspect
from tests.oracle.lending import consider_advance, pay_debts, repay_advance, repay_at_the_end
from tests.oracle.money import give_to_owners, pay_part, take_from_owners, transfer

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def support_and_close_agencies(model: Sector, city: City) -> None:
    """Advances to agencies in distress, dividends, closing of agencies that give up; count those without work."""
    for government in city.purchasers:
        government.idle_agencies = 0
    for agency in city.members:
        agency.idle_quarters = agency.idle_quarters + 1 if agency.contracts == 0 else 0
        agency.district.idle_agencies += agency.contracts == 0 and agency.own_posts < 1
    for agency in list(city.members):
        repay_advance(model, agency)
        if agency.kind == Kind.FOR_PROFIT:
            inspect(model, agency)
            invest(model, agency)
        consider_advance(model, agency)
        if agency.kind == Kind.FOR_PROFIT:
            pay_owners(model, agency)
        cause = reason_to_close(model, agency)
        if cause != Cause.NONE:
            if may_become_dormant(agency, cause):
                become_dormant(model, agency, cause)
            else:
                close(model, agency, cause)


def invest(model: Sector, agency: Agency) -> None:
    """Owners of a firm with work add what it lacks for debts and a month, up to the limit of what is theirs in it."""
    missing = agency.debts + round(agency.monthly_cost(agency.staff)) - agency.cash
    theirs = max(agency.capital - agency.drawn, 0)
    amount = min(missing, int(model.rules.founding_firm_limit) - theirs)
    if agency.contracts > 0 and amount > 0:
        owners = model.outside[Party.OWNERS]
        take_from_owners(model, agency, Purpose.CAPITAL, amount)
        record(model, Event.INVESTED, Cause.CASH_SHORT, agency, agency.district, owners, amount, agency.staff)
        pay_debts(model, agency)


def pay_owners(model: Sector, agency: Agency) -> None:
    """Count quarters under the hurdle; what is above the reserve goes to the owners."""
    rules = model.rules
    under = agency.income - agency.cost < rules.founding_hurdle * agency.cost
    agency.low_return_quarters = agency.low_return_quarters + 1 if under else 0
    if agency.staff == 0:
        return
    months = agency.months_of_reserve()
    if months > rules.closing_dividend_reserve:
        profit = max(agency.own_reserve(model.quarter + 1) - agency.capital, 0)
        dividend = min(int(agency.cash * (1.0 - rules.closing_dividend_reserve / months)), profit)
        if agency.district.for_profits_profit_cap < 1.0 and not agency.guise:
            dividend = min(dividend, int(agency.district.for_profits_profit_cap * agency.income))
        give_to_owners(model, agency, Purpose.DIVIDEND, dividend)


def reason_to_close(model: Sector, agency: Agency) -> Cause:
    """Why an agency gives up this quarter, if it does.

    Debts count as far as what purchasers owe would not pay them; and who waits long no longer believes in that.
    """
    rules = model.rules
    if agency.staff == 0:
        return Cause.NO_STAFF
    believed = max(1.0 - (agency.unpaid - 1) / rules.closing_creditors, 0.0)
    uncovered = agency.debts - min(believed * max(agency.receivable - agency.loan, 0), agency.debts)
    months_owed = uncovered / max(agency.mean_pay() * max(agency.staff, 1), 1.0)
    if months_owed > 0:
        deep = months_owed / rules.closing_arrears
        insolvent = rate_to_probability(rules.closing_insolvent_rate * (deep * deep))
        if model.happens(insolvent, Stream.CLOSURE, agency.id, 0):
            return Cause.NO_CONTRACT if agency.contracts == 0 else Cause.INSOLVENT
    if agency.idle_quarters > rules.closing_patience:
        tires = rate_to_probability(tiring_rate(model, agency))
        if model.happens(tires, Stream.CLOSURE, agency.id, 1):
            return Cause.NO_CONTRACT
    poor = agency.kind == Kind.FOR_PROFIT and agency.low_return_quarters >= rules.closing_exit_after
    return Cause.LOW_RETURN if poor and agency.contracts == 0 else Cause.NONE


def tiring_rate(model: Sector, agency: Agency) -> float:
    """Hazard that founders without a contract give up: they look at income, prospects and reserves."""
    person = 4.0 * (agency.cost_per_person() + agency.fixed_cost())
    missing = max(1.0 - agency.income_year / max(person, 1.0), 0.0)
    hopeless = 1.0 - prospects(model, agency.district, nonprofit=agency.kind == Kind.NONPROFIT)
    reserve = max(agency.months_of_reserve(), 0.0) / 12.0
    return model.rules.closing_give_up_rate * missing * hopeless / (1.0 + reserve)


def close(model: Sector, agency: Agency, cause: Cause) -> None:
    """Close for good: contracts end, staff leave, communities are left, and the remaining cash is transferred."""
    record(model, Event.CLOSED, cause, agency, agency.district, amount=agency.overdue_wages, persons=agency.staff)
    agency.closing_cause, agency.staff_at_end = cause, agency.staff
    break_contracts(agency)
    release_staff(agency)
    for community in list(agency.presences):
        agency.leave_community(community)
    leave_organisations(agency)
    pay_part(model, agency, model.outside[Party.HOUSEHOLDS], Purpose.WAGES, agency.overdue_wages)
    repay_at_the_end(model, agency)
    if agency.kind == Kind.FOR_PROFIT:
        give_to_owners(model, agency, Purpose.RESIDUE, agency.cash)
    else:
        transfer(model, agency, model.outside[Party.PUBLIC_PURPOSES], Purpose.RESIDUE, agency.cash)
    agency.closed = model.quarter
    agency.overdue_wages = agency.overdue_bills = 0
    agency.active = False
    agency.remove()
