"""Wages and other costs of a quarter: wages, insurance, rent, overhead.

Costs that cash does not cover are owed.  Bills come before wages, so it is wages that are paid late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Host
from tests.oracle.events import record
from tests.oracle.lending import borrow, pay_back_loan_from_surplus
from tests.oracle.money import pay_part, transfer
from tests.oracle.own_posts import break_even_wage, income_per_post

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def pay_costs(model: Sector, city: City) -> None:
    """Every agency sets its wage and pays its costs."""
    for agency in city.members:
        # Of empty rented places a part is given up; a host asks for no lease.
        empty = max(agency.seats - agency.staff, 0.0) if agency.host == Host.OWN else 0.0
        agency.seats = agency.staff + empty * (1.0 - model.rules.closing_lease)
        set_wage(agency)
        pay_agency_costs(model, agency)


def set_wage(agency: Agency) -> None:
    """Move the wage towards a share of what the price carries, at most what contracts break even at; never cut it.

    The shorter the reserve, the slower.
    """
    rules = agency.model.rules
    per_person = agency.district.income_per_person(agency.administrative)
    if agency.kind == Kind.FOR_PROFIT:
        # Its own price can be below the ceiling, and it pays less from the same income.
        per_person = rules.founding_firm_wage * min(per_person, income_per_post(agency))
    allowed = min(rules.costs_wage_share * per_person / 3.0, break_even_wage(agency))
    target = wage_aimed_at(agency, allowed)
    if target > agency.wage and agency.overdue_wages == 0 and agency.cash > agency.cost:
        pace = rules.costs_least_pace + (1.0 - rules.costs_least_pace) * agency.adequacy
        agency.wage += rules.costs_wage_speed * pace * (target - agency.wage)
    guided = agency.city.government.profession_wage_guidance * agency.city.market_wage
    if guided > agency.wage and agency.staff > 0:
        # Four bills are rounded to whole fen, so they can exceed their sum by two.
        # What pays this quarter, and comfortable reserves, are not touched.
        cost = agency.staff * agency.cost_per_person() + agency.fixed_cost()
        cost += (agency.seats - agency.staff) * agency.rent_per_person() + agency.severance
        spare = (
            agency.own_reserve(agency.model.quarter + 1) - 2 - cost * (1.0 + rules.closing_comfortable_reserves / 3.0)
        )
        # A rise of the monthly wage costs three months' pay of everybody, and insurance on it.
        borne = max(spare, 0.0) / (3.0 * (agency.staff * agency.pay_factor()) * (1.0 + rules.costs_social_insurance))
        agency.wage += min(rules.costs_wage_speed * (guided - agency.wage), borne)


def wage_aimed_at(agency: Agency, allowed: float) -> float:
    """Wage aimed at where so much mean pay is allowed; beyond the outside wage part of it, while posts are filled."""
    aim = allowed / agency.pay_factor()
    outside = agency.city.market_wage
    if aim > outside and agency.unfilled == 0:
        return outside + agency.model.rules.costs_rent_sharing * (aim - outside)
    return aim


def pay_agency_costs(model: Sector, agency: Agency) -> None:
    """Pay bills, then severance, then wages owed and this quarter's, as far as cash goes.

    A director alone and without a contract runs up no debts, nor do founders who never held one: of what is free,
    seven tenths at most are wages, and the office gets what is left.
    """
    rules = model.rules
    suppliers = model.outside[Party.SUPPLIERS]
    wages = round(3.0 * agency.mean_pay() * agency.staff)
    rent = round(agency.seats * agency.rent_per_person())
    overhead = round((rules.costs_overhead * agency.staff + rules.costs_fixed) * agency.city.cost_index)
    founders = agency.kind == Kind.NONPROFIT and not agency.held
    if founders or (agency.staff == 1 and agency.contracts == 0):
        free = max(agency.money_after_debts - round(rules.credit_interest * agency.loan), 0)
        wages = min(wages, free // 10 * 7)
        insurance = min(round(wages * rules.costs_social_insurance), free - wages)
        rent = min(rent, free - wages - insurance)
        overhead = min(overhead, free - wages - insurance - rent)
    else:
        insurance = round(wages * rules.costs_social_insurance)
    agency.wage_bill = wages
    agency.cost = wages + insurance + rent + overhead
    borrow(model, agency, agency.cost + agency.severance)
    settled = min(agency.cash, agency.overdue_bills)
    transfer(model, agency, suppliers, Purpose.OVERHEAD, settled)
    agency.overdue_bills -= settled
    for bill, payee, purpose in (
        (rent, suppliers, Purpose.RENT),
        (overhead, suppliers, Purpose.OVERHEAD),
        (insurance, model.outside[Party.SOCIAL_INSURANCE], Purpose.INSURANCE),
    ):
        agency.overdue_bills += bill - pay_part(model, agency, payee, purpose, bill)
    owed_before = agency.overdue_wages
    households = model.outside[Party.HOUSEHOLDS]
    agency.overdue_wages += agency.severance - pay_part(model, agency, households, Purpose.SEVERANCE, agency.severance)
    agency.overdue_wages += agency.wage_bill
    agency.overdue_wages -= pay_part(model, agency, households, Purpose.WAGES, agency.overdue_wages)
    agency.unpaid = agency.unpaid + 1 if agency.debts > 0 else 0
    pay_back_loan_from_surplus(model, agency)
    if owed_before == 0 and agency.overdue_wages > 0:
        late = agency.overdue_income >= agency.overdue_wages
        cause = Cause.PAYER_LATE if late else Cause.CASH_SHORT
        record(model, Event.ARREARS, cause, agency, agency.district, amount=agency.overdue_wages, persons=agency.staff)
