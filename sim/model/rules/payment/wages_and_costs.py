"""Wages and other costs of a quarter: wages, insurance, rent, overhead.

What cash does not cover is owed.  Bills are paid before wages, because an agency without an office cannot
work; so it is wages that are paid late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.engine.arithmetic import checked_fen, to_fen
from sim.engine.compilation import rule
from sim.model.rules.contracts.contract_forms_and_prices import income_per_person
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.payment.bridging_loans import draw_bridging_loan, repay_from_surplus
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    cost_per_person,
    fixed_cost,
    hours_per_person,
    mean_pay,
    money_after_debts,
    pay_factor,
    rent_per_person,
    unpaid_debts,
)
from sim.model.rules.workforce.own_posts_and_reserve_policy import expected_contract_income

if TYPE_CHECKING:
    from sim.model.state.row_types import AccountRow, AgencyRow, CityRow
    from sim.model.state.world import World

UNLIMITED = 2**60
"""More money than there is, in fen."""


ROUNDING_MARGIN = 2
"""Fen by which four bills, each rounded to whole fen, can exceed their estimate."""


@rule
def pay_costs(world: World, city: CityRow) -> None:
    """Let every agency set its wage and pay its costs."""
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        update_wage(world, agency)
        pay_agency_costs(world, a)


@rule
def update_wage(world: World, agency: AgencyRow) -> None:
    """Move the wage towards a share of what the price carries, at most what contracts break even at; never cut it.

    Own money does not enter: if it did, agencies with donors would outbid the others for staff.  The wage follows the
    more slowly the shorter the reserve is.  A city's guidance can ask for more.
    """
    rules = world.rules[0]
    district = world.governments[agency.district]
    carried = income_per_person(world, district, agency.administrative)
    allowed = min(rules.costs_wage_share * carried / 3.0, break_even_wage(world, agency))
    target = wage_aimed_at(world, agency, allowed)
    if target > agency.wage and agency.overdue_wages == 0 and agency.cash > agency.cost:
        pace = rules.costs_least_pace + (1.0 - rules.costs_least_pace) * agency.adequacy
        agency.wage += rules.costs_wage_speed * pace * (target - agency.wage)
    follow_wage_guidance(world, agency)


@rule
def break_even_wage(world: World, agency: AgencyRow) -> float:
    """Mean pay at which running contracts pay for their people, fen a month; no limit without a contract.

    A part of their income stays free for the reserve while that is short.
    """
    income = expected_contract_income(world, agency)
    if income <= 0.0 or agency.committed <= 0.0:
        return np.inf
    rules = world.rules[0]
    posts = agency.committed / hours_per_person(world, agency)
    kept = 1.0 - rules.costs_cushion * (1.0 - agency.adequacy)
    overhead = rules.costs_overhead * world.cities[agency.city].cost_index
    left = kept * income / posts - rent_per_person(world, agency) - overhead - fixed_cost(world, agency) / posts
    return left / (3.0 * (1.0 + rules.costs_social_insurance))


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
    kept = cost * (1.0 + rules.closing_comfortable_reserves / 3.0)
    spare = money_after_debts(agency) - kept - ROUNDING_MARGIN
    if spare > 0:
        paid = agency.staff * pay_factor(world, agency)
        borne = spare / (3.0 * paid * (1.0 + rules.costs_social_insurance))
        agency.wage += min(rules.costs_wage_speed * (guided - agency.wage), borne)


@rule
def pay_agency_costs(world: World, a: int) -> None:
    """Pay bills, then overdue wages, then this quarter's wages, as far as cash goes."""
    rules = world.rules[0]
    agency = world.agencies[a]
    index = world.cities[agency.city].cost_index
    suppliers = world.externals[Party.SUPPLIERS]
    insurance_fund = world.externals[Party.SOCIAL_INSURANCE]
    households = world.externals[Party.HOUSEHOLDS]
    spare = spending_limit(agency)
    wages = min(to_fen(3.0 * mean_pay(world, agency) * agency.staff), spare // 2)
    insurance = to_fen(wages * rules.costs_social_insurance)
    rent = min(to_fen(agency.staff * rent_per_person(world, agency)), max(spare - wages - insurance, 0))
    overhead = to_fen((rules.costs_overhead * agency.staff + rules.costs_fixed) * index)
    overhead = min(overhead, max(spare - wages - insurance - rent, 0))
    agency.wage_bill = wages
    agency.cost = checked_fen(wages + insurance + rent + overhead)
    draw_bridging_loan(world, agency, agency.cost)
    settled = min(agency.cash, agency.overdue_bills)
    transfer(world, agency, suppliers, Purpose.OVERHEAD, -1, settled)
    agency.overdue_bills -= settled
    agency.overdue_bills += rent - pay_available(world, agency, suppliers, Purpose.RENT, rent)
    agency.overdue_bills += overhead - pay_available(world, agency, suppliers, Purpose.OVERHEAD, overhead)
    agency.overdue_bills += insurance - pay_available(world, agency, insurance_fund, Purpose.INSURANCE, insurance)
    agency.overdue_bills = checked_fen(agency.overdue_bills)
    before = agency.overdue_wages
    agency.overdue_wages = checked_fen(agency.overdue_wages + wages)
    agency.overdue_wages -= pay_available(world, agency, households, Purpose.WAGES, agency.overdue_wages)
    agency.unpaid = agency.unpaid + 1 if unpaid_debts(agency) > 0 else 0
    repay_from_surplus(world, agency)
    if before == 0 and agency.overdue_wages > 0:
        late = agency.overdue_income >= agency.overdue_wages
        cause = Cause.PAYER_LATE if late else Cause.CASH_SHORT
        record_event(world, Event.ARREARS, cause, a, agency.district, -1, -1, agency.overdue_wages, agency.staff)


@rule
def spending_limit(agency: AgencyRow) -> int:
    """Money available for this quarter's costs, fen: unlimited, except for a director alone without a contract.

    Founders hold on for a while, but do not run up debts for an agency without work: they pay themselves at most
    half of what is free, and give up the office when the rest does not pay for it.
    """
    if agency.staff != 1 or agency.contracts != 0:
        return UNLIMITED
    return max(money_after_debts(agency), 0)


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
