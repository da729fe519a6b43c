"""Wages and other costs of a quarter: wages, insurance, rent, overhead.

What cash does not cover is owed.  Bills are paid before wages, because an agency without an office cannot
work; so it is wages that are paid late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Host
from sim.engine.arithmetic import checked_fen, to_fen
from sim.engine.compilation import rule
from sim.model.rules.contracts.contract_forms_and_prices import income_per_person
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.payment.bridging_loans import draw_bridging_loan, repay_from_surplus
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    cost_per_person,
    fixed_cost,
    mean_pay,
    money_after_debts,
    own_reserve,
    pay_factor,
    posts_for_contracts,
    rent_per_person,
    unpaid_debts,
)
from sim.model.rules.workforce.own_posts_and_reserve_policy import expected_contract_income

if TYPE_CHECKING:
    from sim.model.state.row_types import AccountRow, AgencyRow, CityRow
    from sim.model.state.world import World

UNLIMITED = 2**60
"""More money than there is, in fen."""


PAY_OF_TEN = 7
"""Of ten fen that founders without work have, those that go into their pay; insurance takes most of the others."""


ROUNDING_MARGIN = 2
"""Fen by which four bills, each rounded to whole fen, can exceed their estimate."""


@rule
def pay_costs(world: World, city: CityRow) -> None:
    """Let every agency set its wage and pay its costs."""
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        update_seats(world, agency)
        update_wage(world, agency)
        pay_agency_costs(world, a)


@rule
def update_seats(world: World, agency: AgencyRow) -> None:
    """Rent places for the staff; of empty places a part can be given up in a quarter."""
    empty = max(agency.seats - agency.staff, 0.0) if agency.host == Host.OWN else 0.0
    agency.seats = agency.staff + empty * (1.0 - world.rules[0].closing_lease)


@rule
def update_wage(world: World, agency: AgencyRow) -> None:
    """Move the wage towards a share of what the price carries, at most what contracts break even at; never cut it.

    Own money does not enter: if it did, agencies with donors would outbid the others for staff.  The wage follows the
    more slowly the shorter the reserve is.  A firm pays less, and by the price that it got.  A city's guidance can ask
    for more.
    """
    rules = world.rules[0]
    district = world.governments[agency.district]
    carried = income_per_person(world, district, agency.administrative)
    if agency.kind == Kind.FOR_PROFIT:
        carried = rules.founding_firm_wage * min(carried, income_per_post(world, agency))
    allowed = min(rules.costs_wage_share * carried / 3.0, break_even_wage(world, agency))
    target = wage_aimed_at(world, agency, allowed)
    if target > agency.wage and agency.overdue_wages == 0 and agency.cash > agency.cost:
        pace = rules.costs_least_pace + (1.0 - rules.costs_least_pace) * agency.adequacy
        agency.wage += rules.costs_wage_speed * pace * (target - agency.wage)
    follow_wage_guidance(world, agency)


@rule
def break_even_wage(world: World, agency: AgencyRow) -> float:
    """Mean pay at which running contracts pay for their people, fen a month; no limit without a contract.

    A part of their income stays free for the reserve while that is short, and in a firm for what owners ask.
    """
    income = income_per_post(world, agency)
    if income == np.inf:
        return np.inf
    rules = world.rules[0]
    posts = posts_for_contracts(world, agency)
    kept = 1.0 - rules.costs_cushion * (1.0 - agency.adequacy)
    if agency.kind == Kind.FOR_PROFIT:
        kept = min(kept, 1.0 / (1.0 + max(rules.founding_hurdle, 0.0)))
    overhead = rules.costs_overhead * world.cities[agency.city].cost_index
    left = kept * income - rent_per_person(world, agency) - overhead - fixed_cost(world, agency) / posts
    return left / (3.0 * (1.0 + rules.costs_social_insurance))


@rule
def income_per_post(world: World, agency: AgencyRow) -> float:
    """Income of a quarter from running contracts for each post that they take, fen; infinite without such income."""
    income = expected_contract_income(world, agency)
    if income <= 0.0 or agency.planned <= 0.0:
        return np.inf
    return income / posts_for_contracts(world, agency)


@rule
def wage_aimed_at(world: World, agency: AgencyRow, allowed: float) -> float:
    """Wage that an agency aims at where so much mean pay is allowed, fen a month: supervisors earn more than it.

    Above the outside wage an agency that fills its posts shares only part of the difference with its staff.
    """
    aim = allowed / pay_factor(world, agency)
    market = world.cities[agency.city].market_wage
    if aim <= market or agency.unfilled > 0:
        return aim
    return market + world.rules[0].costs_rent_sharing * (aim - market)


@rule
def follow_wage_guidance(world: World, agency: AgencyRow) -> None:
    """Move a wage below the city's guidance towards it, as far as comfortable reserves stay untouched.

    A rise is permanent, so it is not paid from the money that bridges late payments.
    """
    rules = world.rules[0]
    city = world.cities[agency.city]
    guided = world.governments[city.government].profession_wage_guidance * city.market_wage
    if guided <= agency.wage or agency.staff == 0:
        return
    cost = agency.staff * cost_per_person(world, agency) + fixed_cost(world, agency)
    cost += (agency.seats - agency.staff) * rent_per_person(world, agency) + agency.severance
    kept = cost * (1.0 + rules.closing_comfortable_reserves / 3.0)
    spare = own_reserve(world, agency, world.clock[0].quarter + 1) - kept - ROUNDING_MARGIN
    if spare > 0:
        paid = agency.staff * pay_factor(world, agency)
        borne = spare / (3.0 * paid * (1.0 + rules.costs_social_insurance))
        agency.wage += min(rules.costs_wage_speed * (guided - agency.wage), borne)


@rule
def pay_agency_costs(world: World, a: int) -> None:
    """Pay bills, then severance, then overdue wages, then this quarter's wages, as far as cash goes."""
    rules = world.rules[0]
    agency = world.agencies[a]
    index = world.cities[agency.city].cost_index
    suppliers = world.externals[Party.SUPPLIERS]
    insurance_fund = world.externals[Party.SOCIAL_INSURANCE]
    households = world.externals[Party.HOUSEHOLDS]
    spare = spending_limit(agency, to_fen(rules.credit_interest * agency.loan))
    wages = min(to_fen(3.0 * mean_pay(world, agency) * agency.staff), spare // 10 * PAY_OF_TEN)
    insurance = min(to_fen(wages * rules.costs_social_insurance), spare - wages)
    rent = min(to_fen(agency.seats * rent_per_person(world, agency)), max(spare - wages - insurance, 0))
    overhead = to_fen((rules.costs_overhead * agency.staff + rules.costs_fixed) * index)
    overhead = min(overhead, max(spare - wages - insurance - rent, 0))
    agency.wage_bill = wages
    agency.cost = checked_fen(wages + insurance + rent + overhead)
    draw_bridging_loan(world, agency, checked_fen(agency.cost + agency.severance))
    settled = min(agency.cash, agency.overdue_bills)
    transfer(world, agency, suppliers, Purpose.OVERHEAD, -1, settled)
    agency.overdue_bills -= settled
    agency.overdue_bills += rent - pay_available(world, agency, suppliers, Purpose.RENT, rent)
    agency.overdue_bills += overhead - pay_available(world, agency, suppliers, Purpose.OVERHEAD, overhead)
    agency.overdue_bills += insurance - pay_available(world, agency, insurance_fund, Purpose.INSURANCE, insurance)
    agency.overdue_bills = checked_fen(agency.overdue_bills)
    before = agency.overdue_wages
    severance = agency.severance - pay_available(world, agency, households, Purpose.SEVERANCE, agency.severance)
    agency.overdue_wages = checked_fen(agency.overdue_wages + wages + severance)
    agency.overdue_wages -= pay_available(world, agency, households, Purpose.WAGES, agency.overdue_wages)
    agency.unpaid = agency.unpaid + 1 if unpaid_debts(agency) > 0 else 0
    repay_from_surplus(world, agency)
    if before == 0 and agency.overdue_wages > 0:
        late = agency.overdue_income >= agency.overdue_wages
        cause = Cause.PAYER_LATE if late else Cause.CASH_SHORT
        record_event(world, Event.ARREARS, cause, a, agency.district, -1, -1, agency.overdue_wages, agency.staff)


@rule
def pay_debts(world: World, agency: AgencyRow) -> None:
    """Pay wages owed, then bills owed, as far as cash goes."""
    wages = pay_available(world, agency, world.externals[Party.HOUSEHOLDS], Purpose.WAGES, agency.overdue_wages)
    agency.overdue_wages -= wages
    bills = pay_available(world, agency, world.externals[Party.SUPPLIERS], Purpose.OVERHEAD, agency.overdue_bills)
    agency.overdue_bills -= bills


@rule
def spending_limit(agency: AgencyRow, interest: int) -> int:
    """Money available for this quarter's costs, fen: unlimited, except for founders and directors without work.

    They do not run up debts for an agency that never held a contract, nor alone for one that has none: they pay
    themselves what there is, and give up the office when the rest does not pay for it.

    Parameters
    ----------
    interest : int
        Interest on a loan that is paid before, fen.
    """
    unproven = agency.kind == Kind.NONPROFIT and not agency.held
    alone = agency.staff == 1 and agency.contracts == 0
    if not unproven and not alone:
        return UNLIMITED
    return max(money_after_debts(agency) - interest, 0)


@rule
def pay_available(world: World, agency: AgencyRow, payee: AccountRow, purpose: int, amount: int) -> int:
    """Pay as much of a bill as there is cash for; return the payment, fen.

    Parameters
    ----------
    payee : row
        Row that is paid.
    purpose : Purpose
        What is paid for.
    amount : int
        Bill, fen.
    """
    paid = min(amount, max(agency.cash, 0))
    transfer(world, agency, payee, purpose, -1, paid)
    return int(paid)
